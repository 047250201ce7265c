package dev.offshoot.testing;

import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.TreeSet;

/** Compares trees of files. */
public final class Trees {
    private Trees() {}

    /** Paths that only one of the trees has, or both with other content, sorted. */
    public static List<String> differing(FileTree a, FileTree b) {
        TreeSet<TreePath> all = new TreeSet<>(a.files().keySet());
        all.addAll(b.files().keySet());
        return all.stream()
                .filter(p -> !a.find(p).equals(b.find(p)))
                .map(TreePath::value)
                .toList();
    }
}
