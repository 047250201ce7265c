package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tree taken apart.
 *
 * @param nodes each node's parts by the name of its file; what is derived stands in {@code derived}
 * @param lines the arrangement: of the root, of nodes by name, of shells by {@code node#shell}
 * @param derived lines of derived values, by the same keys
 */
record TreeParts(
        SortedMap<String, Parts> nodes, SortedMap<String, JsonObject> lines, SortedMap<String, JsonObject> derived) {
    TreeParts() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
}
