package dev.offshoot.service;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.UpdateResult;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Brings back the state before an operation, as a new commit: what the operation did is taken away, what came later stays. Where both meet,
 * it is reported and nothing is written. Records that come back have their ids again.
 */
public final class RevertOperation {
    private static final int MOST_ROUNDS = 50;

    private final Workspaces workspaces;
    private final Clock clock;
    private final Layouts layouts;
    private final CheckedMerge merge;
    private final Dependents dependents;

    RevertOperation(RepositoryStore store, LayoutEngine engine, Caches caches, Clock clock) {
        this.workspaces = new Workspaces(store);
        this.clock = clock;
        this.layouts = engine.layouts();
        this.merge = new CheckedMerge(engine, caches);
        this.dependents = new Dependents(engine, caches);
    }

    /** What was done, durable when this is handed out; {@code before} is the commit to go back to. */
    public record Done(RevertPlan plan, ObjectName commit, ObjectName before, boolean moved) {}

    /**
     * What going back would do now. Changes nothing.
     *
     * @throws Failure as {@link #run}
     */
    public RevertPlan plan(RevertRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        RevertPlan plan = plan(request, repository);
        return plan.telling(told(plan, repository));
    }

    /** What goes, with what depends on it. */
    private List<Removal> told(RevertPlan plan, WorkspaceRepository repository) {
        Snapshot now = stateOf(repository, plan.base());
        return dependents.of(plan.removals(), now, new EditedSnapshot(now, plan.files(), plan.ledger()));
    }

    /**
     * Goes back.
     *
     * @throws Failure {@code NOT_FOUND} when the branch does not lead to the commit; {@code CONFLICT} with all that later operations changed
     *     too, and with references to what would go; nothing is changed then
     */
    public Done run(RevertRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            RevertPlan plan = plan(request, repository);
            if (!plan.consent().isGiven(request.confirm())) {
                throw plan.consent().refusal(request.confirm(), told(plan, repository));
            }
            try {
                UpdateResult result = repository.update(updateOf(plan, request.by()));
                return new Done(plan, result.commit(), result.before(), result.moved());
            } catch (Failure e) {
                if (e.reason() != Reason.STALE_PLAN || request.fingerprint().isPresent()) {
                    throw e;
                }
            }
        }
        throw Failure.of(Reason.BUSY, "", "too many others change this branch", "try again in a few seconds");
    }

    private RevertPlan plan(RevertRequest request, WorkspaceRepository repository) {
        BranchName branch = request.branch().orElseGet(repository::defaultBranch);
        Snapshot now = Workspaces.require(repository, branch);
        CommitInfo undone = operation(request, repository, now);
        ObjectName to = stateBefore(request, repository, undone);
        requireExpected(request, now, undone, to);
        CheckedMerge.Outcome merged =
                merge.merge(repository.info().id(), stateOf(repository, undone.id()), now, stateOf(repository, to));
        return new RevertPlan(
                branch,
                now.commit(),
                undone.id(),
                to,
                merged.effects().definitions(),
                merged.effects().changes(),
                merged.edits(),
                merged.ledger(),
                kept(merged, undone, now),
                merged.removals(),
                merged.findings(),
                message(undone, to));
    }

    private static CommitInfo operation(RevertRequest request, WorkspaceRepository repository, Snapshot now) {
        return repository
                .inHistory(new Revision.Commit(now.commit()), request.commit())
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "/commit",
                        "the branch does not lead to a commit " + request.commit(),
                        "take the commit of an answer to an import, or of a definition's history on this branch"));
    }

    private static ObjectName stateBefore(RevertRequest request, WorkspaceRepository repository, CommitInfo undone) {
        if (request.to().isPresent()) {
            ObjectName to = request.to().get();
            if (repository.inHistory(new Revision.Commit(undone.id()), to).isEmpty()) {
                throw Failure.of(
                        Reason.INVALID_PARAMETER,
                        "/to",
                        "commit " + undone.id() + " does not come from it",
                        "name a commit that is older, or leave it out");
            }
            return to;
        }
        if (undone.parents().isEmpty()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/commit",
                    "nothing was before it: it is the first commit of the workspace");
        }
        return undone.parents().get(0);
    }

    private static void requireExpected(RevertRequest request, Snapshot now, CommitInfo undone, ObjectName to) {
        Expectation.Fingerprint planned = RevertPlan.fingerprint(now.commit(), undone.id(), to);
        if (request.fingerprint().filter(f -> !f.equals(planned)).isPresent()) {
            throw Failure.of(
                    Reason.STALE_PLAN,
                    "/fingerprint",
                    "the branch is at " + now.commit() + " now, or this is not what was planned",
                    "make a new plan");
        }
    }

    private static Snapshot stateOf(WorkspaceRepository repository, ObjectName commit) {
        return Workspaces.require(repository, new Revision.Commit(commit));
    }

    /** Of the definitions that go back, what was changed since. */
    private List<TreePath> kept(CheckedMerge.Outcome merged, CommitInfo undone, Snapshot now) {
        if (undone.id().equals(now.commit())) {
            return List.of();
        }
        DefinitionPlaces places = new DefinitionPlaces(layouts);
        SortedSet<TreePath> touched = new TreeSet<>();
        merged.edits().changes().keySet().forEach(path -> touched.add(places.of(path)));
        SortedSet<TreePath> kept = new TreeSet<>(merged.files().both());
        merged.files().ours().stream()
                .filter(path -> touched.contains(places.of(path)))
                .forEach(kept::add);
        return List.copyOf(kept);
    }

    private static String message(CommitInfo undone, ObjectName to) {
        String subject = undone.message().lines().findFirst().orElse("").strip();
        return "Revert \"" + subject + "\"\n\nThis goes back from commit " + undone.id() + "\nto the state of commit "
                + to + ".";
    }

    private UpdateRequest updateOf(RevertPlan plan, Attribution by) {
        return new UpdateRequest(
                plan.branch(),
                Optional.of(plan.base()),
                Map.of(),
                Map.of(),
                plan.files(),
                plan.ledger(),
                by.message().orElse(plan.message()),
                by.author(),
                by.when(clock),
                new String(JsonWriter.compact(RevertJson.receipt(plan)), StandardCharsets.UTF_8));
    }
}
