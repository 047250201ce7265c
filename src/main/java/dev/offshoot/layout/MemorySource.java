package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.SortedSet;
import java.util.TreeSet;

/** A tree in memory as a source. */
public final class MemorySource implements TreeSource {
    private final FileTree tree;

    public MemorySource(FileTree tree) {
        this.tree = tree;
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        return new TreeSet<>(tree.within(folder).files().keySet());
    }

    @Override
    public Content read(TreePath path) {
        return tree.find(path).orElseThrow(() -> Failure.of(Reason.NOT_FOUND, path.value(), "no such file"));
    }

    @Override
    public JsonValue yaml(TreePath path) {
        return YamlReader.read(read(path).bytes(), path.value());
    }
}
