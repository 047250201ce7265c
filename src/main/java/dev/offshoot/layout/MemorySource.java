package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A tree in memory as a source. */
public final class MemorySource implements TreeSource {
    private final FileTree tree;
    private final Map<TreePath, JsonValue> parsed = new ConcurrentHashMap<>();

    public MemorySource(FileTree tree) {
        this.tree = tree;
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        return tree.within(folder).paths();
    }

    @Override
    public Content read(TreePath path) {
        return tree.find(path).orElseThrow(() -> Failure.of(Reason.NOT_FOUND, path.value(), "no such file"));
    }

    @Override
    public void prepare(Collection<TreePath> paths, Predicate<TreePath> yaml) {
        List<Map.Entry<TreePath, Content>> wanted = new ArrayList<>();
        for (TreePath path : paths) {
            if (yaml.test(path) && !parsed.containsKey(path)) {
                tree.find(path).ifPresent(content -> wanted.add(Map.entry(path, content)));
            }
        }
        YamlFiles.parseAll(wanted, (file, value) -> parsed.put(file.getKey(), value));
    }

    @Override
    public JsonValue yaml(TreePath path) {
        JsonValue known = parsed.get(path);
        return known == null ? YamlFiles.parse(path, read(path)) : known;
    }
}
