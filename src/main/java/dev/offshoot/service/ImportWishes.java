package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a document is to go, and how.
 *
 * @param branch where to; empty: the default branch
 * @param mode what becomes of a definition that is there; a rule decides it itself
 * @param target address of the definition that is meant, for example {@code tooljet/apps/crm}; empty: the identity rule decides
 * @param name name that the definition gets when it is created
 * @param rule the platform's own rule that the import follows; empty: none, everything is stored as it came
 * @param parts names of the parts of the document that a rule takes, pages for example; empty: all
 * @param since the state that the sender started from; empty: the document says all there is
 * @param confirm agrees to a loss of data, as a plan listed it
 * @param expectation what the caller relies on
 * @param places where definitions stand that are new here
 */
public record ImportWishes(
        Optional<BranchName> branch,
        ImportMode mode,
        Optional<TreePath> target,
        Optional<DefinitionName> name,
        Optional<RuleName> rule,
        List<String> parts,
        Optional<Revision> since,
        Optional<ConfirmToken> confirm,
        Expectation expectation,
        Places places) {
    public static final ImportWishes NONE = new Draft().wishes();

    public ImportWishes {
        parts = List.copyOf(parts);
    }

    public ImportWishes on(BranchName wanted) {
        return with(d -> d.branch = Optional.of(wanted));
    }

    public ImportWishes as(ImportMode wanted) {
        return with(d -> d.mode = wanted);
    }

    public ImportWishes into(TreePath definition) {
        return with(d -> d.target = Optional.of(definition));
    }

    public ImportWishes named(DefinitionName given) {
        return with(d -> d.name = Optional.of(given));
    }

    public ImportWishes by(RuleName platforms) {
        return with(d -> d.rule = Optional.of(platforms));
    }

    public ImportWishes only(List<String> wanted) {
        return with(d -> d.parts = wanted);
    }

    public ImportWishes startingFrom(Revision state) {
        return with(d -> d.since = Optional.of(state));
    }

    public ImportWishes confirming(Optional<ConfirmToken> token) {
        return with(d -> d.confirm = token);
    }

    public ImportWishes expecting(Expectation wanted) {
        return with(d -> d.expectation = wanted);
    }

    public ImportWishes at(Places wanted) {
        return with(d -> d.places = wanted);
    }

    private ImportWishes with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.branch = branch;
        draft.mode = mode;
        draft.target = target;
        draft.name = name;
        draft.rule = rule;
        draft.parts = parts;
        draft.since = since;
        draft.confirm = confirm;
        draft.expectation = expectation;
        draft.places = places;
        change.accept(draft);
        return draft.wishes();
    }

    /** The one place that knows all fields by order; lives no longer than one change. */
    private static final class Draft {
        private Optional<BranchName> branch = Optional.empty();
        private ImportMode mode = ImportMode.UPDATE;
        private Optional<TreePath> target = Optional.empty();
        private Optional<DefinitionName> name = Optional.empty();
        private Optional<RuleName> rule = Optional.empty();
        private List<String> parts = List.of();
        private Optional<Revision> since = Optional.empty();
        private Optional<ConfirmToken> confirm = Optional.empty();
        private Expectation expectation = Expectation.NONE;
        private Places places = Places.NONE;

        private ImportWishes wishes() {
            return new ImportWishes(branch, mode, target, name, rule, parts, since, confirm, expectation, places);
        }
    }
}
