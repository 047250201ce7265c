package dev.offshoot.store;

import dev.offshoot.model.ObjectName;
import java.util.Optional;

/**
 * What an update did, durable when this is returned.
 *
 * @param commit the branch's commit after the update
 * @param before the branch's commit before it: the one to go back to
 * @param moved false when the files were already so and no commit was made
 * @param ledgerCommit the ledger's commit after the update, if there is one
 */
public record UpdateResult(
        ObjectName commit, ObjectName before, boolean moved, ObjectName tree, Optional<ObjectName> ledgerCommit) {}
