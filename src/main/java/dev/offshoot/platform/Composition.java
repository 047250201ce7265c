package dev.offshoot.platform;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Problem;
import java.util.List;

/** How a platform puts a document into a definition that is there, where no general rule says it. Pure. */
public interface Composition {
    /**
     * Composes.
     *
     * @param existing the definition's own export
     * @param incoming what was sent
     * @param parts which parts are meant; empty: what the platform does without a choice
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}, {@code INVALID_PARAMETER} for parts
     */
    Composed compose(JsonObject existing, JsonObject incoming, List<String> parts);

    /**
     * What became of the two.
     *
     * @param document to be imported in the place of the existing one
     * @param normalisations what is stored differently from what was sent, each a named rule
     */
    record Composed(JsonObject document, List<Problem> normalisations) {
        public Composed {
            normalisations = List.copyOf(normalisations);
        }
    }
}
