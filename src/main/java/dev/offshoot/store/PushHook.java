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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * Decides about a push as a whole: every ref and every new commit is looked at before anything moves, and one that is refused refuses all.
 * What is accepted lands through the workspace's own transaction, so JGit finds every command done.
 */
final class PushHook implements PreReceiveHook {
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
    private final Quarantine quarantine;
    private final IncomingCommits commits;
    private final PushDeadline deadline;
    private final Map<ReceiveCommand, Job> jobs = new LinkedHashMap<>();

    PushHook(Landing landing, Quarantine quarantine, IncomingCommits commits, PushDeadline deadline) {
        this.landing = landing;
        this.quarantine = quarantine;
        this.commits = commits;
        this.deadline = deadline;
    }

    private interface Job {
        void run();
    }

    @Override
    public void onPreReceive(ReceivePack push, Collection<ReceiveCommand> commands) {
        Set<Problem> problems = commits.problems();
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
        commits.findings().stream().limit(MOST_LINES).forEach(f -> push.sendMessage(line("warning: " + f)));
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
        commits.refuse(reason, where, message, hint);
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
        List<RevCommit> fresh = commits.fresh(pushed, tip.get());
        if (create) {
            base = view.stateAt(IncomingCommits.fork(walk, tip.get(), new HashSet<>(fresh)));
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
        commits.modes(pushed, fresh);
        if (!commits.problems().isEmpty()) {
            return;
        }
        for (RevCommit commit : fresh) {
            if (!commit.equals(tip.get())) {
                commits.reviewAgainstParent(pushed, commit, base);
            }
        }
        IncomingCommits.Head reviewed = commits.reviewHead(tip.get(), base);
        RevCommit head = tip.get();
        Optional<RepositoryView.State> fork = base;
        jobs.put(
                command,
                () -> landing.land(
                        request(command, name, head, reviewed, create),
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
            List<RevCommit> fresh = commits.fresh(pushed, tip.get());
            commits.modes(pushed, fresh);
            if (commits.problems().isEmpty()) {
                for (RevCommit commit : fresh) {
                    commits.reviewAgainstParent(pushed, commit, Optional.empty());
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

    private static UpdateRequest request(
            ReceiveCommand command, BranchName name, RevCommit head, IncomingCommits.Head reviewed, boolean create) {
        TreeEdit ledger = reviewed.verdict().ledger();
        Map<TreePath, Optional<ObjectName>> expected = new HashMap<>();
        if (!create) {
            ledger.changes()
                    .keySet()
                    .forEach(path ->
                            expected.put(path, reviewed.before().ledger().objectAt(path)));
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
