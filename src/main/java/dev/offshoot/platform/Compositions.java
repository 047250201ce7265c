package dev.offshoot.platform;

import java.util.Map;

/** Every composition by the name that layouts call it. */
public final class Compositions {
    private static final Map<String, Composition> ALL = Map.of(
            "appsmith-replace", AppsmithPages::replace,
            "appsmith-append", AppsmithPages::append,
            "appsmith-partial", AppsmithParts::add);

    private Compositions() {}

    /** @throws IllegalArgumentException for a name that no code has: a mistake in a layout */
    public static Composition named(String name) {
        Composition found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no composition " + name + "; there are " + ALL.keySet());
        }
        return found;
    }
}
