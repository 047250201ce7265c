package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Some branches of a workspace, whether they are there already or not: these by name, or every one.
 *
 * @param all every branch, those to come included
 * @param names the branches when not all are meant; at most {@value #MOST}
 */
public record BranchSelection(boolean all, SortedSet<BranchName> names) {
    public static final BranchSelection NONE = new BranchSelection(false, Collections.emptySortedSet());
    public static final BranchSelection ALL = new BranchSelection(true, Collections.emptySortedSet());
    private static final int MOST = 100;

    public BranchSelection {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        if (all && !names.isEmpty()) {
            throw new IllegalArgumentException("all branches need no names");
        }
        if (names.size() > MOST) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED, "/publish", "at most " + MOST + " branches can be named", "use all of them");
        }
    }

    public static BranchSelection of(Collection<BranchName> names) {
        return new BranchSelection(false, new TreeSet<>(names));
    }

    public boolean isEmpty() {
        return !all && names.isEmpty();
    }

    public boolean contains(BranchName branch) {
        return all || names.contains(branch);
    }
}
