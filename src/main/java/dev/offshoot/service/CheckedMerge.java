package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.merge.Merged;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FailureDetails;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.PushReview;
import dev.offshoot.store.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Brings what happened between two states into a third one, and looks the result through before anybody relies on it. */
final class CheckedMerge {
    private final LayoutEngine engine;
    private final Caches caches;
    private final StateMerge states;
    private final TreeValidation validation;

    CheckedMerge(LayoutEngine engine, Caches caches) {
        this.engine = engine;
        this.caches = caches;
        this.states = new StateMerge(engine.layouts());
        this.validation = new TreeValidation(engine, caches);
    }

    /**
     * What came of it.
     *
     * @param files what each side changed, and the edits that make our state the merged one
     * @param ledger the same for the ledger
     * @param removals what goes
     * @param findings that stop nothing
     */
    record Outcome(Merged files, TreeEdit ledger, Effects effects, List<Removal> removals, List<Problem> findings) {
        Snapshot over(Snapshot ours) {
            return new EditedSnapshot(ours, files.edits(), ledger);
        }

        TreeEdit edits() {
            return files.edits();
        }
    }

    /**
     * Merges.
     *
     * @throws Failure {@code CONFLICT} with everything that cannot be decided, and with references that would lead nowhere
     */
    Outcome merge(UUID workspace, Snapshot base, Snapshot ours, Snapshot theirs) {
        StateMerge.Result merged = states.merge(base, ours, theirs);
        if (!merged.files().isClean()) {
            throw Failure.of(merged.files().conflicts());
        }
        Snapshot after = merged.over(ours);
        PushReview.Verdict verdict = validation.reviewAsRecorded(workspace, ours, after);
        requireWhole(verdict, after);
        Effects effects = Effects.of(
                merged.files().edits(),
                new WorkspaceView(ours, engine, caches),
                new WorkspaceView(after, engine, caches),
                engine.layouts());
        return new Outcome(
                merged.files(),
                EditedSnapshot.both(merged.ledger(), verdict.ledger()),
                effects,
                new Removals(engine.layouts()).of(merged.files().edits(), ours),
                verdict.findings());
    }

    /** Nothing may come to refer to what goes; what else is wrong cannot be the caller's fault but is not stored either. */
    private static void requireWhole(PushReview.Verdict verdict, Snapshot after) {
        if (verdict.problems().isEmpty()) {
            return;
        }
        if (verdict.problems().stream().anyMatch(p -> p.reason() != Reason.UNRESOLVED_REFERENCE)) {
            throw new Failure(verdict.problems());
        }
        List<Problem> problems = verdict.problems().stream()
                .map(p -> new Problem(
                        Reason.CONFLICT,
                        p.where(),
                        p.message() + " then",
                        "remove the reference first, or keep what it refers to"))
                .toList();
        throw new Failure(
                problems,
                new FailureDetails.Conflicts(
                        verdict.problems().stream().map(p -> dangling(p, after)).toList()));
    }

    private static Conflict dangling(Problem problem, Snapshot after) {
        int colon = problem.where().lastIndexOf(':');
        TreePath path =
                TreePath.of(colon < 0 ? problem.where() : problem.where().substring(0, colon));
        Optional<String> line = colon < 0
                ? Optional.empty()
                : after.files()
                        .read(path)
                        .flatMap(content -> content.utf8()
                                .lines()
                                .skip(Integer.parseInt(problem.where().substring(colon + 1)) - 1L)
                                .findFirst());
        return new Conflict(
                path,
                new Place.File(),
                What.REFERS_TO_REMOVED,
                Optional.empty(),
                line,
                Optional.empty(),
                Suggestion.DECIDE);
    }
}
