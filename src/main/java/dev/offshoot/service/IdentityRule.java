package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which definition of a workspace a document means. In this order: the one the caller names, the one whose id the ledger
 * knows, the one with a common correlation id, the one of the same name and traits.
 */
final class IdentityRule {
    private final WorkspaceView view;

    IdentityRule(WorkspaceView view) {
        this.view = view;
    }

    enum By {
        TARGET,
        ID,
        CORRELATION,
        /** The id that this definition's own document gave it, which others may not. */
        SEEN,
        NAME
    }

    /** A definition that is there, and why it is meant. */
    record Match(Definition definition, By by) {}

    /**
     * What the definition that a document is an export of replaces; empty: it is new.
     *
     * @throws Failure {@code NOT_FOUND} or {@code INVALID_PARAMETER} for the target, {@code NAME_TAKEN} in mode create
     */
    Optional<Match> ofMain(DefinitionHeader header, ImportWishes wishes) {
        if (wishes.mode() == ImportMode.CREATE) {
            if (wishes.target().isPresent()) {
                throw Failure.of(
                        Reason.INVALID_PARAMETER, "target", "mode=create makes a new definition", "leave out target");
            }
            requireFree(header);
            return Optional.empty();
        }
        Optional<Match> match = wishes.target().isPresent()
                ? Optional.of(new Match(target(header, wishes.target().get()), By.TARGET))
                : ofAny(header);
        if (match.isEmpty()) {
            requireFree(header);
        }
        return match;
    }

    /**
     * What a definition that a document carries along is here.
     *
     * @param seen addresses by the ids that earlier documents of the same main definition gave to shared records
     */
    Optional<Match> ofCarried(DefinitionHeader header, Map<String, TreePath> seen) {
        return header.id()
                .map(seen::get)
                .filter(address -> address.parent().equals(header.folder()))
                .flatMap(view::find)
                // Only single records: a definition with a folder of its own is somebody else's work, linked by its
                // name.
                .filter(d -> !view.placeOf(d.address()).equals(d.address()))
                .map(d -> new Match(d, By.SEEN))
                .filter(m -> ofAny(header).filter(o -> o.by() != By.NAME).isEmpty())
                .or(() -> ofAny(header));
    }

    /** What a definition is here, going by what both say of themselves. */
    Optional<Match> ofAny(DefinitionHeader header) {
        List<Definition> siblings = view.definitionsIn(header.folder());
        return first(
                        siblings,
                        By.ID,
                        d -> header.id().isPresent() && d.header().id().equals(header.id()))
                .or(() -> first(
                        siblings,
                        By.CORRELATION,
                        d -> d.header().correlations().stream().anyMatch(header.correlations()::contains)))
                .or(() -> first(
                        siblings,
                        By.NAME,
                        d -> !view.areKnownById(header)
                                && d.header().name().equals(header.name())
                                && d.header().traits().equals(header.traits())));
    }

    private static Optional<Match> first(List<Definition> siblings, By by, Predicate<Definition> means) {
        return siblings.stream().filter(means).findFirst().map(d -> new Match(d, by));
    }

    private Definition target(DefinitionHeader header, TreePath target) {
        Definition definition = view.find(target)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "target",
                        "no definition at " + target,
                        Workspaces.existing(
                                "definitions",
                                view.definitionsIn(header.folder()).stream().map(Definition::address))));
        if (!target.parent().equals(header.folder())) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "target",
                    "the document is an export of a " + header.kind() + ", " + target + " is a "
                            + definition.header().kind(),
                    "");
        }
        return definition;
    }

    private void requireFree(DefinitionHeader header) {
        for (Definition d : view.definitionsIn(header.folder())) {
            if (!view.areKnownById(header) && d.header().name().equals(header.name())) {
                throw Failure.of(
                        Reason.NAME_TAKEN,
                        "name",
                        "there is a " + header.kind() + " named " + header.name() + " already, at " + d.address(),
                        "give another name with name=…, or update that one with mode=update&target=" + d.address());
            }
        }
    }
}
