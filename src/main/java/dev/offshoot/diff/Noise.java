package dev.offshoot.diff;

/** Whether what nobody meant is shown too: places on a page, derived facts, references that followed, formatting. */
public enum Noise {
    HIDE,
    SHOW;

    boolean shows(Change change) {
        return this == SHOW || !change.isNoise();
    }

    boolean shows(Detail detail) {
        return this == SHOW || !detail.isNoise();
    }
}
