package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;

/** What an import does with a definition that is already there. */
public enum ImportMode {
    /** The definition that the document means becomes what the document says; a new one when there is none. */
    UPDATE,
    /** Always a new definition, whatever is there. */
    CREATE,
    /** As update, but nothing is deleted: what the document does not have stays. */
    MERGE,
    /** A new version of a definition that is there; what is there already stays. */
    VERSION;

    /** Reads the public name. */
    public static ImportMode parse(String text) {
        return switch (text) {
            case "update" -> UPDATE;
            case "create" -> CREATE;
            case "merge" -> MERGE;
            case "version" -> VERSION;
            default ->
                throw Failure.of(
                        Reason.INVALID_PARAMETER, "mode", "not an import mode", "use update, create, merge or version");
        };
    }
}
