package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Person;
import java.time.Instant;

/**
 * A history that is to become a branch as it is.
 *
 * @param branch a new one, or the default branch of a workspace that has nothing in it yet
 * @param author of the ledger's commit; those of the history keep theirs
 * @param receipt kept in the ledger
 * @param dryRun only looks, and changes nothing
 */
public record HistoryUpdate(BranchName branch, Person author, Instant when, String receipt, boolean dryRun) {}
