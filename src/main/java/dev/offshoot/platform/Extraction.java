package dev.offshoot.platform;

import dev.offshoot.format.JsonObject;
import java.util.Set;

/** How a platform takes parts out of a definition: the way back of a {@link Composition}. Pure. */
public interface Extraction {
    /**
     * Extracts.
     *
     * @param existing the definition's own export
     * @param part which part of it, a page for example
     * @param names of what is wanted in there; empty: all
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND} for the part
     */
    JsonObject extract(JsonObject existing, String part, Set<String> names);
}
