package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Problem;
import dev.offshoot.model.TreePath;
import java.util.List;

/**
 * A document as files.
 *
 * @param files every file, with full paths from the repository's root
 * @param ledger what belongs to the instance and makes no diff
 * @param document address under which {@link LayoutEngine#assemble} finds the document again
 * @param definitions every definition in it, the main ones first
 * @param findings warnings, in document order
 * @param secrets those of {@code withheld} that the vault could keep, with the places in files that they would have had
 * @param expected the document without what was withheld: what an assemble must give back
 * @param withheld places of secrets and people's data that are in neither files nor ledger, as JSON pointers
 */
public record Exploded(
        FileTree files,
        Ledger ledger,
        TreePath document,
        List<Definition> definitions,
        List<Problem> findings,
        List<String> withheld,
        JsonValue expected,
        List<SecretAt> secrets) {

    /** Without secrets that could be kept elsewhere. */
    public Exploded(
            FileTree files,
            Ledger ledger,
            TreePath document,
            List<Definition> definitions,
            List<Problem> findings,
            List<String> withheld,
            JsonValue expected) {
        this(files, ledger, document, definitions, findings, withheld, expected, List.of());
    }

    /** The same without what takes memory: neither files nor ledger nor the document. */
    public Exploded outline() {
        return new Exploded(
                FileTree.EMPTY, Ledger.EMPTY, document, definitions, findings, withheld, JsonObject.EMPTY, secrets);
    }
}
