package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A change to land on a branch: edits of the definitions and of the ledger, and what they were computed from.
 *
 * @param expectedCommit when present, the branch must still be at this commit
 * @param expectedFiles objects (blob or tree, empty = absent) that must still stand at these paths of the branch tree: everything the
 *     edits were computed from. Lets changes of different definitions land in any order without being computed again
 * @param expectedLedger the same for the ledger tree
 * @param files edits of the branch; when they change nothing, the branch does not move and only the ledger does
 * @param ledger edits of the ledger; when nothing changes at all, no ref moves
 * @param message commit message of the branch commit
 * @param author who asked; also the committer
 * @param receipt text kept in the ledger commit's message, JSON
 */
public record UpdateRequest(
        BranchName branch,
        Optional<ObjectName> expectedCommit,
        Map<TreePath, Optional<ObjectName>> expectedFiles,
        Map<TreePath, Optional<ObjectName>> expectedLedger,
        TreeEdit files,
        TreeEdit ledger,
        String message,
        Person author,
        Instant when,
        String receipt) {
    public UpdateRequest {
        expectedFiles = Map.copyOf(expectedFiles);
        expectedLedger = Map.copyOf(expectedLedger);
    }
}
