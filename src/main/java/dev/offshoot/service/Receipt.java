package dev.offshoot.service;

import dev.offshoot.model.ObjectName;
import java.util.List;
import java.util.Optional;

/**
 * What an import stored, durable when this is handed out.
 *
 * @param plan what was done
 * @param tree of all definitions, after it
 * @param commit of the branch, after it
 * @param before commit of the branch before it: the one to go back to
 * @param moved false when nothing in the definitions changed, so that no commit was made
 * @param ledgerMoved false when the ids and timestamps were the same too
 * @param stored places of the secrets that went into the vault, as JSON pointers into the document
 * @param tag of the main definition, after it
 */
public record Receipt(
        Plan plan,
        ObjectName tree,
        ObjectName commit,
        ObjectName before,
        boolean moved,
        boolean ledgerMoved,
        List<String> stored,
        Optional<EntityTag> tag) {}
