package dev.offshoot.store;

import dev.offshoot.model.Problem;
import dev.offshoot.model.TreeEdit;
import java.util.List;
import java.util.UUID;

/** Says whether a commit that somebody pushed may land, and what the ledger has to say of it. */
@FunctionalInterface
public interface PushReview {
    /**
     * Looks at a state before and one after; only what differs is looked at.
     *
     * @param workspace identity of the workspace: ids are made from it
     * @param before the accepted state, with its ledger
     * @param after the files to be accepted, with the same ledger
     */
    Verdict review(UUID workspace, Snapshot before, Snapshot after);

    /**
     * What a platform would lose between two states that were both found good, for the person to know; it stops nothing.
     *
     * @param before the state that the branch had
     */
    default List<Problem> losses(Snapshot before, Snapshot after) {
        return List.of();
    }

    /**
     * What came of it.
     *
     * @param problems why it is refused; empty when it may land
     * @param findings for the person, that stop nothing
     * @param ledger edits of the ledger that go with it
     */
    record Verdict(List<Problem> problems, List<Problem> findings, TreeEdit ledger) {
        public Verdict {
            problems = List.copyOf(problems);
            findings = List.copyOf(findings);
        }
    }
}
