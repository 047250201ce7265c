package dev.offshoot.layout;

import java.util.List;

/** The layouts an instance knows. */
public final class Layouts {
    private Layouts() {}

    /** Those that ship with Offshoot. */
    public static Layouts bundled() {
        return new Layouts();
    }

    /** Names of the platforms, sorted. */
    public List<String> platforms() {
        return List.of("tooljet");
    }
}
