package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.platform.Compositions;
import dev.offshoot.platform.Extraction;
import java.util.Optional;
import java.util.Set;

/** Exports parts of a definition, as the import rule of the same name takes them again. Writes nothing. */
public final class ExportParts {
    private final ExportDefinition exports;
    private final LayoutEngine engine;

    ExportParts(ExportDefinition exports, LayoutEngine engine) {
        this.exports = exports;
        this.engine = engine;
    }

    /**
     * Exports.
     *
     * @param rule that imports such parts, for example {@code partial}
     * @param part which part, a page for example
     * @param names of what is wanted in there; empty: all
     * @throws Failure {@code NOT_FOUND} for the definition or the part, {@code INVALID_PARAMETER} for a rule that takes no parts
     */
    public JsonValue run(DefinitionRequest request, RuleName rule, String part, Set<String> names) {
        JsonValue whole = exports.run(
                        request, new ExportDefinition.Part(Optional.empty(), Optional.empty()), tag -> false)
                .document()
                .orElseThrow()
                .value();
        Optional<Extraction> extraction =
                engine.importRule(whole, rule.value()).through().flatMap(Compositions::back);
        if (extraction.isEmpty() || !(whole instanceof JsonObject document)) {
            throw Failure.of(Reason.INVALID_PARAMETER, "rule", "the rule " + rule + " takes no parts of a definition");
        }
        return extraction.get().extract(document, part, names);
    }
}
