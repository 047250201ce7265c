package dev.offshoot.merge;

import dev.offshoot.model.Conflict;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What came of a merge. While there are conflicts, the edits are those of everything else and must not be stored.
 *
 * @param edits what makes our tree the merged one
 * @param ours files that only our side changed
 * @param theirs files that only the other side changed
 * @param both files that both sides changed and that now hold what both did
 */
public record Merged(
        TreeEdit edits,
        SortedSet<TreePath> ours,
        SortedSet<TreePath> theirs,
        SortedSet<TreePath> both,
        List<Conflict> conflicts) {
    public Merged {
        ours = Collections.unmodifiableSortedSet(new TreeSet<>(ours));
        theirs = Collections.unmodifiableSortedSet(new TreeSet<>(theirs));
        both = Collections.unmodifiableSortedSet(new TreeSet<>(both));
        conflicts = List.copyOf(conflicts);
    }

    public boolean isClean() {
        return conflicts.isEmpty();
    }
}
