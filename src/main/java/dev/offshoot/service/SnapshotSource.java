package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A commit as the layout engine reads it. For one thread, one operation. */
final class SnapshotSource implements TreeSource {
    private final Snapshot.Files files;
    private final BoundedCache<ObjectName, JsonValue> parsed;
    private final Map<TreePath, SortedMap<TreePath, ObjectName>> listed = new HashMap<>();
    private final Map<TreePath, ObjectName> names = new HashMap<>();
    private final Map<TreePath, JsonValue> values = new ConcurrentHashMap<>();
    private final Map<TreePath, Content> contents = new HashMap<>();

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
        Content loaded = contents.get(path);
        return loaded != null
                ? loaded
                : files.read(path).orElseThrow(() -> new NoSuchElementException("no file at " + path));
    }

    /** Reads a whole folder at once when most of what is wanted of it is not known yet. */
    @Override
    public void prepare(TreePath folder, Collection<TreePath> paths) {
        List<TreePath> unknown = new ArrayList<>();
        for (TreePath path : paths) {
            Optional<JsonValue> known = YamlFiles.isYaml(path) ? parsed.find(nameOf(path)) : Optional.empty();
            known.ifPresentOrElse(value -> values.put(path, value), () -> unknown.add(path));
        }
        if (unknown.size() < names(folder).size() / 2) {
            return;
        }
        FileTree all = files.load(List.of(folder));
        List<Map.Entry<TreePath, Content>> yaml = new ArrayList<>();
        for (TreePath path : unknown) {
            Content content = all.find(path).orElseThrow();
            if (YamlFiles.isYaml(path)) {
                yaml.add(Map.entry(path, content));
            } else {
                contents.put(path, content);
            }
        }
        YamlFiles.parseAll(
                yaml, (path, value) -> keep(path, all.find(path).orElseThrow().size(), value));
    }

    @Override
    public JsonValue yaml(TreePath path) {
        JsonValue value = values.get(path);
        if (value != null) {
            return value;
        }
        return parsed.find(nameOf(path)).orElseGet(() -> {
            Content content = read(path);
            return keep(path, content.size(), YamlFiles.parse(path, content));
        });
    }

    private ObjectName nameOf(TreePath path) {
        ObjectName name = names.get(path);
        return name != null ? name : files.objectAt(path).orElseThrow();
    }

    private JsonValue keep(TreePath path, int size, JsonValue value) {
        values.put(path, value);
        parsed.put(nameOf(path), value, (long) size * Caches.VALUE_FACTOR);
        return value;
    }
}
