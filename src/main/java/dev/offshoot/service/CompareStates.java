package dev.offshoot.service;

import dev.offshoot.diff.Comparing;
import dev.offshoot.diff.Comparison;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Places;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceRepository;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What changed from one state of a workspace to another, or would change with a document. Writes nothing. */
public final class CompareStates {
    private final Workspaces workspaces;
    private final ImportDocument imports;
    private final Comparing comparing;
    private final Places places;

    CompareStates(RepositoryStore store, LayoutEngine engine, ImportDocument imports) {
        this.workspaces = new Workspaces(store);
        this.imports = imports;
        this.comparing = new Comparing(engine.layouts());
        this.places = new Places(engine.layouts(), path -> true);
    }

    /**
     * Two states.
     *
     * @param definition only what is in it
     */
    public record Request(WorkspaceName workspace, Revision from, Revision to, Optional<TreePath> definition) {}

    /**
     * What was found.
     *
     * @param from how the state before is called
     * @param before its commit
     * @param to how the state after is called
     * @param after its commit; empty for a document, which is in none
     */
    public record Result(
            String from, ObjectName before, String to, Optional<ObjectName> after, Comparison comparison) {}

    /**
     * Compares two branches, tags or commits as they are; what happened between them is not asked.
     *
     * @throws Failure {@code NOT_FOUND} naming what there is
     */
    public Result run(Request request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        Snapshot before = state(repository, request.from(), "from");
        Snapshot after = state(repository, request.to(), "to");
        SortedSet<TreePath> changed =
                new TreeSet<>(after.files().changedSince(before.files()).keySet());
        request.definition().ifPresent(address -> changed.removeIf(path -> !isOf(path, address)));
        if (request.definition().isPresent() && changed.isEmpty()) {
            requireThere(request.definition().get(), before, after);
        }
        Comparison comparison =
                comparing.compare(new SnapshotState(before, places), new SnapshotState(after, places), changed);
        return new Result(
                request.from().toString(),
                before.commit(),
                request.to().toString(),
                Optional.of(after.commit()),
                comparison);
    }

    /**
     * What a document would change, were it imported now.
     *
     * @throws Failure for everything that stands in the way of the import
     */
    public Result run(ImportRequest request) {
        Plan plan = imports.plan(request);
        WorkspaceRepository repository = workspaces.require(request.document().workspace());
        Snapshot base = Workspaces.require(repository, new Revision.Commit(plan.base()));
        Comparison comparison = comparing.compare(
                new SnapshotState(base, places),
                new SnapshotState(base, plan.files(), plan.ledger(), places),
                SnapshotState.changed(base, plan.files()));
        return new Result(plan.branch().toString(), plan.base(), "the document", Optional.empty(), comparison);
    }

    private static Snapshot state(WorkspaceRepository repository, Revision revision, String parameter) {
        return repository
                .snapshot(revision)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        parameter,
                        "no branch, tag or commit " + revision,
                        Workspaces.existing("branches", repository.branches().stream())));
    }

    /** The definition's folder, or its file with those of the same stem. */
    private static boolean isOf(TreePath path, TreePath address) {
        return path.isWithin(address)
                || path.isDirectlyIn(address.parent()) && path.name().startsWith(address.name() + ".");
    }

    private static void requireThere(TreePath address, Snapshot before, Snapshot after) {
        boolean there = address.isRoot();
        for (Snapshot state : new Snapshot[] {before, after}) {
            there = there
                    || state.files().objectAt(address).isPresent()
                    || state.files()
                            .objectAt(address.parent().child(address.name() + ".yaml"))
                            .isPresent();
        }
        if (!there) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "definition",
                    "nothing stands at " + address + " in either state",
                    "GET …/definitions lists the addresses");
        }
    }
}
