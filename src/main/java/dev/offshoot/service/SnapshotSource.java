package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A commit as the layout engine reads it. For one thread, one operation. */
final class SnapshotSource implements TreeSource {
    private final Snapshot.Files files;
    private final BoundedCache<ObjectName, JsonValue> parsed;
    private final Map<TreePath, NavigableMap<TreePath, ObjectName>> listed = new HashMap<>();
    private final Map<TreePath, ObjectName> names = new HashMap<>();
    private final Map<TreePath, JsonValue> values = new ConcurrentHashMap<>();
    private final Map<TreePath, Content> contents = new ConcurrentHashMap<>();

    SnapshotSource(Snapshot.Files files, BoundedCache<ObjectName, JsonValue> parsed) {
        this.files = files;
        this.parsed = parsed;
    }

    /** Blob names of the files at or below a folder. Not to be changed. */
    NavigableMap<TreePath, ObjectName> names(TreePath folder) {
        NavigableMap<TreePath, ObjectName> known = listed.get(folder);
        if (known == null) {
            known = around(folder).map(all -> within(all, folder)).orElseGet(() -> {
                NavigableMap<TreePath, ObjectName> found = new TreeMap<>(files.list(folder));
                names.putAll(found);
                return found;
            });
            listed.put(folder, known);
        }
        return known;
    }

    /** The files of a folder around this one that was listed before. */
    private Optional<NavigableMap<TreePath, ObjectName>> around(TreePath folder) {
        for (TreePath at = folder; !at.isRoot(); ) {
            at = at.parent();
            if (listed.containsKey(at)) {
                return Optional.of(listed.get(at));
            }
        }
        return Optional.empty();
    }

    private static NavigableMap<TreePath, ObjectName> within(NavigableMap<TreePath, ObjectName> all, TreePath folder) {
        if (all.containsKey(folder)) {
            return new TreeMap<>(all.subMap(folder, true, folder, true));
        }
        // Names that go on where the folder's ends, as in "folder-2" and "folder.yaml", stand before what is in it.
        for (TreePath path : all.tailMap(folder, true).navigableKeySet()) {
            if (path.isWithin(folder)) {
                // No character comes between the slash and a zero.
                TreePath end = TreePath.of(folder.value() + "0");
                return new TreeMap<>(all.subMap(path, true, end, false));
            }
            if (!path.value().startsWith(folder.value())) {
                break;
            }
        }
        return new TreeMap<>();
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        return Collections.unmodifiableSortedSet(names(folder).navigableKeySet());
    }

    @Override
    public Content read(TreePath path) {
        Content loaded = contents.get(path);
        return loaded != null
                ? loaded
                : files.read(path).orElseThrow(() -> new NoSuchElementException("no file at " + path));
    }

    @Override
    public void prepare(Collection<TreePath> paths, Predicate<TreePath> yaml) {
        List<Map.Entry<TreePath, ObjectName>> unknown = new ArrayList<>(paths.size());
        for (TreePath path : paths) {
            if (values.containsKey(path) || contents.containsKey(path)) {
                continue;
            }
            ObjectName name = nameOf(path);
            Optional<JsonValue> known = yaml.test(path) ? parsed.find(name) : Optional.empty();
            known.ifPresentOrElse(value -> values.put(path, value), () -> unknown.add(Map.entry(path, name)));
        }
        files.each(unknown, part -> {
            List<Map.Entry<TreePath, Content>> documents = new ArrayList<>(part.size());
            for (Map.Entry<TreePath, Content> file : part) {
                if (yaml.test(file.getKey())) {
                    documents.add(file);
                } else {
                    contents.put(file.getKey(), file.getValue());
                }
            }
            YamlFiles.parse(
                    documents,
                    (file, value) -> keep(file.getKey(), file.getValue().size(), value));
        });
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
