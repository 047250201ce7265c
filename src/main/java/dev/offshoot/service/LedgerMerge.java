package dev.offshoot.service;

import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Ledger;
import dev.offshoot.merge.Renames;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings what happened between two ledgers into a third. Never in conflict: what changed here meanwhile is newer and stays, and nothing that
 * is known of removed records is forgotten.
 */
final class LedgerMerge {
    private final Layouts layouts;

    LedgerMerge(Layouts layouts) {
        this.layouts = layouts;
    }

    /** What makes our ledger the merged one. */
    TreeEdit merge(Snapshot.Files base, Snapshot.Files ours, Snapshot.Files theirs, Renames renames) {
        SortedMap<TreePath, Optional<ObjectName>> changed = theirs.changedSince(base);
        TreeMap<TreePath, Optional<Content>> edits = new TreeMap<>();
        Set<TreePath> records = new TreeSet<>();
        changed.keySet().forEach(path -> {
            if (layouts.platforms().contains(path.segments().get(0))) {
                // Of its own folder, and of the one around: a record moves between the two when neighbours come and go.
                records.add(path.parent());
            } else if (ours.objectAt(path).equals(base.objectAt(path))) {
                edits.put(path, theirs.read(path));
            }
        });
        for (Map<TreePath, TreePath> moves : List.of(renames.ofBase(), renames.ofOurs(), renames.ofTheirs())) {
            records.addAll(moves.keySet());
            records.addAll(moves.values());
        }
        if (!records.isEmpty()) {
            edits.putAll(entries(records, base, ours, theirs, renames).changes());
        }
        return new TreeEdit(edits);
    }

    private static TreeEdit entries(
            Set<TreePath> records, Snapshot.Files base, Snapshot.Files ours, Snapshot.Files theirs, Renames renames) {
        Set<TreePath> folders = new HashSet<>();
        for (Snapshot.Files files : new Snapshot.Files[] {base, ours, theirs}) {
            folders.addAll(LedgerFolders.around(files, records));
        }
        Ledger before = Ledger.fromFiles(base.load(folders)).moved(renames.ofBase());
        FileTree files = ours.load(folders);
        Ledger here = Ledger.fromFiles(files).moved(renames.ofOurs());
        Ledger there = Ledger.fromFiles(theirs.load(folders)).moved(renames.ofTheirs());
        Ledger merged = here.bringing(before, there);
        return TreeEdit.between(files, merged.toFiles());
    }
}
