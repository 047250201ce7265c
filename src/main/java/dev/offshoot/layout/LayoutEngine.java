package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.UUID;

/** Interprets layouts: documents to files and back. Knows no platform. Pure: no I/O, no clock, no randomness. */
public final class LayoutEngine {
    private final Layouts layouts;

    public LayoutEngine(Layouts layouts) {
        this.layouts = layouts;
    }

    public Layouts layouts() {
        return layouts;
    }

    /** The definitions in a document, the main ones first; what an identity rule needs before {@link #explode}. */
    public List<DefinitionHeader> headers(JsonValue document) {
        throw new UnsupportedOperationException("being written");
    }

    /**
     * Takes a document apart. Total: whatever fits no rule stays in its parent's file with a warning.
     *
     * @throws dev.offshoot.model.Failure {@code UNKNOWN_PLATFORM} when no layout recognises it
     */
    public Exploded explode(JsonValue document, KnownDefinitions known) {
        throw new UnsupportedOperationException("being written");
    }

    /**
     * Puts a document together.
     *
     * @param definition address of the document: what {@link Exploded#document} said
     * @param namespace ids of entities that the ledger does not know are made from it and their path
     * @throws dev.offshoot.model.Failure with file and line: bad YAML, a reference to nothing
     */
    public Assembled assemble(
            TreeSource files, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        throw new UnsupportedOperationException("being written");
    }

    /** Addresses of all documents that a tree holds, shared definitions that are carried by others left out. */
    public List<TreePath> documents(TreeSource files) {
        throw new UnsupportedOperationException("being written");
    }
}
