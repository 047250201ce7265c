package dev.offshoot.merge;

import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One of the three trees of a merge.
 *
 * @param files blob names by path
 * @param content loads a file that is among them; asked only for files that both sides changed, or that one side takes from the other
 */
public record Side(SortedMap<TreePath, ObjectName> files, Function<TreePath, Content> content) {
    public Side {
        files = Collections.unmodifiableSortedMap(files);
    }

    /** A tree in memory. */
    public static Side of(FileTree tree) {
        SortedMap<TreePath, ObjectName> names = new TreeMap<>();
        tree.forEach((path, file) -> names.put(path, file.blobName()));
        return new Side(names, path -> tree.find(path).orElseThrow());
    }

    Optional<ObjectName> name(TreePath path) {
        return Optional.ofNullable(files.get(path));
    }

    boolean has(TreePath path) {
        return files.containsKey(path);
    }

    Optional<Content> load(TreePath path) {
        return has(path) ? Optional.of(content.apply(path)) : Optional.empty();
    }
}
