package dev.offshoot.service;

import dev.offshoot.diff.Moves;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.merge.Merged;
import dev.offshoot.merge.Renames;
import dev.offshoot.merge.Side;
import dev.offshoot.merge.ThreeWay;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings what happened between two states into a third one, files and ledger. Looks only at what differs between the three. */
final class StateMerge {
    /** Up to here paths are looked up one by one. */
    private static final int FEW = 200;

    private final Layouts layouts;
    private final ThreeWay threeWay;
    private final LedgerMerge ledgers;

    StateMerge(Layouts layouts) {
        this.layouts = layouts;
        this.threeWay = new ThreeWay(layouts);
        this.ledgers = new LedgerMerge(layouts);
    }

    /**
     * What came of it.
     *
     * @param ledger what makes our ledger the merged one
     */
    record Result(Merged files, TreeEdit ledger) {
        Snapshot over(Snapshot ours) {
            return new EditedSnapshot(ours, files.edits(), ledger);
        }
    }

    Result merge(Snapshot base, Snapshot ours, Snapshot theirs) {
        SortedMap<TreePath, Optional<ObjectName>> here = ours.files().changedSince(base.files());
        SortedMap<TreePath, Optional<ObjectName>> there = theirs.files().changedSince(base.files());
        Set<TreePath> paths = new TreeSet<>(here.keySet());
        paths.addAll(there.keySet());
        Map<TreePath, Optional<ObjectName>> before = names(base.files(), paths);
        Renames renames = Renames.of(moves(base, ours, here.keySet()), moves(base, theirs, there.keySet()));
        Merged files = threeWay.merge(
                side(base, paths, before, Map.of()),
                side(ours, paths, before, here),
                side(theirs, paths, before, there),
                renames);
        return new Result(files, ledgers.merge(base.ledger(), ours.ledger(), theirs.ledger(), renames));
    }

    /** What has another name than before, by the ids that the ledgers know. */
    private Map<TreePath, TreePath> moves(Snapshot before, Snapshot after, Set<TreePath> changed) {
        Places places = new Places(layouts, path -> true);
        SortedSet<TreePath> ofPlatforms = new TreeSet<>(changed);
        ofPlatforms.removeIf(
                path -> !layouts.platforms().contains(path.segments().get(0)));
        return Moves.between(layouts, new SnapshotState(before, places), new SnapshotState(after, places), ofPlatforms);
    }

    private static Map<TreePath, Optional<ObjectName>> names(Snapshot.Files files, Set<TreePath> paths) {
        Map<TreePath, Optional<ObjectName>> names = new HashMap<>();
        if (paths.size() <= FEW) {
            paths.forEach(path -> names.put(path, files.objectAt(path)));
        } else {
            SortedMap<TreePath, ObjectName> all = files.list(TreePath.ROOT);
            paths.forEach(path -> names.put(path, Optional.ofNullable(all.get(path))));
        }
        return names;
    }

    private static Side side(
            Snapshot state,
            Set<TreePath> paths,
            Map<TreePath, Optional<ObjectName>> before,
            Map<TreePath, Optional<ObjectName>> changes) {
        SortedMap<TreePath, ObjectName> files = new TreeMap<>();
        for (TreePath path : paths) {
            Optional<ObjectName> changed = changes.get(path);
            (changed == null ? before.get(path) : changed).ifPresent(name -> files.put(path, name));
        }
        return new Side(files, path -> state.files().read(path).orElseThrow());
    }
}
