package dev.offshoot.service;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers what the last imports left behind, so that the same document, sent again while everything it touches still stands, is
 * answered without being read.
 */
final class RecentImports {
    private static final int MOST = 512;

    private final BoundedCache<Key, Outcome> outcomes = new BoundedCache<>(MOST);

    /** The same import: same place, same bytes, same wishes. */
    record Key(UUID workspace, String hash, ImportWishes wishes) {
        static Key of(UUID workspace, ImportWishes wishes, String hash) {
            return new Key(workspace, hash, wishes.expecting(Expectation.NONE).confirming(Optional.empty()));
        }
    }

    private record Outcome(
            Receipt receipt, Map<TreePath, Optional<ObjectName>> files, Map<TreePath, Optional<ObjectName>> ledger) {}

    /** The answer to an import that would change nothing in this state, as far as can be told without reading it. */
    Optional<Receipt> repeated(Key key, Snapshot state) {
        ImportWishes wishes = key.wishes();
        if (wishes.mode() == ImportMode.CREATE
                || wishes.mode() == ImportMode.VERSION
                || wishes.rule().isPresent()
                || wishes.since().isPresent()) {
            return Optional.empty();
        }
        return outcomes.find(key)
                .filter(o -> stands(o.files(), state.files()) && stands(o.ledger(), state.ledger()))
                .map(o -> unchanged(o.receipt(), state));
    }

    private static Receipt unchanged(Receipt before, Snapshot state) {
        ObjectName tree = state.files().objectAt(TreePath.ROOT).orElseThrow();
        Plan plan = before.plan().unchangedAt(state.commit(), tree);
        return new Receipt(plan, tree, state.commit(), state.commit(), false, false, List.of(), before.tag());
    }

    private static boolean stands(Map<TreePath, Optional<ObjectName>> expected, Snapshot.Files files) {
        return files.objectsAt(expected.keySet()).equals(expected);
    }

    /**
     * Remembers.
     *
     * @param after the state right after the import, nothing else in it
     */
    void remember(Key key, Receipt receipt, Snapshot after) {
        Plan plan = receipt.plan();
        outcomes.put(
                key,
                new Outcome(
                        receipt,
                        after.files().objectsAt(plan.places()),
                        after.ledger().objectsAt(plan.ledgerPlaces())),
                1);
    }
}
