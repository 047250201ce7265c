package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Plans to bring what changed in another repository since a common base into a definition that is here: what was not changed here
 * becomes what it is there, what was changed only here stays, and what was changed differently on both sides is reported.
 */
final class PlanMerge {
    private final LayoutEngine engine;
    private final Caches caches;
    private final ImportPlanner planner;

    PlanMerge(LayoutEngine engine, Caches caches, ImportPlanner planner) {
        this.engine = engine;
        this.caches = caches;
        this.planner = planner;
    }

    /**
     * The two states of the definition there.
     *
     * @param base as it was at the common base; empty: it was not there yet
     */
    record Theirs(ObjectName baseCommit, Optional<Offer> base, Offer now) {}

    /**
     * Plans.
     *
     * @throws Failure {@code CONFLICT} with everything that was changed differently here and there
     */
    JoinedPlan.Part plan(
            RepositoryRequest request,
            TreePath target,
            Theirs theirs,
            Origin origin,
            WorkspaceView view,
            UUID namespace) {
        FileTree before = theirs.base().map(offer -> files(offer, target)).orElse(FileTree.EMPTY);
        FileTree after = files(theirs.now(), target);
        Merge merge = new Merge(view, target, before, after);
        if (!merge.conflicts.isEmpty()) {
            throw new Failure(merge.conflicts);
        }
        byte[] document = JsonWriter.compact(engine.assemble(
                        new OverlaySource(view.files(), new TreeEdit(merge.edits), caches.yaml),
                        view.ledgerOf(target),
                        target,
                        namespace,
                        Selection.ALL)
                .document());
        ImportWishes wishes =
                ImportWishes.NONE.on(request.branch().orElseThrow()).into(target);
        Source source = Source.read(document, Digests.sha256(document), Optional.empty(), engine);
        Plan plan = planner.plan(wishes, source, view, namespace);
        return new JoinedPlan.Part(
                plan, origin, Optional.of(new JoinedPlan.Sides(theirs.baseCommit(), merge.here, merge.there)));
    }

    /** What a definition there is made of, under the address that it has here. */
    private FileTree files(Offer offer, TreePath target) {
        Exploded exploded = engine.explode(offer.document().get(), KnownDefinitions.NONE);
        TreePath main = exploded.definitions().stream()
                .filter(d -> d.header().main())
                .map(Definition::address)
                .findFirst()
                .orElse(exploded.document());
        if (!main.parent().equals(target.parent())) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/target",
                    offer.path() + " is a " + offer.kind() + ", " + target + " is not");
        }
        Map<TreePath, Content> moved = new TreeMap<>();
        exploded.files()
                .forEach((path, content) ->
                        moved.put(path.isWithin(main) ? target.child(path.relativeTo(main)) : path, content));
        return FileTree.of(moved);
    }

    /** File by file. */
    private static final class Merge {
        final TreeMap<TreePath, Optional<Content>> edits = new TreeMap<>();
        final List<TreePath> here = new ArrayList<>();
        final List<TreePath> there = new ArrayList<>();
        final List<Problem> conflicts = new ArrayList<>();

        Merge(WorkspaceView view, TreePath target, FileTree before, FileTree after) {
            Set<TreePath> paths = new TreeSet<>(before.paths());
            paths.addAll(after.paths());
            paths.addAll(view.snapshot().files().list(target).keySet());
            for (TreePath path : paths) {
                Optional<ObjectName> base = before.find(path).map(Content::blobName);
                Optional<ObjectName> theirs = after.find(path).map(Content::blobName);
                Optional<ObjectName> ours = view.snapshot().files().objectAt(path);
                boolean changedThere = !theirs.equals(base);
                if (!ours.equals(base) && (path.isWithin(target) || changedThere)) {
                    here.add(path);
                }
                if (changedThere) {
                    there.add(path);
                    take(path, base, ours, theirs, after);
                }
            }
        }

        private void take(
                TreePath path,
                Optional<ObjectName> base,
                Optional<ObjectName> ours,
                Optional<ObjectName> theirs,
                FileTree after) {
            if (ours.equals(theirs)) {
                return;
            }
            if (ours.equals(base)) {
                edits.put(path, after.find(path));
                return;
            }
            conflicts.add(new Problem(
                    Reason.CONFLICT,
                    path.value(),
                    "changed here and there since the common base, differently",
                    "change it back on one side, or bring the other side's change in by hand"));
        }
    }
}
