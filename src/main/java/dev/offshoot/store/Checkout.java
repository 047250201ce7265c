package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.store.CheckoutFolder.Move;
import dev.offshoot.store.CheckoutState.Status;
import dev.offshoot.store.FaultPoint.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.util.FS;

/** Brings one checkout to a commit of its workspace, unless somebody works in it. Used by one thread at a time. */
final class Checkout {
    private final CheckoutFolder folder;
    private final Path beginnings;
    private final Optional<String> origin;
    private final Consumer<CheckoutFolder> packs;
    private final FaultPoint faults;
    private boolean recovered;
    /** The branch to follow. */
    private String branch = "";

    /**
     * @param beginnings where a new checkout is put together, on the same file system
     * @param packs gives a checkout the objects of the store
     */
    Checkout(Path tree, Path beginnings, Optional<String> origin, Consumer<CheckoutFolder> packs, FaultPoint faults) {
        this.folder = new CheckoutFolder(tree);
        this.beginnings = beginnings;
        this.origin = origin;
        this.packs = packs;
        this.faults = faults;
    }

    /**
     * @param store walks the store's objects, which are a superset of what the checkout needs
     * @param wanted the branch to follow; a checkout that followed another one changes to it
     */
    CheckoutState follow(RevWalk store, BranchName wanted, ObjectId target) throws IOException {
        faults.reached(Step.CHECKOUT_STARTED);
        branch = wanted.value();
        RevCommit to = store.parseCommit(target);
        try {
            if (!folder.exists()) {
                create(store, to);
                return state(Status.CURRENT, to, "");
            }
            if (!folder.isOurs()) {
                return state(Status.LEFT_ALONE, Optional.empty(), "the folder is not a checkout of ours");
            }
            recover();
            packs.accept(folder);
            try (FileRepository own = folder.open()) {
                return move(own, store, to);
            }
        } catch (Failure e) {
            return state(Status.FAILED, folder.at(), e.getMessage());
        }
    }

    private static CheckoutState state(Status status, Optional<? extends ObjectId> commit, String reason) {
        return new CheckoutState(status, commit.map(id -> new ObjectName(id.name())), reason);
    }

    private static CheckoutState state(Status status, ObjectId commit, String reason) {
        return state(status, Optional.of(commit), reason);
    }

    private void create(RevWalk store, RevCommit to) throws IOException {
        Durable.deleteTree(beginnings);
        CheckoutFolder beginning = new CheckoutFolder(beginnings);
        beginning.init(branch, origin);
        packs.accept(beginning);
        WorkingTree files = new WorkingTree(beginning, store.getObjectReader(), true, faults);
        try (FileRepository own = beginning.open()) {
            DirCache index = DirCache.lock(beginning.index().toFile(), FS.DETECTED);
            try {
                files.apply(files.changes(TreeSource.EMPTY, to.getTree()), index, WorkingTree.Guard.NOBODY_ELSE);
                commit(index);
            } finally {
                index.unlock();
            }
            moveRefs(own, ObjectId.zeroId(), to);
        }
        beginning.setAt(to);
        beginning.setFollowed(branch);
        Files.move(beginnings, folder.tree(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** After a crash in the middle of a move the locks are our own: its note was written before the first of them. */
    private void recover() throws IOException {
        if (!recovered) {
            if (folder.moving().isPresent()) {
                folder.removeLocks(branch);
            }
            folder.removeUnfinished();
            folder.setOrigin(branch, origin);
            recovered = true;
        }
    }

    private CheckoutState move(FileRepository own, RevWalk store, RevCommit to) throws IOException {
        Optional<String> inTheWay = new CheckoutBranch(folder, faults).change(own, branch, id -> isKnown(store, id));
        if (inTheWay.isPresent()) {
            return state(Status.LEFT_ALONE, folder.at(), inTheWay.get());
        }
        Ref head = own.exactRef("HEAD");
        if (head.getObjectId() == null) {
            return state(Status.LEFT_ALONE, folder.at(), "the branch " + branch + " is missing");
        }
        ObjectId now = head.getObjectId().copy();
        Optional<Move> begun = folder.moving();
        if (begun.isPresent()
                && (now.equals(begun.get().from()) || now.equals(begun.get().to()))) {
            // What was begun is brought to its end first, then the rest is an ordinary move.
            RevCommit middle = store.parseCommit(begun.get().to());
            CheckoutState finished =
                    move(own, store, store.parseCommit(begun.get().from()), now, middle, true);
            return finished.status() != Status.CURRENT || middle.equals(to)
                    ? finished
                    : move(own, store, middle, middle, to, false);
        }
        Optional<ObjectId> at = folder.at();
        if (!isKnown(store, now)) {
            return state(Status.LEFT_ALONE, at, "there are commits that were not pushed");
        }
        if (!at.map(now::equals).orElse(true) && !isOnTheWay(store, at.get(), now, to)) {
            return state(
                    Status.LEFT_ALONE,
                    at,
                    "the branch " + branch + " was moved to "
                            + now.abbreviate(10).name());
        }
        // Where we left it nobody has committed since; another default branch may have parted from there long ago.
        boolean asWeLeftIt = at.map(now::equals).orElse(false);
        if (!asWeLeftIt && !store.isMergedInto(store.parseCommit(now), to)) {
            return state(Status.LEFT_ALONE, at, "there are commits that were not pushed");
        }
        if (now.equals(to)) {
            if (!isTracked(own, to)) {
                folder.begin(new Move(to, to));
                trackOrigin(own, to);
            }
            folder.end(to);
            return state(Status.CURRENT, to, "");
        }
        return move(own, store, store.parseCommit(now), now, to, false);
    }

    /** Somebody pulled, or pushed what he had: he is where we would have brought him. */
    private static boolean isOnTheWay(RevWalk store, ObjectId at, ObjectId now, RevCommit to) throws IOException {
        return isKnown(store, now)
                && isKnown(store, at)
                && store.isMergedInto(store.parseCommit(at), store.parseCommit(now))
                && store.isMergedInto(store.parseCommit(now), to);
    }

    private static boolean isKnown(RevWalk store, ObjectId commit) throws IOException {
        return store.getObjectReader().has(commit);
    }

    private CheckoutState move(
            FileRepository own, RevWalk store, RevCommit from, ObjectId head, RevCommit to, boolean begun)
            throws IOException {
        WorkingTree files = new WorkingTree(folder, store.getObjectReader(), false, faults);
        List<WorkingTree.Change> changes = files.changes(from.getTree(), to.getTree());
        if (!begun) {
            folder.begin(new Move(from, to));
        }
        DirCache index;
        try {
            faults.reached(Step.CHECKOUT_LOCKING);
            index = DirCache.lock(folder.index().toFile(), FS.DETECTED);
        } catch (LockFailedException e) {
            return leftAlone(head, begun, "a Git command holds the index");
        }
        try {
            WorkingTreeCheck check = new WorkingTreeCheck(folder.tree());
            List<String> touched = check.touchedByOthers(changes, index, begun);
            if (!touched.isEmpty()) {
                return leftAlone(head, begun, "changed here: " + String.join(", ", touched));
            }
            files.apply(changes, index, check::isStill);
            faults.reached(Step.CHECKOUT_INDEX);
            commit(index);
        } catch (WorkingTree.Touched e) {
            return leftAlone(head, begun, e.getMessage());
        } finally {
            index.unlock();
        }
        faults.reached(Step.CHECKOUT_REFS);
        moveRefs(own, head, to);
        folder.end(to);
        return state(Status.CURRENT, to, "");
    }

    /** What had not begun has not happened. */
    private CheckoutState leftAlone(ObjectId head, boolean begun, String reason) throws IOException {
        if (!begun) {
            folder.cancel();
        }
        return state(Status.LEFT_ALONE, head, reason);
    }

    private static void commit(DirCache index) throws IOException {
        index.write();
        if (!index.commit()) {
            throw new IOException("the index could not be replaced");
        }
    }

    private void moveRefs(FileRepository own, ObjectId from, ObjectId to) throws IOException {
        trackOrigin(own, to);
        update(own, "HEAD", Optional.of(from), to);
    }

    private void trackOrigin(FileRepository own, ObjectId to) throws IOException {
        if (!isTracked(own, to)) {
            update(own, CheckoutFolder.tracking(branch), Optional.empty(), to);
        }
    }

    /** Whether a person who looks at {@code origin} sees this commit, or there is no origin to look at. */
    private boolean isTracked(FileRepository own, ObjectId to) throws IOException {
        Ref tracking = own.exactRef(CheckoutFolder.tracking(branch));
        return own.getConfig().getString("remote", "origin", "url") == null
                || tracking != null && to.equals(tracking.getObjectId());
    }

    private static void update(FileRepository own, String ref, Optional<ObjectId> expected, ObjectId to)
            throws IOException {
        RefUpdate update = own.updateRef(ref);
        update.setNewObjectId(to);
        expected.ifPresent(update::setExpectedOldObjectId);
        update.setForceUpdate(true);
        update.setRefLogMessage("offshoot: follow", false);
        CheckoutBranch.require(update.update(), ref);
    }
}
