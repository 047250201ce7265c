package dev.offshoot.store;

import dev.offshoot.store.FaultPoint.Step;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;

/**
 * Which branch a checkout is on. When the default branch is another one than before, the new branch begins in the checkout at the commit
 * that stands there, which changes no file; going on from there is an ordinary move.
 */
final class CheckoutBranch {
    private final CheckoutFolder folder;
    private final FaultPoint faults;

    CheckoutBranch(CheckoutFolder folder, FaultPoint faults) {
        this.folder = folder;
        this.faults = faults;
    }

    /** Whether the store has a commit. */
    interface Known {
        boolean has(ObjectId commit) throws IOException;
    }

    /**
     * Puts the checkout on a branch, unless a person has chosen another one, or has commits on it that nobody else has.
     *
     * @return what stands in the way
     */
    Optional<String> change(FileRepository own, String branch, Known store) throws IOException {
        String wanted = Constants.R_HEADS + branch;
        Ref head = own.exactRef(Constants.HEAD);
        if (head == null || !head.isSymbolic()) {
            return Optional.of("no branch is checked out");
        }
        String present = head.getTarget().getName();
        if (present.equals(wanted)) {
            if (!folder.followed().equals(Optional.of(branch))) {
                folder.setFollowed(branch);
            }
            return Optional.empty();
        }
        boolean ours = folder.followed().map(Constants.R_HEADS::concat).equals(Optional.of(present));
        if (!ours || head.getObjectId() == null) {
            return Optional.of("another branch is checked out");
        }
        Ref there = own.exactRef(wanted);
        if (there != null && !store.has(there.getObjectId())) {
            return Optional.of("the branch " + branch + " has commits that were not pushed");
        }
        ObjectId now = head.getObjectId();
        if (!store.has(now)) {
            return Optional.of("there are commits that were not pushed");
        }
        if (folder.moving().isEmpty()) { // otherwise what was begun goes on from here, on the new branch
            folder.setAt(now);
            folder.begin(
                    new CheckoutFolder.Move(now, now)); // as with every move: locks found beside this note are ours
        }
        RefUpdate start = own.updateRef(wanted);
        start.setNewObjectId(now);
        start.setForceUpdate(true);
        require(start.update(), wanted);
        faults.reached(Step.CHECKOUT_BRANCH);
        require(own.updateRef(Constants.HEAD).link(wanted), Constants.HEAD);
        folder.setFollowed(branch);
        folder.trackBranch(branch);
        return Optional.empty();
    }

    /** Fails unless the ref stands where it was to be. */
    static void require(RefUpdate.Result result, String ref) throws IOException {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            case LOCK_FAILURE,
                    REJECTED,
                    REJECTED_CURRENT_BRANCH,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON,
                    IO_FAILURE,
                    NOT_ATTEMPTED,
                    RENAMED -> throw new IOException(ref + " of the checkout was not updated: " + result);
        }
    }
}
