package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.util.Optional;

/**
 * A document to import.
 *
 * @param document its bytes as they came; not changed after the call
 * @param branch where to; empty: the default branch
 * @param target address of the definition that is meant, for example {@code tooljet/apps/crm}; empty: the identity rule decides
 * @param name name that the definition gets when it is created
 */
public record ImportRequest(
        WorkspaceName workspace,
        Optional<BranchName> branch,
        byte[] document,
        ImportMode mode,
        Optional<TreePath> target,
        Optional<DefinitionName> name,
        Expectation expectation,
        Person caller) {

    /** The same wishes for a document. */
    public ImportRequest with(byte[] bytes) {
        return new ImportRequest(workspace, branch, bytes, mode, target, name, expectation, caller);
    }

    ImportRequest on(BranchName known) {
        return new ImportRequest(workspace, Optional.of(known), document, mode, target, name, expectation, caller);
    }
}
