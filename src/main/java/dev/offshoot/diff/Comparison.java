package dev.offshoot.diff;

import dev.offshoot.model.TreePath;
import java.util.List;

/**
 * What changed from one state to another.
 *
 * @param definitions those in which something changed, by address
 * @param elsewhere changes outside of all definitions
 * @param files number of files that are not the same
 * @param unread files that were not looked into, because there are too many
 */
public record Comparison(List<OfDefinition> definitions, List<Change> elsewhere, int files, int unread) {
    public Comparison {
        definitions = List.copyOf(definitions);
        elsewhere = List.copyOf(elsewhere);
    }

    /**
     * The changes in one definition.
     *
     * @param who the definition
     * @param changes by address
     */
    public record OfDefinition(Who who, List<Change> changes) {
        public OfDefinition {
            changes = List.copyOf(changes);
        }

        public TreePath address() {
            return who.address();
        }
    }

    /** True when nothing is different, formatting included. */
    public boolean isEmpty() {
        return definitions.isEmpty() && elsewhere.isEmpty();
    }
}
