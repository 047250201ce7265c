package dev.offshoot.service;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.List;
import java.util.Optional;

/**
 * A document that was read.
 *
 * @param hash of its bytes as they came
 * @param mains what it is an export of
 * @param normalisations what was changed before anything else, on the caller's wish
 */
record Source(String hash, JsonValue document, List<DefinitionHeader> mains, List<Problem> normalisations) {

    /**
     * Reads a document, under another name if one is given.
     *
     * @throws dev.offshoot.model.Failure for what is not JSON, or of no known platform
     */
    static Source read(byte[] bytes, String hash, Optional<DefinitionName> name, LayoutEngine engine) {
        JsonValue document = JsonReader.read(bytes);
        List<DefinitionHeader> mains = engine.mains(document);
        if (name.isEmpty()
                || mains.stream().noneMatch(h -> !h.name().equals(name.get().value()))) {
            return new Source(hash, document, mains, List.of());
        }
        JsonValue renamed = engine.renamed(document, name.get().value());
        return new Source(
                hash,
                renamed,
                engine.mains(renamed),
                List.of(Problem.of(Reason.NORMALISED, "", "renamed: stored under the name that the caller gave")));
    }

    /** The first definition that the document is an export of. */
    Optional<DefinitionHeader> main() {
        return mains.stream().findFirst();
    }
}
