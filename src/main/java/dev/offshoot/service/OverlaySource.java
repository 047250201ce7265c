package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A state as it will be after an edit. Files that the edit does not touch are read, and their values shared, as
 * before; touched ones are read from what would be stored, and kept for those who read them once they are.
 */
final class OverlaySource implements TreeSource {
    private final SnapshotSource base;
    private final FileTree written;
    private final Set<TreePath> deleted = new HashSet<>();
    private final BoundedCache<ObjectName, JsonValue> parsed;

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
        TreeSet<TreePath> paths = new TreeSet<>(base.list(folder));
        paths.removeAll(deleted);
        paths.addAll(written.within(folder).files().keySet());
        return paths;
    }

    @Override
    public Content read(TreePath path) {
        return written.find(path).orElseGet(() -> base.read(path));
    }

    @Override
    public JsonValue yaml(TreePath path) {
        Optional<Content> content = written.find(path);
        if (content.isEmpty()) {
            return base.yaml(path);
        }
        ObjectName name = Digests.blobName(content.get());
        return parsed.find(name).orElseGet(() -> {
            JsonValue value = YamlReader.read(content.get().bytes(), path.value());
            parsed.put(name, value, (long) content.get().size() * Caches.VALUE_FACTOR);
            return value;
        });
    }
}
