package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceName;
import java.util.Optional;

/**
 * An operation that somebody wants undone.
 *
 * @param commit that the operation made
 * @param to the commit to go back to, when several operations are undone together: one that {@code commit} came from; empty: its (first)
 *     parent
 * @param branch where; empty: the default branch
 * @param fingerprint of the plan that the caller agreed to
 * @param confirm agrees to a loss of data, as a plan listed it
 * @param by whose change it is
 */
public record RevertRequest(
        WorkspaceName workspace,
        ObjectName commit,
        Optional<ObjectName> to,
        Optional<BranchName> branch,
        Optional<Expectation.Fingerprint> fingerprint,
        Optional<ConfirmToken> confirm,
        Attribution by) {}
