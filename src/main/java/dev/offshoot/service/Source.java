package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.ReadDocument;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A document that was read.
 *
 * @param hash of its bytes as they came
 * @param size number of these bytes
 * @param mains what it is an export of
 * @param normalisations what was changed before anything else, on the caller's wish or by a rule
 * @param findings what was noticed so far
 */
record Source(
        String hash,
        long size,
        JsonValue document,
        List<DefinitionHeader> mains,
        List<Problem> normalisations,
        List<Problem> findings) {

    /**
     * Reads a document, under another name if one is given. Its size is not looked at: whoever took it in has counted it.
     *
     * @throws dev.offshoot.model.Failure for what is not JSON, or of no known platform
     */
    static Source read(byte[] bytes, String hash, Optional<DefinitionName> name, LayoutEngine engine) {
        ReadDocument read = engine.read(bytes, Limits.DEFAULT.withMaxBytes(Math.max(1, bytes.length)));
        JsonValue document = read.value();
        List<DefinitionHeader> mains = engine.mains(document);
        Source source = new Source(hash, bytes.length, document, mains, List.of(), read.findings());
        if (name.isEmpty()
                || mains.stream().noneMatch(h -> !h.name().equals(name.get().value()))) {
            return source;
        }
        return source.changed(
                engine.renamed(document, name.get().value()),
                engine,
                Problem.of(Reason.NORMALISED, "", "renamed: stored under the name that the caller gave"));
    }

    /** What an import goes on with, after a change that is worth telling. */
    Source changed(JsonValue other, LayoutEngine engine, Problem... normalisation) {
        List<Problem> all = new ArrayList<>(normalisations);
        all.addAll(List.of(normalisation));
        return new Source(hash, size, other, engine.mains(other), List.copyOf(all), findings);
    }

    Source with(List<Problem> noticed) {
        List<Problem> all = new ArrayList<>(findings);
        all.addAll(noticed);
        return new Source(hash, size, document, mains, normalisations, List.copyOf(all));
    }

    /** The first definition that the document is an export of. */
    Optional<DefinitionHeader> main() {
        return mains.stream().findFirst();
    }
}
