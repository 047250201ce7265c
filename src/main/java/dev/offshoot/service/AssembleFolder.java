package dev.offshoot.service;

import dev.offshoot.layout.Assembled;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts a document together from a folder: one that explode made, a clone, or one written by hand. */
public final class AssembleFolder {
    private final LayoutEngine engine;

    public AssembleFolder(LayoutEngine engine) {
        this.engine = engine;
    }

    /**
     * Assembles.
     *
     * @param definition address of the document; empty when the folder holds only one
     * @throws Failure {@code NOT_FOUND}, {@code INVALID_PARAMETER} naming the documents when there are several, or what is wrong with a
     *     file, with its line
     */
    public Assembled run(Path folder, Optional<TreePath> definition) {
        if (!Files.isDirectory(folder)) {
            throw Failure.of(Reason.NOT_FOUND, folder.toString(), "there is no such folder");
        }
        FolderSource files = new FolderSource(folder);
        TreePath document = definition.orElseGet(() -> theOnlyOne(files, folder));
        return engine.assemble(files, ledger(folder), document, ExplodeToFolder.NAMESPACE, Selection.ALL);
    }

    private TreePath theOnlyOne(FolderSource files, Path folder) {
        List<TreePath> documents = engine.documents(files);
        if (documents.isEmpty()) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    folder.toString(),
                    "no definitions in this folder",
                    "platforms have a folder each: "
                            + String.join(", ", engine.layouts().platforms()));
        }
        if (documents.size() > 1) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "--definition",
                    "the folder holds " + documents.size() + " documents",
                    Workspaces.existing("documents", documents.stream()));
        }
        return documents.get(0);
    }

    private static Ledger ledger(Path folder) {
        Path ledger = folder.resolve(ExplodeToFolder.PRIVATE).resolve(ExplodeToFolder.LEDGER);
        return Files.isDirectory(ledger) ? Ledger.fromFiles(FolderSource.load(ledger)) : Ledger.EMPTY;
    }
}
