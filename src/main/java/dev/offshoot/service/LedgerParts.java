package dev.offshoot.service;

import dev.offshoot.layout.Ledger;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger of one state, put together from parts that were read before: a folder as a whole while nothing in it has changed, else the
 * files in it, of which a change touches few. For one thread, one operation.
 */
final class LedgerParts {
    /** Heap that an entry of a folder takes beside the one in its file, which it shares. */
    private static final int SHARED_ENTRY = 48;

    private final Snapshot.Files files;
    private final BoundedCache<Caches.Place, Ledger> cache;

    LedgerParts(Snapshot.Files files, BoundedCache<Caches.Place, Ledger> cache) {
        this.files = files;
        this.cache = cache;
    }

    /** What is said at some paths, files or folders; those where nothing stands say nothing. */
    Ledger at(List<TreePath> paths) {
        List<Ledger> parts = new ArrayList<>();
        for (TreePath path : paths) {
            files.objectAt(path).ifPresent(object -> parts.add(part(path, object)));
        }
        return Ledger.sum(parts);
    }

    /** What is said in a folder as if that were the root. */
    Ledger movedFrom(TreePath folder) {
        Optional<ObjectName> object = files.objectAt(folder);
        if (object.isEmpty()) {
            return Ledger.EMPTY;
        }
        Caches.Place key = new Caches.Place(folder, object.get());
        return cache.find(key).orElseGet(() -> {
            Map<TreePath, Content> moved = new TreeMap<>();
            files.load(List.of(folder))
                    .forEach((path, content) -> moved.put(TreePath.of(path.relativeTo(folder)), content));
            return keep(key, FileTree.of(moved));
        });
    }

    private Ledger part(TreePath path, ObjectName object) {
        Caches.Place key = new Caches.Place(path, object);
        return cache.find(key).orElseGet(() -> {
            SortedMap<TreePath, ObjectName> inside = files.list(path);
            if (inside.containsKey(path)) {
                return keep(key, files.load(List.of(path)));
            }
            Ledger whole = Ledger.sum(each(path, inside));
            cache.put(key, whole, (long) whole.size() * SHARED_ENTRY);
            return whole;
        });
    }

    /** Each file of a folder; when most of them are unknown, they are read together. */
    private List<Ledger> each(TreePath folder, SortedMap<TreePath, ObjectName> inside) {
        List<Ledger> parts = new ArrayList<>(inside.size());
        List<Caches.Place> unknown = new ArrayList<>();
        inside.forEach((path, object) -> {
            Caches.Place key = new Caches.Place(path, object);
            cache.find(key).ifPresentOrElse(parts::add, () -> unknown.add(key));
        });
        Optional<FileTree> all =
                unknown.size() > inside.size() / 2 ? Optional.of(files.load(List.of(folder))) : Optional.empty();
        parts.addAll(unknown.parallelStream()
                .map(key -> {
                    Content content = all.flatMap(a -> a.find(key.path()))
                            .or(() -> files.read(key.path()))
                            .orElseThrow();
                    return keep(key, FileTree.of(Map.of(key.path(), content)));
                })
                .toList());
        return parts;
    }

    private Ledger keep(Caches.Place key, FileTree parsed) {
        Ledger ledger = Ledger.fromFiles(parsed);
        long size = parsed.files().values().stream().mapToLong(Content::size).sum();
        cache.put(key, ledger, size * Caches.VALUE_FACTOR);
        return ledger;
    }
}
