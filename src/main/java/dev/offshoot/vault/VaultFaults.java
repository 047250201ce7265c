package dev.offshoot.vault;

import java.io.IOException;

/** Called between the steps of a write, so that tests can fail at each of them. */
@FunctionalInterface
interface VaultFaults {
    VaultFaults NONE = step -> {};

    enum Step {
        OPENED,
        WRITTEN,
        FORCED,
        RENAMED
    }

    /** May throw to simulate a failure of this step. */
    void reached(Step step) throws IOException;
}
