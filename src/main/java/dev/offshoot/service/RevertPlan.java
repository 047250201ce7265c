package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What going back would do to one state of a branch.
 *
 * @param base commit of the branch it was computed from
 * @param reverted the newest commit that is undone
 * @param to the commit whose state comes back
 * @param kept files that were changed since and stay as they are
 * @param findings that stop nothing
 * @param message of the commit
 */
public record RevertPlan(
        BranchName branch,
        ObjectName base,
        ObjectName reverted,
        ObjectName to,
        List<Plan.Step> definitions,
        Changes changes,
        TreeEdit files,
        TreeEdit ledger,
        List<TreePath> kept,
        List<Problem> findings,
        String message) {
    public RevertPlan {
        definitions = List.copyOf(definitions);
        kept = List.copyOf(kept);
        findings = List.copyOf(findings);
    }

    /** Binds the state of the branch and what was asked for. */
    public Expectation.Fingerprint fingerprint() {
        return fingerprint(base, reverted, to);
    }

    static Expectation.Fingerprint fingerprint(ObjectName base, ObjectName reverted, ObjectName to) {
        byte[] asked = ("revert " + reverted + " to " + to).getBytes(StandardCharsets.UTF_8);
        return new Expectation.Fingerprint(base, Digests.sha256(asked));
    }
}
