package dev.offshoot.service;

import dev.offshoot.diff.State;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Places;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A commit with what an import would change in it, as comparisons read it. For one thread, one operation. */
final class SnapshotState implements State {
    private final Overlaid files;
    private final Overlaid ledger;
    private final Places places;
    private final Map<TreePath, Ledger> ledgers = new HashMap<>();

    /** @param places for kinds of entities alone, whatever is there */
    SnapshotState(Snapshot snapshot, Places places) {
        this(snapshot, TreeEdit.NONE, TreeEdit.NONE, places);
    }

    SnapshotState(Snapshot snapshot, TreeEdit files, TreeEdit ledger, Places places) {
        this.files = new Overlaid(snapshot.files(), files);
        this.ledger = new Overlaid(snapshot.ledger(), ledger);
        this.places = places;
    }

    @Override
    public boolean has(TreePath file) {
        return files.names(file.parent()).containsKey(file);
    }

    @Override
    public Content read(TreePath file) {
        return files.read(file);
    }

    @Override
    public SortedMap<TreePath, ObjectName> list(TreePath folder) {
        return files.list(folder);
    }

    /** From the ledger of the folder that the entity is in, or that it is. */
    @Override
    public Optional<String> id(Entity entity) {
        return places.id(entity, ledgerIn(entity.address()))
                .or(() -> places.id(entity, ledgerIn(entity.address().parent())));
    }

    private Ledger ledgerIn(TreePath folder) {
        return ledgers.computeIfAbsent(folder, f -> {
            Map<TreePath, Content> found = new TreeMap<>();
            ledger.names(f).keySet().forEach(path -> found.put(path, ledger.read(path)));
            return found.isEmpty() ? Ledger.EMPTY : Ledger.fromFiles(FileTree.of(found));
        });
    }

    /** Paths that an edit leaves otherwise than they are. */
    static SortedSet<TreePath> changed(Snapshot snapshot, TreeEdit edit) {
        SortedSet<TreePath> changed = new TreeSet<>();
        edit.changes().forEach((path, content) -> {
            if (content.isEmpty()) {
                changed.addAll(snapshot.files().list(path).keySet());
            } else if (!snapshot.files().objectAt(path).equals(content.map(Content::blobName))) {
                changed.add(path);
            }
        });
        return changed;
    }

    /** A tree with an edit over it. */
    private static final class Overlaid {
        private final Snapshot.Files base;
        private final TreeEdit edit;
        private final Map<TreePath, SortedMap<TreePath, Boolean>> folders = new HashMap<>();

        Overlaid(Snapshot.Files base, TreeEdit edit) {
            this.base = base;
            this.edit = edit;
        }

        /** Files directly in a folder. */
        SortedMap<TreePath, Boolean> names(TreePath folder) {
            return folders.computeIfAbsent(folder, f -> {
                SortedMap<TreePath, Boolean> found = new TreeMap<>();
                base.entries(f).forEach((name, isFolder) -> {
                    TreePath path = f.child(name);
                    if (!isFolder && !isDeleted(path)) {
                        found.put(path, true);
                    }
                });
                in(f).forEach((path, content) -> {
                    if (content.isPresent() && path.isDirectlyIn(f)) {
                        found.put(path, true);
                    }
                });
                return found;
            });
        }

        Content read(TreePath file) {
            Optional<Content> written =
                    Optional.ofNullable(edit.changes().get(file)).flatMap(c -> c);
            return written.or(() -> base.read(file)).orElseThrow();
        }

        SortedMap<TreePath, ObjectName> list(TreePath folder) {
            SortedMap<TreePath, ObjectName> found = new TreeMap<>(base.list(folder));
            if (!edit.isEmpty()) {
                found.keySet().removeIf(this::isDeleted);
                edit.changes()
                        .forEach((path, content) -> content.filter(c -> path.isWithin(folder))
                                .ifPresent(c -> found.put(path, c.blobName())));
            }
            return found;
        }

        private boolean isDeleted(TreePath path) {
            for (TreePath at = path; !edit.isEmpty() && !at.isRoot(); at = at.parent()) {
                Optional<Content> change = edit.changes().get(at);
                if (change != null && change.isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        /** Changes in a folder: no character comes between the slash and a zero. */
        private SortedMap<TreePath, Optional<Content>> in(TreePath folder) {
            return folder.isRoot() ? edit.changes() : edit.changes().subMap(folder, TreePath.of(folder.value() + "0"));
        }
    }
}
