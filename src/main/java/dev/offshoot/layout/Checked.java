package dev.offshoot.layout;

import dev.offshoot.model.Problem;
import java.util.List;

/**
 * What looking through a document found.
 *
 * @param problems why it cannot be put together, with file and line; empty when it can
 * @param findings that stop nothing
 * @param made what the ledger has to say of records that it does not know yet, so that they keep their ids when their file is renamed
 */
public record Checked(List<Problem> problems, List<Problem> findings, Ledger made) {
    public Checked {
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
    }
}
