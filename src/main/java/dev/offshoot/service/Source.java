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
 * @param headers of the definitions in it, the main ones first
 * @param normalisations what was changed before anything else, on the caller's wish
 */
record Source(String hash, JsonValue document, List<DefinitionHeader> headers, List<Problem> normalisations) {

    /**
     * Reads a document, under another name if one is given.
     *
     * @throws dev.offshoot.model.Failure for what is not JSON, or of no known platform
     */
    static Source read(byte[] bytes, String hash, Optional<DefinitionName> name, LayoutEngine engine) {
        JsonValue document = JsonReader.read(bytes);
        List<DefinitionHeader> headers = engine.headers(document);
        if (name.isEmpty()
                || headers.stream()
                        .noneMatch(h -> h.main() && !h.name().equals(name.get().value()))) {
            return new Source(hash, document, headers, List.of());
        }
        JsonValue renamed = engine.renamed(document, name.get().value());
        return new Source(
                hash,
                renamed,
                engine.headers(renamed),
                List.of(Problem.of(Reason.NORMALISED, "", "renamed: stored under the name that the caller gave")));
    }

    /** What people call the thing that the document is an export of. */
    Optional<DefinitionHeader> main() {
        return headers.stream().filter(DefinitionHeader::main).findFirst();
    }
}
