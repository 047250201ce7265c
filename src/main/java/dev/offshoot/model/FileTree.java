package dev.offshoot.model;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Files by path: the form in which definitions travel between {@code layout} (which knows no Git) and {@code store} (which
 * knows no JSON). Immutable and sorted by path.
 */
public final class FileTree {
    public static final FileTree EMPTY = new FileTree(new TreeMap<>());

    private final NavigableMap<TreePath, Content> files;

    private FileTree(NavigableMap<TreePath, Content> files) {
        this.files = files;
    }

    public static FileTree of(Map<TreePath, Content> files) {
        return new FileTree(new TreeMap<>(files));
    }

    public Optional<Content> find(TreePath path) {
        return Optional.ofNullable(files.get(path));
    }

    public boolean contains(TreePath path) {
        return files.containsKey(path);
    }

    public int size() {
        return files.size();
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    public SortedMap<TreePath, Content> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    public SortedSet<TreePath> paths() {
        return Collections.unmodifiableSortedSet(files.navigableKeySet());
    }

    public void forEach(BiConsumer<TreePath, Content> action) {
        files.forEach(action);
    }

    /** The files at or below a folder, with their full paths. */
    public FileTree within(TreePath folder) {
        if (folder.isRoot()) {
            return this;
        }
        // Everything below "a/b" stands together, yet not next to "a/b": "a/b-c" and "a/b.yaml" come in between.
        TreePath first = null;
        TreePath last = null;
        for (TreePath path : files.navigableKeySet().tailSet(folder, false)) {
            if (path.isWithin(folder)) {
                first = first == null ? path : first;
                last = path;
            } else if (first != null || !path.value().startsWith(folder.value())) {
                break;
            }
        }
        NavigableMap<TreePath, Content> found =
                first == null ? new TreeMap<>() : new TreeMap<>(files.subMap(first, true, last, true));
        if (files.containsKey(folder)) {
            found.put(folder, files.get(folder));
        }
        return new FileTree(found);
    }

    /** The same files below a folder. */
    public FileTree movedTo(TreePath folder) {
        TreeMap<TreePath, Content> moved = new TreeMap<>();
        files.forEach((path, content) -> moved.put(folder.child(path.value()), content));
        return new FileTree(moved);
    }

    /** This tree with the other's files put over it. */
    public FileTree with(FileTree other) {
        TreeMap<TreePath, Content> all = new TreeMap<>(files);
        all.putAll(other.files);
        return new FileTree(all);
    }

    /** This tree without anything at or below a folder. */
    public FileTree without(TreePath folder) {
        TreeMap<TreePath, Content> rest = new TreeMap<>(files);
        rest.keySet().removeIf(p -> p.isWithin(folder));
        return new FileTree(rest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileTree t && files.equals(t.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    @Override
    public String toString() {
        return files.keySet().toString();
    }
}
