package dev.offshoot.service;

import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import java.util.function.UnaryOperator;

/**
 * An import that somebody asks for.
 *
 * @param document what is imported
 * @param wishes where to and how
 * @param by whose change it is
 * @param keepsSecrets whether the secrets in the document go into the vault; otherwise they are withheld
 */
public record ImportRequest(SentDocument document, ImportWishes wishes, Attribution by, boolean keepsSecrets) {

    /** One whose secrets are withheld. */
    public ImportRequest(SentDocument document, ImportWishes wishes, Attribution by) {
        this(document, wishes, by, false);
    }

    /** A document for the default branch, without any other wish. */
    public static ImportRequest of(WorkspaceName workspace, byte[] document, Person caller) {
        return new ImportRequest(new SentDocument(workspace, document), ImportWishes.NONE, Attribution.of(caller));
    }

    /** The same document with other wishes. */
    public ImportRequest wishing(UnaryOperator<ImportWishes> change) {
        return new ImportRequest(document, change.apply(wishes), by, keepsSecrets);
    }
}
