package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which definitions have a shared record in their document, as the ledger of each tells. Looks through all definitions of the
 * platform, so it is asked only when a shared record is really about to change. For one thread, one operation.
 */
final class Sharers {
    private final WorkspaceView view;
    private final LayoutEngine engine;
    private final Map<TreePath, Set<String>> mentioned = new HashMap<>();

    Sharers(WorkspaceView view, LayoutEngine engine) {
        this.view = view;
        this.engine = engine;
    }

    /** Addresses of the others, in path order. */
    List<TreePath> of(TreePath shared, TreePath but) {
        List<TreePath> found = new ArrayList<>();
        for (TreePath folder : engine.layouts().foldersOfDocuments(shared)) {
            view.snapshot().files().entries(folder).forEach((name, isFolder) -> {
                TreePath other = folder.child(name);
                if (isFolder && !other.equals(but) && !other.equals(shared) && mentions(other, shared)) {
                    found.add(other);
                }
            });
        }
        return found.stream().sorted().toList();
    }

    private boolean mentions(TreePath definition, TreePath shared) {
        return mentioned.computeIfAbsent(definition, view::mentionedBy).contains(shared.value());
    }
}
