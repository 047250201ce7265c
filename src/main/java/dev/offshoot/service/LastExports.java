package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Reassembly;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The last export of each definition, from which the next one is made when nothing has changed but what single records hold: then these are
 * put together again and replaced in the text.
 */
final class LastExports {
    /** Text of a record's file, about: decides whether an export is small enough to be kept. */
    private static final int TYPICAL_FILE = 1_500;

    /** Heap that an export takes with what it was made from, as a multiple of its text, which is nearly twice as long as its files. */
    private static final int TEXT_FACTOR = 4;

    private final BoundedCache<Key, Last> last;

    LastExports(long heapBytes) {
        last = new BoundedCache<>(heapBytes, heapBytes);
    }

    /** @param part what was asked for of the definition */
    record Key(UUID workspace, TreePath address, String part) {}

    /**
     * An export with what it was made from.
     *
     * @param files of the whole repository
     * @param ledger of the platform, and how this definition sees what is shared
     * @param steps how many exports ago all of it was put together
     */
    record Last(
            Snapshot.Files files,
            List<Optional<ObjectName>> ledger,
            Reassembly assembly,
            ExportedDocument.Pieces document,
            Supplier<Spots> spots,
            int steps) {}

    /** Worked out when the next export asks for it: most exports have none. */
    private static final class Later implements Supplier<Spots> {
        private final Reassembly assembly;
        private List<JsonWriter.Place> places;
        private Spots spots;

        Later(Reassembly assembly, List<JsonWriter.Place> places) {
            this.assembly = assembly;
            this.places = places;
        }

        @Override
        public synchronized Spots get() {
            if (spots == null) {
                spots = Spots.of(assembly.numbers(), places);
                places = List.of();
            }
            return spots;
        }
    }

    /** Whether a definition is so small that it is worth keeping. */
    boolean isFor(WorkspaceView view, TreePath address) {
        long files = view.files().names(address).size();
        return files * TYPICAL_FILE * Caches.VALUE_FACTOR <= last.heaviest();
    }

    Optional<Last> find(Key key) {
        return last.find(key);
    }

    /** @param places where the document has the values that were numbered when it was put together */
    void keep(
            Key key,
            WorkspaceView view,
            Reassembly assembly,
            ExportedDocument.Pieces document,
            List<JsonWriter.Place> places) {
        Supplier<Spots> spots = new Later(assembly, places);
        keep(key, new Last(view.snapshot().files(), ledger(view, key.address()), assembly, document, spots, 0));
    }

    private void keep(Key key, Last export) {
        last.put(key, export, export.document().size() * TEXT_FACTOR);
    }

    private static List<Optional<ObjectName>> ledger(WorkspaceView view, TreePath address) {
        Snapshot.Files ledger = view.snapshot().ledger();
        return List.of(ledger.objectAt(platform(address)), ledger.objectAt(WorkspaceView.seenBy(address)));
    }

    private static TreePath platform(TreePath address) {
        return TreePath.of(address.segments().get(0));
    }

    /** The export of a state, made from the last one; empty when all of it has to be put together. */
    Optional<ExportedDocument.Pieces> next(Key key, WorkspaceView view) {
        Optional<Last> found = last.find(key);
        if (found.isEmpty() || !found.get().ledger().equals(ledger(view, key.address()))) {
            return Optional.empty();
        }
        Last before = found.get();
        List<TreePath> changed = new ArrayList<>();
        for (Map.Entry<TreePath, Optional<ObjectName>> change :
                view.snapshot().files().changedSince(before.files()).entrySet()) {
            if (change.getKey().isWithin(platform(key.address()))) {
                if (change.getValue().isEmpty()) {
                    return Optional.empty();
                }
                changed.add(change.getKey());
            }
        }
        Optional<Map<TreePath, JsonObject>> values = before.assembly().next(view.files(), changed);
        if (values.isEmpty()
                || !values.get().keySet().stream().allMatch(before.spots().get()::has)) {
            return Optional.empty();
        }
        Spots.Edited edited = before.spots().get().replace(before.document(), values.get());
        keep(
                key,
                new Last(
                        view.snapshot().files(),
                        before.ledger(),
                        before.assembly(),
                        edited.document(),
                        edited::spots,
                        before.steps() + 1));
        return Optional.of(edited.document());
    }
}
