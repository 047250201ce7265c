package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.Collection;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * Where an assemble reads files from: a tree in memory, a folder, a commit. Implementations may cache what they parse; {@link #read}
 * and {@link #yaml} are called by several threads at once, the rest by one.
 */
public interface TreeSource {
    /** Paths of all files at or below a folder. */
    SortedSet<TreePath> list(TreePath folder);

    /** The file at a path that {@link #list} has named. */
    Content read(TreePath path);

    /**
     * The same file as YAML, members in canonical order.
     *
     * @throws dev.offshoot.model.Failure {@code MALFORMED_YAML} with path and line
     */
    JsonValue yaml(TreePath path);

    /**
     * Says which files will be asked for soon, so that they can be read and parsed together. Those that were prepared before cost nothing.
     *
     * @param yaml which of them will be asked for as {@link #yaml}
     */
    default void prepare(Collection<TreePath> paths, Predicate<TreePath> yaml) {}
}
