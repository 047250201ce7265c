package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.merge.Merged;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceRepository;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Plans the import of a document whose sender started from an older state: what the document changes of that state is brought into the
 * present one. What was changed here since then is merged with it or reported, never overwritten.
 */
final class PlanSince {
    private final LayoutEngine engine;
    private final Caches caches;
    private final ImportPlanner planner;
    private final CheckedMerge merge;

    PlanSince(LayoutEngine engine, Caches caches, ImportPlanner planner) {
        this.engine = engine;
        this.caches = caches;
        this.planner = planner;
        this.merge = new CheckedMerge(engine, caches);
    }

    /**
     * Plans, and leaves the proof of the round trip under way.
     *
     * @throws Failure {@code CONFLICT} with everything that was changed differently here, and everything else that stands in the way
     */
    ImportPlanner.Planned begin(ImportWishes wishes, Source source, WorkspaceRepository repository, Snapshot now) {
        if (wishes.mode() == ImportMode.CREATE || wishes.mode() == ImportMode.VERSION) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "base",
                    "what is new has no state that its sender started from",
                    "leave out base, or use mode=update");
        }
        UUID workspace = repository.info().id();
        Revision from = wishes.since().orElseThrow();
        Snapshot base = Workspaces.require(repository, from);
        ImportPlanner.Planned sent = planner.begin(
                wishes.expecting(Expectation.NONE), source, new WorkspaceView(base, engine, caches), workspace);
        Plan plan = sent.plan();
        planner.requireExpectation(
                wishes.expectation(), plan.document(), new WorkspaceView(now, engine, caches), source.hash());
        CheckedMerge.Outcome merged =
                merge.merge(workspace, base, now, new EditedSnapshot(base, plan.files(), plan.ledger()));
        return new ImportPlanner.Planned(
                plan.mergedInto(now, merged, since(base.commit(), merged.files(), plan.places())),
                sent.proof(),
                sent.secrets());
    }

    /** Of what the document speaks of. What both sides changed counts for both. */
    private static Plan.Since since(ObjectName base, Merged merged, Set<TreePath> places) {
        SortedSet<TreePath> here = new TreeSet<>(merged.both());
        here.addAll(within(merged.ours(), places));
        SortedSet<TreePath> there = new TreeSet<>(merged.both());
        there.addAll(merged.theirs());
        return new Plan.Since(base, List.copyOf(here), List.copyOf(there));
    }

    private static List<TreePath> within(Collection<TreePath> paths, Set<TreePath> places) {
        return paths.stream().filter(path -> isWithinAny(path, places)).toList();
    }

    private static boolean isWithinAny(TreePath path, Set<TreePath> places) {
        for (TreePath at = path; !at.isRoot(); at = at.parent()) {
            if (places.contains(at)) {
                return true;
            }
        }
        return false;
    }
}
