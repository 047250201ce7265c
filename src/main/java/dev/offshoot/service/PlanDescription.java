package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Places;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Says of an import that is worked out what it does to each definition, and to whom else. */
final class PlanDescription {
    private final LayoutEngine engine;

    PlanDescription(LayoutEngine engine) {
        this.engine = engine;
    }

    /**
     * Puts a plan together.
     *
     * @param exploded the document's definitions and findings
     * @param isThere whether a file of the document is there afterwards
     * @param linked definitions that are left as they are
     */
    Plan of(
            ImportWishes wishes,
            Source source,
            WorkspaceView view,
            Exploded exploded,
            Predicate<TreePath> isThere,
            Set<TreePath> linked,
            Landing landing,
            List<Problem> normalisations) {
        Sharers sharers = new Sharers(view, engine);
        List<Plan.Step> steps = new ArrayList<>();
        List<Plan.Affected> affected = new ArrayList<>();
        List<Problem> findings = new ArrayList<>(source.findings());
        findings.addAll(exploded.findings());
        for (Definition d : exploded.definitions()) {
            Plan.Action action = linked.contains(d.address()) ? Plan.Action.LINKED : action(d.address(), landing, view);
            DefinitionHeader h = d.header();
            steps.add(new Plan.Step(d.address(), h.kind(), h.name(), h.main(), action));
            List<TreePath> others = !h.main() && action == Plan.Action.UPDATED
                    ? sharers.of(d.address(), exploded.document())
                    : List.of();
            if (!others.isEmpty()) {
                affected.add(new Plan.Affected(d.address(), others));
                findings.add(Problem.of(
                        Reason.SHARED_CHANGED,
                        d.address().value(),
                        "this " + h.kind() + " changes for others too that share it: " + Workspaces.some(others)));
            }
        }
        findings.addAll(new Unconfigured(engine, view).of(source.document(), exploded, steps));
        Changes changes = Changes.of(landing.actions(), new Places(engine.layouts(), isThere));
        return new Plan(
                wishes.branch().orElseThrow(),
                view.snapshot().commit(),
                view.snapshot().files().objectAt(TreePath.ROOT),
                source.hash(),
                exploded.document(),
                steps,
                changes,
                landing.files(),
                landing.ledger(),
                landing.expectedFiles(),
                landing.expectedLedger(),
                landing.places(),
                landing.ledgerPlaces(),
                findings,
                normalisations,
                exploded.withheld(),
                new Removals(engine.layouts()).of(landing.files(), view.snapshot()),
                affected,
                Optional.empty(),
                CommitMessage.of(steps, changes));
    }

    private static Plan.Action action(TreePath address, Landing landing, WorkspaceView view) {
        if (!isTouched(address, landing)) {
            return Plan.Action.UNCHANGED;
        }
        return view.find(address).isPresent() ? Plan.Action.UPDATED : Plan.Action.CREATED;
    }

    private static boolean isTouched(TreePath address, Landing landing) {
        TreePath folder = address.parent();
        // All that begins with the address stands together.
        for (TreePath path : landing.actions().tailMap(address).keySet()) {
            if (!path.value().startsWith(address.value())) {
                return false;
            }
            if (path.isWithin(address)
                    || path.isDirectlyIn(folder) && path.name().startsWith(address.name() + ".")) {
                return true;
            }
        }
        return false;
    }
}
