package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A state as it will be after an edit. Files that the edit does not touch are read, and their values shared, as
 * before; touched ones are read from what would be stored, and kept for those who read them once they are.
 */
final class OverlaySource implements TreeSource {
    private final SnapshotSource base;
    private final FileTree written;
    private final Set<TreePath> deleted = new HashSet<>();
    private final BoundedCache<ObjectName, JsonValue> parsed;
    private final Map<TreePath, JsonValue> values = new ConcurrentHashMap<>();

    OverlaySource(SnapshotSource base, TreeEdit edit, BoundedCache<ObjectName, JsonValue> parsed) {
        this.base = base;
        this.parsed = parsed;
        Map<TreePath, Content> contents = new TreeMap<>();
        edit.changes().forEach((path, content) -> {
            content.ifPresentOrElse(c -> contents.put(path, c), () -> deleted.add(path));
        });
        this.written = FileTree.of(contents);
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        SortedSet<TreePath> own = written.within(folder).paths();
        SortedSet<TreePath> before = base.list(folder);
        if (before.isEmpty()) {
            return own;
        }
        TreeSet<TreePath> paths = new TreeSet<>(before);
        paths.removeIf(deleted::contains);
        paths.addAll(own);
        return paths;
    }

    @Override
    public Content read(TreePath path) {
        return written.find(path).orElseGet(() -> base.read(path));
    }

    @Override
    public void prepare(Collection<TreePath> paths, Predicate<TreePath> yaml) {
        List<Map.Entry<TreePath, Content>> unknown = new ArrayList<>();
        List<TreePath> below = new ArrayList<>();
        for (TreePath path : paths) {
            Optional<Content> content = written.find(path);
            if (content.isEmpty()) {
                below.add(path);
            } else if (yaml.test(path) && !values.containsKey(path)) {
                unknown.add(Map.entry(path, content.get()));
            }
        }
        YamlFiles.parseAll(unknown, (file, value) -> keep(file.getValue(), file.getKey(), value));
        base.prepare(below, yaml);
    }

    @Override
    public JsonValue yaml(TreePath path) {
        JsonValue value = values.get(path);
        if (value != null) {
            return value;
        }
        Optional<Content> content = written.find(path);
        return content.isEmpty()
                ? base.yaml(path)
                : parsed.find(content.get().blobName())
                        .orElseGet(() -> keep(content.get(), path, YamlFiles.parse(path, content.get())));
    }

    private JsonValue keep(Content content, TreePath path, JsonValue value) {
        values.put(path, value);
        parsed.put(content.blobName(), value, (long) content.size() * Caches.VALUE_FACTOR);
        return value;
    }
}
