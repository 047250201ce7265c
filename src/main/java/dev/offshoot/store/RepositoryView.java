package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** One thread's look into a repository: owns a reader and a walk, and closes both. */
final class RepositoryView implements AutoCloseable {
    private static final int LOOKS = 4;

    private final FileRepository repository;
    private final LedgerIndex ledgers;
    private final ObjectReader reader;
    /** Made when first asked for: most looks at files need none, and it is not small. */
    private RevWalk walk;

    private final TreeSource trees;

    /** One that reads everything itself. */
    RepositoryView(FileRepository repository, LedgerIndex ledgers) {
        this(repository, ledgers, new TreeCache());
    }

    RepositoryView(FileRepository repository, LedgerIndex ledgers, TreeCache cache) {
        this.repository = repository;
        this.ledgers = ledgers;
        this.reader = repository.newObjectReader();
        this.trees = cache.over(TreeSource.of(reader));
    }

    /**
     * A branch with the ledger that belongs to its head, as they stood at one moment.
     *
     * @param ledgerHead where the ledger's ref stands; zero when there is none
     * @param ledger what belongs to the head: what the ref names, unless somebody else moved the branch
     */
    record Branch(ObjectId head, ObjectId tree, ObjectId ledgerHead, Optional<LedgerCommit> ledger) {}

    /** A commit with the ledger that belongs to it. */
    record State(ObjectId commit, ObjectId tree, Optional<LedgerCommit> ledger) {}

    ObjectReader reader() {
        return reader;
    }

    TreeSource trees() {
        return trees;
    }

    RevWalk walk() {
        if (walk == null) {
            walk = new RevWalk(reader);
        }
        return walk;
    }

    /**
     * A ref by its full name, or null. JGit reads the packed refs before the single file of a ref: one that is packed in between is found in
     * neither, and without a second look its branch, or worse its ledger, would seem to be missing.
     */
    private Ref exact(String ref) throws IOException {
        Ref found = repository.exactRef(ref);
        for (int look = 1; found == null && look < LOOKS; look++) {
            found = repository.exactRef(ref);
        }
        return found;
    }

    Optional<Branch> branch(String ref) throws IOException {
        String ledgerRef = LedgerIndex.ref(ref);
        while (true) {
            Ref head = exact(ref);
            if (head == null || head.getObjectId() == null) {
                return Optional.empty();
            }
            Ref ledger = exact(ledgerRef);
            Ref again = exact(ref);
            // Both move in one step, so a branch that stood still while the ledger was read belongs to it.
            if (again != null && head.getObjectId().equals(again.getObjectId())) {
                RevCommit commit = walk().parseCommit(head.getObjectId());
                ObjectId ledgerHead = ledger == null ? ObjectId.zeroId() : ledger.getObjectId();
                return Optional.of(new Branch(
                        commit.copy(),
                        commit.getTree().copy(),
                        ledgerHead,
                        ledgerOf(commit, Optional.ofNullable(ledger))));
            }
        }
    }

    private Optional<LedgerCommit> ledgerOf(ObjectId commit, Optional<Ref> likely) throws IOException {
        if (likely.isPresent()) {
            Optional<LedgerCommit> found = ledgers.find(walk(), commit, List.of(likely.get()));
            if (found.isPresent()) {
                return found;
            }
        }
        return ledgers.find(walk(), commit, allLedgers());
    }

    /** The default branch's first: most commits are its. */
    private List<Ref> allLedgers() throws IOException {
        List<Ref> all =
                new ArrayList<>(repository.getRefDatabase().getRefsByPrefix(LedgerIndex.PREFIX, RefChanges.KEPT));
        String first = LedgerIndex.ref(defaultBranch().ref());
        all.sort(
                (a, b) -> Boolean.compare(b.getName().equals(first), a.getName().equals(first)));
        return all;
    }

    BranchName defaultBranch() throws IOException {
        Ref head = exact(Constants.HEAD);
        if (head == null || !head.isSymbolic() || !head.getTarget().getName().startsWith(Constants.R_HEADS)) {
            throw new IOException("HEAD of " + repository.getDirectory() + " names no branch");
        }
        return new BranchName(head.getTarget().getName().substring(Constants.R_HEADS.length()));
    }

    Optional<State> resolve(Revision revision) throws IOException {
        if (revision instanceof Revision.Commit commit) {
            return reachable(ObjectId.fromString(commit.id().value()));
        }
        BranchName name = revision instanceof Revision.Named named ? named.name() : defaultBranch();
        Optional<Branch> branch = branch(name.ref());
        if (branch.isPresent()) {
            return branch.map(b -> new State(b.head(), b.tree(), b.ledger()));
        }
        Ref tag = exact(Constants.R_TAGS + name.value());
        return tag == null ? Optional.empty() : commit(tag.getObjectId());
    }

    /** The state of a commit that is known to be reachable. */
    Optional<State> stateAt(Optional<? extends ObjectId> id) throws IOException {
        return id.isEmpty() ? Optional.empty() : commit(id.get());
    }

    /** The commit that an object is, or that a tag leads to. */
    Optional<ObjectName> commitAt(ObjectId id) throws IOException {
        try {
            return Optional.of(new ObjectName(walk().parseCommit(id).name()));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    private Optional<State> commit(ObjectId id) throws IOException {
        try {
            RevCommit commit = walk().parseCommit(id);
            return Optional.of(new State(commit.copy(), commit.getTree().copy(), ledgerOf(commit, Optional.empty())));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    /** Only what branches and tags reach: neither ledgers nor leftovers are anybody's to read. */
    private Optional<State> reachable(ObjectId id) throws IOException {
        RevCommit wanted;
        try {
            wanted = walk().parseCommit(id);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
        List<Ref> shown = repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS);
        boolean tip = shown.stream().anyMatch(ref -> id.equals(ref.getObjectId()));
        return tip || walk().isMergedIntoAny(wanted, shown) ? commit(id) : Optional.empty();
    }

    @Override
    public void close() {
        reader.close(); // a walk has nothing else to close
    }
}
