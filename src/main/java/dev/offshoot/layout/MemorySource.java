package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A tree in memory as a source. */
public final class MemorySource implements TreeSource {
    private final FileTree tree;
    private final Map<TreePath, JsonValue> parsed = new ConcurrentHashMap<>();

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
    public void prepare(Collection<TreePath> paths) {
        List<TreePath> wanted = paths.stream()
                .filter(p -> p.name().endsWith(".yaml") && tree.contains(p))
                .toList();
        if (wanted.size() > 1) {
            // A file that cannot be read is reported when it is asked for.
            Parallel.forEach(wanted, p -> {
                try {
                    parsed.put(p, parse(p));
                } catch (Failure later) {
                    parsed.remove(p);
                }
            });
        }
    }

    @Override
    public JsonValue yaml(TreePath path) {
        JsonValue known = parsed.get(path);
        return known == null ? parse(path) : known;
    }

    private JsonValue parse(TreePath path) {
        return YamlReader.read(read(path).bytes(), path.value());
    }
}
