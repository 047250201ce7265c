package dev.offshoot.service;

import dev.offshoot.diff.Moves;
import dev.offshoot.diff.State;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Selection;
import dev.offshoot.merge.Merged;
import dev.offshoot.merge.Renames;
import dev.offshoot.merge.Side;
import dev.offshoot.merge.ThreeWay;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Plans to bring what changed in another repository since a common base into a definition that is here: what was not changed here
 * becomes what it is there, what was changed only here stays, what both changed is merged field by field and line by line, and what cannot be
 * decided is reported.
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
        Merged merged = merged(view, target, before, after);
        if (!merged.isClean()) {
            throw Failure.of(merged.conflicts());
        }
        byte[] document = JsonWriter.compact(engine.assemble(
                        new OverlaySource(view.files(), merged.edits(), caches.yaml),
                        view.ledgerOf(target),
                        target,
                        namespace,
                        Selection.ALL)
                .document());
        ImportWishes wishes =
                ImportWishes.NONE.on(request.branch().orElseThrow()).into(target);
        Source source = Source.read(document, Digests.sha256(document), Optional.empty(), engine);
        Plan plan = planner.plan(wishes, source, view, namespace);
        return new JoinedPlan.Part(plan, Optional.of(origin), Optional.of(sides(theirs.baseCommit(), merged, target)));
    }

    /** What a definition there is made of, under the address that it has here. */
    private FileTree files(Offer offer, TreePath target) {
        Exploded exploded = engine.explode(offer.document().get(), KnownDefinitions.NONE);
        TreePath main = exploded.definitions().stream()
                .filter(d -> d.header().main())
                .map(Definition::address)
                .findFirst()
                .or(() -> single(exploded, offer))
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

    /** A document of single records, such as an object, has its place where all of its platform has; the record has one of its own. */
    private static Optional<TreePath> single(Exploded exploded, Offer offer) {
        return exploded.definitions().stream()
                .filter(d -> d.header().kind().equals(offer.kind())
                        && d.header().id().equals(offer.id()))
                .map(Definition::address)
                .findFirst()
                .filter(address -> address.isWithin(exploded.document()));
    }

    private Merged merged(WorkspaceView view, TreePath target, FileTree before, FileTree after) {
        SortedMap<TreePath, ObjectName> here =
                new TreeMap<>(view.snapshot().files().list(target));
        for (FileTree spokenOf : List.of(before, after)) {
            spokenOf.paths()
                    .forEach(path -> view.snapshot().files().objectAt(path).ifPresent(name -> here.put(path, name)));
        }
        Side ours = new Side(here, path -> view.snapshot().files().read(path).orElseThrow());
        FileTree now = tree(ours);
        Renames renames = Renames.of(moves(before, now), moves(before, after));
        return new ThreeWay(engine.layouts()).merge(Side.of(before), Side.of(now), Side.of(after), renames);
    }

    private static FileTree tree(Side side) {
        Map<TreePath, Content> files = new TreeMap<>();
        side.files().keySet().forEach(path -> files.put(path, side.content().apply(path)));
        return FileTree.of(files);
    }

    /** By content alone: another instance has other ids. */
    private Map<TreePath, TreePath> moves(FileTree before, FileTree after) {
        SortedSet<TreePath> changed = new TreeSet<>();
        before.forEach((path, content) -> {
            if (!after.find(path).equals(Optional.of(content))) {
                changed.add(path);
            }
        });
        after.paths().stream().filter(path -> before.find(path).isEmpty()).forEach(changed::add);
        return Moves.between(engine.layouts(), State.of(before), State.of(after), changed);
    }

    /** What both sides changed counts for both; of shared definitions only what they changed there. */
    private static JoinedPlan.Sides sides(ObjectName base, Merged merged, TreePath target) {
        SortedSet<TreePath> here = new TreeSet<>(merged.both());
        merged.ours().stream().filter(path -> path.isWithin(target)).forEach(here::add);
        SortedSet<TreePath> there = new TreeSet<>(merged.both());
        there.addAll(merged.theirs());
        return new JoinedPlan.Sides(base, List.copyOf(here), List.copyOf(there));
    }
}
