package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Removal;
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
 * @param removals what goes
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
        List<Removal> removals,
        List<Problem> findings,
        String message) {
    public RevertPlan {
        definitions = List.copyOf(definitions);
        kept = List.copyOf(kept);
        removals = List.copyOf(removals);
        findings = List.copyOf(findings);
    }

    /** Binds the state of the branch and what was asked for. */
    public Expectation.Fingerprint fingerprint() {
        return fingerprint(base, reverted, to);
    }

    /** The same, the removals told with what depends on them. */
    RevertPlan telling(List<Removal> known) {
        return new RevertPlan(
                branch, base, reverted, to, definitions, changes, files, ledger, kept, known, findings, message);
    }

    /** What has to be agreed to before this plan is carried out. */
    Consent consent() {
        return Consent.to(removals, base, fingerprint().sourceHash());
    }

    static Expectation.Fingerprint fingerprint(ObjectName base, ObjectName reverted, ObjectName to) {
        byte[] asked = ("revert " + reverted + " to " + to).getBytes(StandardCharsets.UTF_8);
        return new Expectation.Fingerprint(base, Digests.sha256(asked));
    }
}
