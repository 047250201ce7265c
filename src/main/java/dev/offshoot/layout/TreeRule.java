package dev.offshoot.layout;

import java.util.List;
import java.util.Map;

/**
 * Recursive nesting kept flat: each node below the root is a file, and where it stands is a line of the arrangement.
 *
 * @param at the root node
 * @param children a node's member that lists its children
 * @param names first non-empty one names the node's file
 * @param folder where the files go, below the record's folder
 * @param fold what a shell looks like: shells stay inside their parent's file when all children of a node are shells
 * @param implied a node's fields that repeat a place of its parent
 * @param arrangement members that say where a node stands, by their short name in a line
 */
record TreeRule(
        Pointer at,
        String children,
        List<Pointer> names,
        String folder,
        List<Test> fold,
        Map<String, Pointer> implied,
        Map<String, String> arrangement,
        List<Kind.Text> texts,
        List<Pointer> derived) {
    /** In a line: the parent, the sibling before, and a list of children that is empty and yet there. */
    static final String IN = "in";

    static final String AFTER = "after";
    static final String EMPTY = "children";
    /** Key of the root's line. */
    static final String ROOT = ".";

    Anatomy.Rules rules() {
        return new Anatomy.Rules(texts, derived, java.util.Optional.empty());
    }

    boolean isShell(dev.offshoot.format.JsonValue value) {
        return !fold.isEmpty()
                && value instanceof dev.offshoot.format.JsonObject
                && fold.stream().allMatch(t -> t.holds(value));
    }
}
