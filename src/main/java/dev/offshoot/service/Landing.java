package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.Ledger;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the files of an exploded document go in a workspace: the folders that the document owns become what it says, files that it
 * shares with others are added or overwritten and never deleted, linked definitions are left as they are.
 *
 * @param owned folders whose whole content the document decides
 * @param files edits of the definitions
 * @param ledger edits of the ledger; what it knows of removed entities stays
 * @param places every folder and file that the document says something about
 * @param actions what happens to each file
 * @param stored the ledger of the touched places as it will be
 */
record Landing(
        List<TreePath> owned,
        TreeEdit files,
        TreeEdit ledger,
        Map<TreePath, Optional<ObjectName>> expectedFiles,
        Map<TreePath, Optional<ObjectName>> expectedLedger,
        Set<TreePath> places,
        Set<TreePath> ledgerPlaces,
        SortedMap<TreePath, Changes.Action> actions,
        Ledger stored) {

    static Landing of(Exploded exploded, Ledger facts, Set<TreePath> linked, WorkspaceView view) {
        Snapshot snapshot = view.snapshot();
        FileTree files = exploded.files();
        for (TreePath address : linked) {
            files = files.without(address);
        }
        List<TreePath> owned = new ArrayList<>();
        for (Definition d : exploded.definitions()) {
            if (!linked.contains(d.address()) && isFolder(exploded, d.address())) {
                owned.add(d.address());
            }
        }
        Edits edits = new Edits(snapshot.files());
        edits.replace(owned, files);

        Ledger stored = facts.without(linked)
                .over(view.ledgerAround(exploded.definitions().stream()
                        .map(Definition::address)
                        .filter(a -> !linked.contains(a))
                        .toList()));
        Edits ledgerEdits = new Edits(snapshot.ledger());
        ledgerEdits.replace(owned, stored.toFiles());
        return new Landing(
                List.copyOf(owned),
                edits.edit(),
                ledgerEdits.edit(),
                edits.expected,
                ledgerEdits.expected,
                edits.places,
                ledgerEdits.places,
                edits.actions,
                stored);
    }

    /** True for a definition with files below it, as apps and modules have; false for one that is a single shared file. */
    static boolean isFolder(Exploded exploded, TreePath address) {
        return exploded.files().within(address).files().keySet().stream().anyMatch(p -> !p.equals(address));
    }

    /** Collects what differs between what stands there and what shall, comparing names of blobs, so that nothing old is read. */
    private static final class Edits {
        private final Snapshot.Files before;
        final TreeMap<TreePath, Optional<Content>> changes = new TreeMap<>();
        final Map<TreePath, Optional<ObjectName>> expected = new TreeMap<>();
        final Set<TreePath> places = new TreeSet<>();
        final TreeMap<TreePath, Changes.Action> actions = new TreeMap<>();

        Edits(Snapshot.Files before) {
            this.before = before;
        }

        void replace(List<TreePath> owned, FileTree after) {
            Map<TreePath, ObjectName> present = new TreeMap<>();
            for (TreePath folder : owned) {
                present.putAll(before.list(folder));
                expected.put(folder, before.objectAt(folder));
                places.add(folder);
            }
            after.forEach((path, content) -> {
                boolean isOwned = owned.stream().anyMatch(path::isWithin);
                if (!isOwned) {
                    places.add(path);
                }
                Optional<ObjectName> old = isOwned ? Optional.ofNullable(present.remove(path)) : before.objectAt(path);
                if (!old.equals(Optional.of(Digests.blobName(content)))) {
                    changes.put(path, Optional.of(content));
                    actions.put(path, old.isPresent() ? Changes.Action.CHANGED : Changes.Action.CREATED);
                    if (!isOwned) {
                        expected.put(path, old);
                    }
                }
            });
            for (TreePath gone : present.keySet()) {
                changes.put(gone, Optional.empty());
                actions.put(gone, Changes.Action.DELETED);
            }
        }

        TreeEdit edit() {
            return new TreeEdit(changes);
        }
    }
}
