package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.util.List;
import java.util.Optional;

/**
 * A document to import.
 *
 * @param document its bytes as they came; not changed after the call
 * @param branch where to; empty: the default branch
 * @param mode what becomes of a definition that is there; a rule decides it itself
 * @param target address of the definition that is meant, for example {@code tooljet/apps/crm}; empty: the identity rule decides
 * @param name name that the definition gets when it is created
 * @param attribution whose change it is, if not the caller's
 * @param rule the platform's own rule that the import follows; empty: none, everything is stored as it came
 * @param parts names of the parts of the document that a rule takes, pages for example; empty: all
 */
public record ImportRequest(
        WorkspaceName workspace,
        Optional<BranchName> branch,
        byte[] document,
        ImportMode mode,
        Optional<TreePath> target,
        Optional<DefinitionName> name,
        Optional<RuleName> rule,
        List<String> parts,
        Expectation expectation,
        Person caller,
        Attribution attribution) {
    public ImportRequest {
        parts = List.copyOf(parts);
    }

    /** A document for the default branch, without any other wish. */
    public static ImportRequest of(WorkspaceName workspace, byte[] document, Person caller) {
        return new ImportRequest(
                workspace,
                Optional.empty(),
                document,
                ImportMode.UPDATE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Expectation.NONE,
                caller,
                Attribution.CALLER);
    }

    /** The same wishes for a document. */
    public ImportRequest with(byte[] bytes) {
        return new ImportRequest(
                workspace, branch, bytes, mode, target, name, rule, parts, expectation, caller, attribution);
    }

    public ImportRequest on(BranchName known) {
        return new ImportRequest(
                workspace,
                Optional.of(known),
                document,
                mode,
                target,
                name,
                rule,
                parts,
                expectation,
                caller,
                attribution);
    }

    public ImportRequest as(ImportMode wanted) {
        return new ImportRequest(
                workspace, branch, document, wanted, target, name, rule, parts, expectation, caller, attribution);
    }

    public ImportRequest into(TreePath definition) {
        return new ImportRequest(
                workspace,
                branch,
                document,
                mode,
                Optional.of(definition),
                name,
                rule,
                parts,
                expectation,
                caller,
                attribution);
    }

    public ImportRequest named(DefinitionName given) {
        return new ImportRequest(
                workspace,
                branch,
                document,
                mode,
                target,
                Optional.of(given),
                rule,
                parts,
                expectation,
                caller,
                attribution);
    }

    public ImportRequest by(RuleName platforms) {
        return new ImportRequest(
                workspace,
                branch,
                document,
                mode,
                target,
                name,
                Optional.of(platforms),
                parts,
                expectation,
                caller,
                attribution);
    }

    public ImportRequest only(List<String> wanted) {
        return new ImportRequest(
                workspace, branch, document, mode, target, name, rule, wanted, expectation, caller, attribution);
    }

    public ImportRequest expecting(Expectation wanted) {
        return new ImportRequest(
                workspace, branch, document, mode, target, name, rule, parts, wanted, caller, attribution);
    }
}
