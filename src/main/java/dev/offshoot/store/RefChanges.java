package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/** How branches and tags come and go. A branch starts with the ledger of the commit it starts from, and goes with its own. One change at a time. */
final class RefChanges {
    /** Ledgers of branches that are gone: tags and merges may still lead to their commits. */
    static final String KEPT = "refs/offshoot/kept/";

    /** Every clone is told of every branch and every tag. */
    private static final int MOST_OF_A_KIND = 10_000;

    private final FileRepository repository;
    private final RefTransaction transaction;
    private final FaultPoint faults;

    RefChanges(FileRepository repository, FaultPoint faults) {
        this.repository = repository;
        this.faults = faults;
        this.transaction = new RefTransaction(repository);
    }

    synchronized ObjectName create(RepositoryView view, BranchName name, Revision from) throws IOException {
        RepositoryView.State state = state(view, from);
        requireFree(Constants.R_HEADS, name.value(), "branch");
        List<ReceiveCommand> commands = new ArrayList<>();
        commands.add(new ReceiveCommand(ObjectId.zeroId(), state.commit(), name.ref()));
        state.ledger()
                .ifPresent(ledger ->
                        commands.add(new ReceiveCommand(ObjectId.zeroId(), ledger.id(), LedgerIndex.ref(name.ref()))));
        run(commands);
        return new ObjectName(state.commit().name());
    }

    synchronized ObjectName create(RepositoryView view, TagName name, Revision at) throws IOException {
        RepositoryView.State state = state(view, at);
        requireFree(Constants.R_TAGS, name.value(), "tag");
        run(List.of(new ReceiveCommand(ObjectId.zeroId(), state.commit(), name.ref())));
        return new ObjectName(state.commit().name());
    }

    /** A tag that was pushed: what it names may be an annotated one. */
    synchronized boolean create(TagName name, ObjectId target) throws IOException {
        requireFree(Constants.R_TAGS, name.value(), "tag");
        return run(List.of(new ReceiveCommand(ObjectId.zeroId(), target, name.ref())));
    }

    /** Refuses a branch that a clone could not hold beside those there are. */
    synchronized void requireFree(BranchName name) throws IOException {
        requireFree(Constants.R_HEADS, name.value(), "branch");
    }

    /** @throws Failure {@code STALE_PLAN} when the ref is somewhere else */
    void requireAt(String ref, ObjectName expected) throws IOException {
        Ref is = repository.exactRef(ref);
        if (is == null || !is.getObjectId().name().equals(expected.value())) {
            throw Failure.of(Reason.STALE_PLAN, ref, "it has moved in the meantime");
        }
    }

    private static RepositoryView.State state(RepositoryView view, Revision revision) throws IOException {
        return view.resolve(revision).orElseThrow(() -> Problems.notFound("branch, tag or commit: " + revision));
    }

    synchronized boolean delete(RepositoryView view, BranchName name) throws IOException {
        if (view.defaultBranch().equals(name)) {
            throw Failure.of(
                    Reason.CONFLICT, "branch", "this is the default branch", "make another one the default first");
        }
        List<ReceiveCommand> commands = new ArrayList<>();
        commands.add(removal(name.ref(), "branch: " + name));
        Ref ledger = repository.exactRef(LedgerIndex.ref(name.ref()));
        if (ledger != null) {
            commands.add(new ReceiveCommand(ledger.getObjectId(), ObjectId.zeroId(), ledger.getName()));
            String kept = KEPT + ledger.getObjectId().name();
            if (repository.exactRef(kept) == null && saysMoreThanOthers(view, ledger)) {
                commands.add(new ReceiveCommand(ObjectId.zeroId(), ledger.getObjectId(), kept));
            }
        }
        return run(commands);
    }

    /** The branch that HEAD of the repository names. Under the same lock as deletions, so that it is always one that is there. */
    synchronized boolean makeDefault(BranchName name) throws IOException {
        if (repository.exactRef(name.ref()) == null) {
            throw Problems.notFound("branch: " + name);
        }
        Path folder = repository.getDirectory().toPath();
        Path unfinished = folder.resolve("HEAD.lock");
        Files.writeString(unfinished, "ref: " + name.ref() + "\n");
        Durable.force(unfinished);
        faults.reached(FaultPoint.Step.DEFAULT_WRITTEN);
        Files.move(
                unfinished,
                folder.resolve(Constants.HEAD),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Durable.forceFolder(folder);
        return true;
    }

    synchronized boolean delete(TagName name) throws IOException {
        return run(List.of(removal(name.ref(), "tag: " + name)));
    }

    private ReceiveCommand removal(String ref, String what) throws IOException {
        return Optional.ofNullable(repository.exactRef(ref))
                .map(found -> new ReceiveCommand(found.getObjectId(), ObjectId.zeroId(), ref))
                .orElseThrow(() -> Problems.notFound(what));
    }

    private boolean saysMoreThanOthers(RepositoryView view, Ref ledger) throws IOException {
        RevWalk walk = view.walk();
        for (Ref other : repository.getRefDatabase().getRefsByPrefix(LedgerIndex.PREFIX, KEPT)) {
            boolean holds = !other.getName().equals(ledger.getName())
                    && walk.isMergedInto(walk.parseCommit(ledger.getObjectId()), walk.parseCommit(other.getObjectId()));
            if (holds) {
                return false;
            }
        }
        return true;
    }

    /** Names that clones on other systems could not hold beside each other are refused: letter case, and a folder in place of a file. */
    private void requireFree(String prefix, String name, String what) throws IOException {
        String wanted = FileNames.fold(name);
        List<Ref> all = repository.getRefDatabase().getRefsByPrefix(prefix);
        if (all.size() >= MOST_OF_A_KIND) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED,
                    what,
                    "a workspace has at most " + MOST_OF_A_KIND + " of them",
                    "delete some that nobody needs");
        }
        for (Ref ref : all) {
            String there = ref.getName().substring(prefix.length());
            String folded = FileNames.fold(there);
            if (there.equals(name)) {
                throw Failure.of(Reason.ALREADY_EXISTS, what, "there is a " + what + " " + name + " already");
            }
            if (folded.equals(wanted) || folded.startsWith(wanted + "/") || wanted.startsWith(folded + "/")) {
                throw Failure.of(
                        Reason.NAME_TAKEN,
                        what,
                        "the " + what + " " + there + " stands in the way of " + name,
                        "take a name that is not the beginning of another one, and differs in more than letter case");
            }
        }
    }

    private boolean run(List<ReceiveCommand> commands) throws IOException {
        if (!transaction.update(commands)) {
            throw new Failure(Problem.of(Reason.BUSY, "", "somebody else is changing the same branch or tag")
                    .withHint("try again"));
        }
        return true;
    }
}
