package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Looks at commits that came from outside, by push or with a history, before they may become part of a workspace. */
final class IncomingCommits {
    private static final int MOST_COMMITS = 10_000;

    private final WorkspaceInfo info;
    private final Quarantine quarantine;
    private final GitFiles.Reading ledgers;
    private final PushReview review;
    private final PushDeadline deadline;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> findings = new LinkedHashSet<>();

    /** @param ledgers reads the workspace's own objects */
    IncomingCommits(
            WorkspaceInfo info,
            Quarantine quarantine,
            GitFiles.Reading ledgers,
            PushReview review,
            PushDeadline deadline) {
        this.info = info;
        this.quarantine = quarantine;
        this.ledgers = ledgers;
        this.review = review;
        this.deadline = deadline;
    }

    /** Why they may not, so far. */
    Set<Problem> problems() {
        return problems;
    }

    /** What a person should know, so far. */
    Set<Problem> findings() {
        return findings;
    }

    void refuse(Reason reason, String where, String message, String hint) {
        problems.add(new Problem(reason, where, message, hint));
    }

    /** Commits that no branch and no tag reaches yet, parents first. */
    List<RevCommit> fresh(RepositoryView incoming, RevCommit tip) throws IOException {
        List<RevCommit> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(incoming.reader())) {
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(tip));
            for (Ref ref :
                    quarantine.repository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
                Optional<ObjectName> at = incoming.commitAt(ref.getObjectId());
                if (at.isPresent()) {
                    walk.markUninteresting(
                            walk.parseCommit(ObjectId.fromString(at.get().value())));
                }
            }
            for (RevCommit commit : walk) {
                deadline.check();
                if (found.size() == MOST_COMMITS) {
                    throw Failure.of(
                            Reason.LIMIT_EXCEEDED,
                            "",
                            "at most " + MOST_COMMITS + " commits can come at once",
                            "push in parts");
                }
                found.add(incoming.walk().parseCommit(commit));
            }
        }
        return found;
    }

    /** Where a history leaves what is known; empty when it is a new one. */
    static Optional<ObjectId> fork(RevWalk walk, RevCommit tip, Set<RevCommit> fresh) throws IOException {
        RevCommit at = tip;
        while (fresh.contains(at)) {
            if (at.getParentCount() == 0) {
                return Optional.empty();
            }
            at = walk.parseCommit(at.getParent(0));
        }
        return Optional.of(at.copy());
    }

    /** Looks at modes and names in all of them. */
    void modes(RepositoryView incoming, List<RevCommit> fresh) throws IOException {
        List<Problem> found = new ArrayList<>();
        PushedTrees trees = new PushedTrees(incoming.trees(), found);
        for (RevCommit commit : fresh) {
            deadline.check();
            trees.check(parentTree(incoming, commit), commit.getTree());
        }
        problems.addAll(found);
    }

    private static ObjectId parentTree(RepositoryView incoming, RevCommit commit) throws IOException {
        return commit.getParentCount() == 0
                ? TreeSource.EMPTY
                : incoming.walk().parseCommit(commit.getParent(0)).getTree();
    }

    /** Looks at what a commit changed. */
    void reviewAgainstParent(RepositoryView incoming, RevCommit commit, Optional<RepositoryView.State> ledger)
            throws IOException {
        Snapshot before = snapshot(ledger, parentTree(incoming, commit), commit);
        add(review.review(info.id(), before, snapshot(ledger, commit.getTree(), commit)), commit);
    }

    /** What was found of the commit that becomes the head. */
    record Head(Snapshot before, Snapshot after, PushReview.Verdict verdict) {}

    /** Looks at what becomes of the branch, and what the ledger has to say of that. */
    Head reviewHead(RevCommit tip, Optional<RepositoryView.State> base) {
        Snapshot before = snapshot(base, base.map(RepositoryView.State::tree).orElse(TreeSource.EMPTY), tip);
        Snapshot after = snapshot(base, tip.getTree(), tip);
        PushReview.Verdict verdict = review.review(info.id(), before, after);
        add(verdict, tip);
        if (verdict.problems().isEmpty()) {
            findings.addAll(review.losses(before, after));
        }
        return new Head(before, after, verdict);
    }

    private void add(PushReview.Verdict verdict, RevCommit commit) {
        verdict.problems()
                .forEach(p -> problems.add(new Problem(
                        p.reason(),
                        p.where(),
                        p.message() + " (commit " + commit.name().substring(0, 8) + ")",
                        p.hint())));
        findings.addAll(verdict.findings());
    }

    private Snapshot snapshot(Optional<RepositoryView.State> state, ObjectId tree, RevCommit commit) {
        Optional<LedgerCommit> ledger = state.flatMap(RepositoryView.State::ledger);
        GitFiles.Reading incoming = new GitFiles.Reading() {
            @Override
            public <T> T read(Task<T> task) {
                deadline.check(); // so that no review can take longer
                try (RepositoryView view = new RepositoryView(quarantine.repository(), new LedgerIndex())) {
                    return task.run(view);
                } catch (IOException e) {
                    throw Problems.storage("read", e);
                }
            }
        };
        return new GitSnapshot(
                new ObjectName(commit.name()),
                ledger,
                new GitFiles(incoming, tree),
                new GitFiles(ledgers, ledger.map(LedgerCommit::tree).orElse(TreeSource.EMPTY)));
    }
}
