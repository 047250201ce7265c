package dev.offshoot.platform;

import java.util.Map;
import java.util.Optional;

/** Every composition by the name that layouts call it. */
public final class Compositions {
    private static final Map<String, Composition> ALL = Map.of(
            "appsmith-replace", AppsmithPages::replace,
            "appsmith-append", AppsmithPages::append,
            "appsmith-partial", AppsmithParts::add);

    private static final Map<String, Extraction> BACK = Map.of("appsmith-partial", AppsmithExtract::of);

    private Compositions() {}

    /** What takes out of a definition what the composition of a name puts into one. */
    public static Optional<Extraction> back(String name) {
        return Optional.ofNullable(BACK.get(name));
    }

    /** @throws IllegalArgumentException for a name that no code has: a mistake in a layout */
    public static Composition named(String name) {
        Composition found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no composition " + name + "; there are " + ALL.keySet());
        }
        return found;
    }
}
