package dev.offshoot.diff;

import dev.offshoot.layout.Entity;
import dev.offshoot.model.TreePath;
import java.util.List;

/**
 * An entity as a reader of a comparison knows it.
 *
 * @param name the true one, as the file says it
 * @param within what is around it in its definition, outermost first
 */
public record Who(TreePath address, String kind, String name, List<Named> within) {
    /** A kind and a name. */
    public record Named(String kind, String name) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    public Who {
        within = List.copyOf(within);
    }

    public boolean isFile() {
        return kind.equals(Entity.FILE);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
