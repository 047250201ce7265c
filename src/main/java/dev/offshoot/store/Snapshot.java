package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A state that never changes: one commit and the ledger that belongs to it (the newest ledger commit at or before it).
 * Reading needs no lock and waits for nobody. Blobs may be cached by id.
 */
public interface Snapshot {
    ObjectName commit();

    /** The ledger's commit, or empty when nothing was ever recorded at or before this commit. */
    Optional<ObjectName> ledgerCommit();

    /** The receipt of the operation that made this state's ledger commit. */
    Optional<String> receipt();

    Files files();

    /** Empty when nothing was ever recorded. */
    Files ledger();

    /**
     * One of the two trees. What somebody pushed there by other ways and Offshoot would never write (links, submodules, names that are
     * not portable) makes listing and loading fail with {@code INVALID_REPOSITORY}, naming the path.
     */
    interface Files {
        /** Name of the object at a path (a blob or a tree), or empty. The root's name is that of the whole tree. */
        Optional<ObjectName> objectAt(TreePath path);

        /** The same of many paths at once. */
        default Map<TreePath, Optional<ObjectName>> objectsAt(Collection<TreePath> paths) {
            Map<TreePath, Optional<ObjectName>> found = new HashMap<>();
            paths.forEach(path -> found.put(path, objectAt(path)));
            return found;
        }

        /** Blob names of all files at or below a path. */
        SortedMap<TreePath, ObjectName> list(TreePath folder);

        /**
         * Blob names of the files that another tree has not, or has otherwise; empty for those that only the other has.
         */
        default SortedMap<TreePath, Optional<ObjectName>> changedSince(Files before) {
            SortedMap<TreePath, ObjectName> old = before.list(TreePath.ROOT);
            SortedMap<TreePath, ObjectName> now = list(TreePath.ROOT);
            SortedMap<TreePath, Optional<ObjectName>> changes = new TreeMap<>();
            old.keySet().stream().filter(path -> !now.containsKey(path)).forEach(p -> changes.put(p, Optional.empty()));
            now.forEach((path, name) -> {
                if (!name.equals(old.get(path))) {
                    changes.put(path, Optional.of(name));
                }
            });
            return changes;
        }

        /** Names of the direct entries of a folder that are folders themselves (true) or files (false). */
        SortedMap<String, Boolean> entries(TreePath folder);

        Optional<Content> read(TreePath path);

        /**
         * Reads many files at once, on all cores.
         *
         * @param files as {@link #list} names them; neighbours there are read together
         * @param part is told their contents, some neighbours at a time, by several threads
         */
        void each(List<Map.Entry<TreePath, ObjectName>> files, Consumer<List<Map.Entry<TreePath, Content>>> part);

        /** All files at or below the given paths, with full paths. */
        FileTree load(Collection<TreePath> folders);
    }
}
