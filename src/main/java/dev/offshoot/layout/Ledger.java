package dev.offshoot.layout;

import dev.offshoot.model.FileTree;

/** Instance-local facts about entities: ids, timestamps, list orders. Shaped like the tree of definitions. */
public final class Ledger {
    public static final Ledger EMPTY = new Ledger();

    private Ledger() {}

    /** As files, a few small ones per folder of the tree, to be kept beside a branch. */
    public FileTree toFiles() {
        throw new UnsupportedOperationException("being written");
    }

    public static Ledger fromFiles(FileTree files) {
        throw new UnsupportedOperationException("being written");
    }
}
