package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A history that became a branch, or would become one.
 *
 * @param head of the branch
 * @param commits how many are new here
 * @param before where the branch stood; empty when it is new
 * @param findings what a person should know
 */
public record KeptHistory(
        BranchName branch, ObjectName head, int commits, Optional<ObjectName> before, List<Problem> findings) {
    public KeptHistory {
        findings = List.copyOf(findings);
    }
}
