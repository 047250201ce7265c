package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TagName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * Decides about a push as a whole: every ref and every new commit is looked at before anything moves, and one that is refused refuses all.
 * What is accepted lands through the workspace's own transaction, so JGit finds every command done.
 */
final class PushHook implements PreReceiveHook {
    private static final int MOST_COMMITS = 10_000;
    private static final int MOST_LINES = 50;

    /** What a workspace does for a push. */
    interface Landing {
        RepositoryView view();

        GitFiles.Reading reading();

        void land(UpdateRequest request, Adoption adoption);

        void createTag(TagName name, ObjectId target);

        void deleteBranch(BranchName name, ObjectName expected);

        void deleteTag(TagName name, ObjectName expected);
    }

    private final Landing landing;
    private final WorkspaceInfo info;
    private final Quarantine quarantine;
    private final PushReview review;
    private final PushDeadline deadline;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> findings = new LinkedHashSet<>();
    private final Map<ReceiveCommand, Job> jobs = new LinkedHashMap<>();

    PushHook(Landing landing, WorkspaceInfo info, Quarantine quarantine, PushReview review, PushDeadline deadline) {
        this.landing = landing;
        this.info = info;
        this.quarantine = quarantine;
        this.review = review;
        this.deadline = deadline;
    }

    private interface Job {
        void run();
    }

    @Override
    public void onPreReceive(ReceivePack push, Collection<ReceiveCommand> commands) {
        try (RepositoryView view = landing.view();
                RepositoryView pushed = new RepositoryView(quarantine.repository(), new LedgerIndex())) {
            if (push.isAtomic() && commands.size() > 1) {
                refuse(Reason.NOT_SUPPORTED, "", "several refs cannot move in one step", "push without --atomic");
            }
            for (ReceiveCommand command : commands) {
                prepare(command, view, pushed);
            }
            deadline.check();
        } catch (Failure e) {
            problems.addAll(e.problems());
        } catch (IOException | RuntimeException e) {
            Log.warn("a push could not be read", e);
            refuse(Reason.STORAGE, "", "the push could not be read", "see the server's log");
        }
        findings.stream().limit(MOST_LINES).forEach(f -> push.sendMessage(line("warning: " + f)));
        if (problems.isEmpty()) {
            commands.forEach(command -> land(push, command));
            if (commands.stream().noneMatch(c -> c.getResult() == ReceiveCommand.Result.OK)) {
                withdraw();
            }
        } else {
            say(push, problems);
            commands.forEach(c -> c.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON,
                    line(problems.iterator().next().message())));
        }
    }

    private void land(ReceivePack push, ReceiveCommand command) {
        try {
            jobs.get(command).run();
            command.setResult(ReceiveCommand.Result.OK);
        } catch (Failure e) {
            boolean raced = e.reason() == Reason.STALE_PLAN || e.reason() == Reason.BUSY;
            String why = raced
                    ? "somebody else changed " + command.getRefName() + " in the meantime; fetch, merge and push again"
                    : e.problems().get(0).message();
            push.sendMessage(line(why));
            command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, line(why));
        }
    }

    private void withdraw() {
        try {
            quarantine.withdraw();
        } catch (IOException e) {
            Log.warn("objects of a push that lost a race could not be removed", e);
        }
    }

    private static void say(ReceivePack push, Collection<Problem> all) {
        push.sendMessage("");
        push.sendMessage("Offshoot refuses this push, nothing has changed:");
        all.stream()
                .limit(MOST_LINES)
                .forEach(p -> push.sendMessage(line("  " + p + " [" + p.reason().code() + "]")));
        if (all.size() > MOST_LINES) {
            push.sendMessage("  and " + (all.size() - MOST_LINES) + " more");
        }
    }

    /** No sender's character may steer the reader's terminal. */
    static String line(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean steers = Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(c) == Character.SURROGATE;
            safe.appendCodePoint(steers ? '?' : c);
        });
        return safe.toString();
    }

    private void refuse(Reason reason, String where, String message, String hint) {
        problems.add(new Problem(reason, where, message, hint));
    }

    private void prepare(ReceiveCommand command, RepositoryView view, RepositoryView pushed) throws IOException {
        String ref = command.getRefName();
        boolean branch = ref.startsWith(Constants.R_HEADS);
        String name = ref.substring(Math.max(0, ref.indexOf('/', "refs/".length()) + 1));
        if (!branch && !ref.startsWith(Constants.R_TAGS)) {
            refuse(Reason.FORBIDDEN, ref, "only branches and tags can be pushed", "push to refs/heads or refs/tags");
        } else if (!BranchName.isValid(name)) {
            refuse(Reason.INVALID_NAME, ref, "this name is not allowed", "take letters, digits and - _ . / only");
        } else if (command.getType() == ReceiveCommand.Type.DELETE) {
            ObjectName old = new ObjectName(command.getOldId().name());
            if (branch && view.defaultBranch().value().equals(name)) {
                refuse(Reason.CONFLICT, ref, "this is the default branch", "make another one the default first");
            }
            jobs.put(
                    command,
                    branch
                            ? () -> landing.deleteBranch(new BranchName(name), old)
                            : () -> landing.deleteTag(new TagName(name), old));
        } else if (branch) {
            prepareBranch(command, new BranchName(name), view, pushed);
        } else {
            prepareTag(command, new TagName(name), pushed);
        }
    }

    private void prepareBranch(ReceiveCommand command, BranchName name, RepositoryView view, RepositoryView pushed)
            throws IOException {
        Optional<RevCommit> tip = commit(pushed, command);
        if (tip.isEmpty()) {
            return;
        }
        boolean create = command.getType() == ReceiveCommand.Type.CREATE;
        RevWalk walk = pushed.walk();
        Optional<RepositoryView.State> base;
        List<RevCommit> fresh = fresh(pushed, tip.get());
        if (create) {
            base = view.stateAt(fork(walk, tip.get(), new HashSet<>(fresh)));
        } else {
            if (!walk.isMergedInto(walk.parseCommit(command.getOldId()), tip.get())) {
                refuse(
                        Reason.CONFLICT,
                        command.getRefName(),
                        "not a fast-forward: commits that are here would be lost",
                        "fetch and merge first; history is never rewritten here");
                return;
            }
            base = view.stateAt(Optional.of(command.getOldId()));
            Optional<RepositoryView.Branch> now = view.branch(name.ref());
            if (now.isPresent() && now.get().head().equals(command.getOldId())) {
                base = now.map(b -> new RepositoryView.State(b.head(), b.tree(), b.ledger()));
            }
        }
        modes(pushed, fresh);
        if (!problems.isEmpty()) {
            return;
        }
        for (RevCommit commit : fresh) {
            if (!commit.equals(tip.get())) {
                reviewAgainstParent(pushed, commit, base);
            }
        }
        Snapshot before = snapshot(base, base.map(RepositoryView.State::tree).orElse(TreeSource.EMPTY), tip.get());
        Snapshot after = snapshot(base, tip.get().getTree(), tip.get());
        PushReview.Verdict verdict = review.review(info.id(), before, after);
        add(verdict, tip.get());
        if (verdict.problems().isEmpty()) {
            findings.addAll(review.losses(before, after));
        }
        RevCommit head = tip.get();
        Optional<RepositoryView.State> fork = base;
        jobs.put(
                command,
                () -> landing.land(
                        request(command, name, head, before, verdict.ledger(), create),
                        new Adoption(
                                head.copy(),
                                head.getTree().copy(),
                                create ? fork : Optional.empty(),
                                create,
                                quarantine::release)));
    }

    private void prepareTag(ReceiveCommand command, TagName name, RepositoryView pushed) throws IOException {
        if (command.getType() != ReceiveCommand.Type.CREATE) {
            refuse(
                    Reason.CONFLICT,
                    command.getRefName(),
                    "a tag does not move",
                    "delete it first, or take another name");
            return;
        }
        Optional<RevCommit> tip = commit(pushed, command);
        if (tip.isPresent()) {
            List<RevCommit> fresh = fresh(pushed, tip.get());
            modes(pushed, fresh);
            if (problems.isEmpty()) {
                for (RevCommit commit : fresh) {
                    reviewAgainstParent(pushed, commit, Optional.empty());
                }
            }
        }
        ObjectId target = command.getNewId().copy();
        jobs.put(command, () -> {
            try {
                quarantine.release();
            } catch (IOException e) {
                throw Problems.storage("written", e);
            }
            landing.createTag(name, target);
        });
    }

    private Optional<RevCommit> commit(RepositoryView pushed, ReceiveCommand command) throws IOException {
        try {
            RevCommit commit = pushed.walk().parseCommit(command.getNewId());
            pushed.walk().parseBody(commit);
            return Optional.of(commit);
        } catch (IncorrectObjectTypeException e) {
            refuse(Reason.INVALID_REPOSITORY, command.getRefName(), "this names no commit", "push a commit");
            return Optional.empty();
        }
    }

    /** Commits that no branch and no tag reaches yet, parents first. */
    private List<RevCommit> fresh(RepositoryView pushed, RevCommit tip) throws IOException {
        List<RevCommit> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(pushed.reader())) {
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(tip));
            for (Ref ref :
                    quarantine.repository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
                Optional<ObjectName> at = pushed.commitAt(ref.getObjectId());
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
                            "a push has at most " + MOST_COMMITS + " commits",
                            "push in parts");
                }
                found.add(pushed.walk().parseCommit(commit));
            }
        }
        return found;
    }

    private static Optional<ObjectId> fork(RevWalk walk, RevCommit tip, Set<RevCommit> fresh) throws IOException {
        RevCommit at = tip;
        while (fresh.contains(at)) {
            if (at.getParentCount() == 0) {
                return Optional.empty();
            }
            at = walk.parseCommit(at.getParent(0));
        }
        return Optional.of(at.copy());
    }

    private void modes(RepositoryView pushed, List<RevCommit> fresh) throws IOException {
        List<Problem> found = new ArrayList<>();
        PushedTrees trees = new PushedTrees(pushed.trees(), found);
        for (RevCommit commit : fresh) {
            deadline.check();
            trees.check(parentTree(pushed, commit), commit.getTree());
        }
        problems.addAll(found);
    }

    private static ObjectId parentTree(RepositoryView pushed, RevCommit commit) throws IOException {
        return commit.getParentCount() == 0
                ? TreeSource.EMPTY
                : pushed.walk().parseCommit(commit.getParent(0)).getTree();
    }

    private void reviewAgainstParent(RepositoryView pushed, RevCommit commit, Optional<RepositoryView.State> ledger)
            throws IOException {
        Snapshot before = snapshot(ledger, parentTree(pushed, commit), commit);
        add(review.review(info.id(), before, snapshot(ledger, commit.getTree(), commit)), commit);
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
                new GitFiles(landing.reading(), ledger.map(LedgerCommit::tree).orElse(TreeSource.EMPTY)));
    }

    private static UpdateRequest request(
            ReceiveCommand command, BranchName name, RevCommit head, Snapshot before, TreeEdit ledger, boolean create) {
        Map<TreePath, Optional<ObjectName>> expected = new HashMap<>();
        if (!create) {
            ledger.changes()
                    .keySet()
                    .forEach(path -> expected.put(path, before.ledger().objectAt(path)));
        }
        return new UpdateRequest(
                name,
                create
                        ? Optional.empty()
                        : Optional.of(new ObjectName(command.getOldId().name())),
                Map.of(),
                expected,
                TreeEdit.NONE,
                ledger,
                "",
                new Person("Offshoot", "push@localhost"),
                head.getCommitterIdent().getWhenAsInstant(),
                "{\"operation\":\"push\"}");
    }
}
