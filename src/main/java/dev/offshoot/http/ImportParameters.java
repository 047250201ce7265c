package dev.offshoot.http;

import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.DefinitionName;
import dev.offshoot.service.Expectation;
import dev.offshoot.service.ImportMode;
import dev.offshoot.service.ImportWishes;
import dev.offshoot.service.Places;
import dev.offshoot.service.RuleName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a caller may wish of an import, in the query. */
final class ImportParameters {
    static final Set<String> WISHES =
            Set.of("branch", "base", "confirm", "mode", "rule", "target", "name", "pages", "version");

    private ImportParameters() {}

    static ImportWishes wishes(Query query, Expectation expectation) {
        if (query.text("rule").isPresent() && query.text("mode").isPresent()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "mode", "a rule decides it itself", "leave out mode, or rule");
        }
        return new ImportWishes(
                Parameters.branch(query),
                query.parse("mode", ImportMode::parse).orElse(ImportMode.UPDATE),
                query.parse("target", TreePath::of),
                query.parse("name", DefinitionName::new),
                query.parse("rule", RuleName::new),
                query.parse("pages", ImportParameters::names)
                        .or(() -> query.parse("version", List::of))
                        .orElse(List.of()),
                query.parse("base", Revision::parse),
                query.parse("confirm", ConfirmToken::new),
                expectation,
                Places.NONE);
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
    }
}
