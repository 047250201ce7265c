package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileName;
import dev.offshoot.model.FileNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * File names for the nodes of a tree. All halves together: nodes of one true name are the same entity in each of them, the n-th with the n-th.
 */
final class TreeNames {
    private TreeNames() {}

    private record Occurrence(String name, int ordinal) {}

    /** For each root, the names of its nodes in the order of {@link TreeCutter}: parents before children. */
    static List<List<String>> allocate(TreeRule rule, List<JsonObject> roots) {
        List<List<Occurrence>> found = new ArrayList<>();
        Map<Occurrence, Integer> index = new LinkedHashMap<>();
        for (JsonObject root : roots) {
            List<Occurrence> own = new ArrayList<>();
            collect(rule, root, own, new HashMap<>());
            own.forEach(o -> index.putIfAbsent(o, index.size()));
            found.add(own);
        }
        List<String> names = FileNames.allocate(
                index.keySet().stream()
                        .map(o -> new FileNames.Candidate(
                                o.name(), List.of(String.format("%08d", o.ordinal())), () -> ""))
                        .toList(),
                Set.of());
        return found.stream()
                .map(own -> own.stream().map(o -> names.get(index.get(o))).toList())
                .toList();
    }

    private static void collect(TreeRule rule, JsonObject holder, List<Occurrence> found, Map<String, Integer> seen) {
        if (!isSpread(rule, holder)) {
            return;
        }
        for (JsonValue value : holder.array(rule.children()).orElseThrow()) {
            JsonObject node = (JsonObject) value;
            String name = name(rule, node);
            found.add(new Occurrence(name, seen.merge(name, 1, Integer::sum)));
            if (isFolded(rule, node)) {
                node.array(rule.children())
                        .orElseThrow()
                        .forEach(shell -> collect(rule, (JsonObject) shell, found, seen));
            } else {
                collect(rule, node, found, seen);
            }
        }
    }

    /** True when the children of a node become files. */
    static boolean isSpread(TreeRule rule, JsonObject node) {
        return node.array(rule.children())
                .filter(a -> a.size() > 0 && a.items().stream().allMatch(JsonObject.class::isInstance))
                .isPresent();
    }

    /** True when the children of a node are shells that stay in its file. */
    static boolean isFolded(TreeRule rule, JsonObject node) {
        return node.array(rule.children())
                .filter(a -> a.size() > 0 && a.items().stream().allMatch(rule::isShell))
                .isPresent();
    }

    static String name(TreeRule rule, JsonObject node) {
        return rule.names().stream()
                .flatMap(p -> p.get(node).flatMap(Values::text).stream())
                .filter(t -> !t.isBlank())
                .findFirst()
                .orElse("node");
    }

    /** What the shells of a node are called in lines, in their order. */
    static List<String> shells(TreeRule rule, JsonArray shells) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (JsonValue shell : shells) {
            String plain = FileName.slug(name(rule, (JsonObject) shell));
            String name = plain;
            for (int n = 2; !taken.add(name); n++) {
                name = plain + "~" + n;
            }
            names.add(name);
        }
        return names;
    }
}
