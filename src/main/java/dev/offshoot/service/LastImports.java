package dev.offshoot.service;

import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Ledger;
import dev.offshoot.layout.Remembered;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the last import of each definition came to know of its document, for the next one: while everything that it touched still stands, only
 * what has changed needs to be looked at. Bounded by the bytes of the documents; what is not here is planned from the start.
 */
final class LastImports {
    /** Heap that a remembered document takes, as a multiple of its text: five times was measured, for 13.9 MB in 10,000 records. */
    private static final int FACTOR = 6;

    private final BoundedCache<Key, Last> cache;
    private final LayoutEngine engine;

    LastImports(BoundedCache<Key, Last> cache, LayoutEngine engine) {
        this.cache = cache;
        this.engine = engine;
    }

    /** Imports that replace each other: same place, same wishes, documents of the same definitions. */
    record Key(UUID workspace, ImportWishes wishes, List<DefinitionHeader> mains) {
        static Key of(UUID workspace, ImportWishes wishes, Source source) {
            return new Key(workspace, wishes.expecting(Expectation.NONE).confirming(Optional.empty()), source.mains());
        }
    }

    /**
     * An import that landed, or is about to.
     *
     * @param outline the document's definitions and findings
     * @param owned folders whose whole content the document decides
     * @param places all files and folders of the branch that it has something to say about
     * @param stored the ledger of these places
     * @param all the ledger that its export needs
     * @param size bytes of the document
     */
    record Last(
            Remembered remembered,
            Exploded outline,
            List<TreePath> owned,
            Set<TreePath> places,
            Ledger stored,
            Ledger all,
            long size,
            Optional<Stand> stand) {
        Last with(Ledger facts, long newSize) {
            return new Last(
                    remembered, outline, owned, places, facts.over(stored), facts.over(all), newSize, Optional.empty());
        }
    }

    /**
     * The state that an import left behind: its own places, and whatever else of the workspace a document is held against. That is read only
     * when somebody else has landed since. For many threads.
     */
    static final class Stand {
        private final Set<TreePath> places;
        private final Set<TreePath> ledgerPlaces;
        private final WorkspaceView after;

        Stand(Set<TreePath> places, Set<TreePath> ledgerPlaces, WorkspaceView after) {
            this.places = places;
            this.ledgerPlaces = ledgerPlaces;
            this.after = after;
        }

        synchronized boolean isAlsoIn(WorkspaceView view, LayoutEngine engine, TreePath document) {
            Snapshot then = after.snapshot();
            Snapshot now = view.snapshot();
            if (then.commit().equals(now.commit()) && then.ledgerCommit().equals(now.ledgerCommit())) {
                return true;
            }
            try {
                return then.files().objectsAt(places).equals(now.files().objectsAt(places))
                        && then.ledger()
                                .objectsAt(ledgerPlaces)
                                .equals(now.ledger().objectsAt(ledgerPlaces))
                        && platformIn(then, engine, document).equals(platformIn(now, engine, document))
                        && after.definitions().equals(view.definitions());
            } catch (Failure e) {
                return false; // the branch may have been taken back and cleaned up since: then nothing is known
            }
        }
    }

    /** Where ids are content, every record of the platform can be meant. */
    private static Optional<ObjectName> platformIn(Snapshot state, LayoutEngine engine, TreePath document) {
        return engine.idsAreContent(document)
                ? state.files().objectAt(TreePath.of(document.segments().get(0)))
                : Optional.empty();
    }

    /** True for an import that can be remembered, as far as can be told before. */
    boolean isWorthIt(ImportWishes wishes, Source source) {
        return wishes.mode() == ImportMode.UPDATE
                && wishes.rule().isEmpty()
                && wishes.since().isEmpty()
                && source.size() * FACTOR <= cache.heaviest();
    }

    /** What the last import came to know, when this state is the one it left. */
    Optional<Last> find(Key key, WorkspaceView view) {
        return cache.find(key)
                .filter(last -> last.stand()
                        .orElseThrow()
                        .isAlsoIn(view, engine, last.outline().document()));
    }

    /**
     * Remembers an import that landed.
     *
     * @param after the state right after the import, nothing else in it
     */
    void remember(Key key, Last last, Plan plan, WorkspaceView after) {
        last.remembered().settle();
        Stand stand = new Stand(plan.places(), plan.ledgerPlaces(), after);
        cache.put(
                key,
                new Last(
                        last.remembered(),
                        last.outline(),
                        last.owned(),
                        plan.places(),
                        last.stored(),
                        last.all(),
                        last.size(),
                        Optional.of(stand)),
                last.size() * FACTOR);
    }

    /** Forgets: what was remembered has become something else. */
    void forget(Key key) {
        cache.remove(key);
    }
}
