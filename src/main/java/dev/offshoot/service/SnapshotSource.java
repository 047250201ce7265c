package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlReader;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** A commit as the layout engine reads it. For one thread, one operation. */
final class SnapshotSource implements TreeSource {
    private final Snapshot.Files files;
    private final BoundedCache<ObjectName, JsonValue> parsed;
    private final Map<TreePath, SortedMap<TreePath, ObjectName>> listed = new HashMap<>();
    private final Map<TreePath, ObjectName> names = new HashMap<>();

    SnapshotSource(Snapshot.Files files, BoundedCache<ObjectName, JsonValue> parsed) {
        this.files = files;
        this.parsed = parsed;
    }

    /** Blob names of the files at or below a folder. */
    SortedMap<TreePath, ObjectName> names(TreePath folder) {
        return listed.computeIfAbsent(folder, f -> {
            SortedMap<TreePath, ObjectName> found = files.list(f);
            names.putAll(found);
            return found;
        });
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        return new TreeSet<>(names(folder).keySet());
    }

    @Override
    public Content read(TreePath path) {
        return files.read(path).orElseThrow(() -> new NoSuchElementException("no file at " + path));
    }

    @Override
    public JsonValue yaml(TreePath path) {
        ObjectName name =
                names.containsKey(path) ? names.get(path) : files.objectAt(path).orElseThrow();
        Optional<JsonValue> known = parsed.find(name);
        if (known.isPresent()) {
            return known.get();
        }
        Content content = read(path);
        JsonValue value = YamlReader.read(content.bytes(), path.value());
        parsed.put(name, value, (long) content.size() * Caches.VALUE_FACTOR);
        return value;
    }
}
