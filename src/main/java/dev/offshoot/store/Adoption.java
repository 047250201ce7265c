package dev.offshoot.store;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A commit that was made elsewhere and becomes the head of a branch as it is.
 *
 * @param fork where a new branch leaves what is known; empty when the branch is there, or the history is a new one
 * @param create whether the branch is new
 * @param arrival makes the commit's objects readable; may run again
 */
record Adoption(ObjectId commit, ObjectId tree, Optional<RepositoryView.State> fork, boolean create, Arrival arrival) {
    interface Arrival {
        void run() throws IOException;
    }
}
