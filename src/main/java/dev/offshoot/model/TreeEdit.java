package dev.offshoot.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change of a tree: paths to write and paths to delete (empty value). Deleting a folder deletes everything below it.
 * Deletions are applied first, so "delete folder a, write a/x" replaces the folder.
 */
public record TreeEdit(SortedMap<TreePath, Optional<Content>> changes) {
    public static final TreeEdit NONE = new TreeEdit(new TreeMap<>());

    public TreeEdit {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The edit that makes every file of {@code after} as it is there and removes what only {@code before} has. */
    public static TreeEdit between(FileTree before, FileTree after) {
        TreeMap<TreePath, Optional<Content>> changes = new TreeMap<>();
        before.files().forEach((path, content) -> {
            if (!after.contains(path)) {
                changes.put(path, Optional.empty());
            }
        });
        for (Map.Entry<TreePath, Content> e : after.files().entrySet()) {
            if (!before.find(e.getKey()).equals(Optional.of(e.getValue()))) {
                changes.put(e.getKey(), Optional.of(e.getValue()));
            }
        }
        return new TreeEdit(changes);
    }
}
