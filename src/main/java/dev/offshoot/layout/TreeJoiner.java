package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Puts a tree together from flat files and an arrangement: the counterpart of {@link TreeCutter}. Total: what an arrangement does not say, or
 * says of nobody, has a fixed outcome and is told.
 */
final class TreeJoiner {
    private final TreeRule rule;
    private final TreeParts parts;
    private final BiConsumer<String, String> finding;
    /** Nodes and shells by key, without their children. */
    private final Map<String, JsonObject> holders = new HashMap<>();

    private final Map<String, List<String>> shells = new HashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();

    private TreeJoiner(TreeRule rule, TreeParts parts, BiConsumer<String, String> finding) {
        this.rule = rule;
        this.parts = parts;
        this.finding = finding;
    }

    static JsonObject join(TreeRule rule, JsonObject root, TreeParts parts, BiConsumer<String, String> finding) {
        TreeJoiner joiner = new TreeJoiner(rule, parts, finding);
        joiner.parts.nodes().forEach(joiner::load);
        joiner.nest();
        JsonObject own = joiner.place(root, TreeRule.ROOT);
        return joiner.fill(own, own, TreeRule.ROOT);
    }

    private void load(String name, Parts node) {
        JsonObject content = PartJoiner.join(rule.rules(), new Parts(node.main(), node.texts(), derived(name)));
        if (TreeNames.isFolded(rule, content)) {
            JsonArray list = content.array(rule.children()).orElseThrow();
            List<String> keys = new ArrayList<>();
            List<String> names = TreeNames.shells(rule, list);
            for (int i = 0; i < list.size(); i++) {
                String key = name + "#" + names.get(i);
                keys.add(key);
                JsonObject shell =
                        PartJoiner.join(rule.rules(), new Parts((JsonObject) list.get(i), Map.of(), derived(key)));
                holders.put(key, place(shell, key));
            }
            shells.put(name, keys);
            content = content.without(rule.children());
        }
        holders.put(name, place(content, name));
    }

    private TreeMap<String, JsonValue> derived(String key) {
        TreeMap<String, JsonValue> values = new TreeMap<>();
        Optional.ofNullable(parts.derived().get(key)).ifPresent(line -> line.forEach(values::put));
        return values;
    }

    private JsonObject line(String key) {
        return parts.lines().getOrDefault(key, JsonObject.EMPTY);
    }

    private JsonObject place(JsonObject node, String key) {
        JsonObject result = node;
        JsonObject line = line(key);
        for (Map.Entry<String, String> e : rule.arrangement().entrySet()) {
            Optional<JsonValue> value = line.get(e.getKey());
            if (value.isPresent() && !result.has(e.getValue())) {
                result = result.with(e.getValue(), value.get());
            }
        }
        if (line.has(TreeRule.EMPTY) && !result.has(rule.children())) {
            result = result.with(rule.children(), JsonArray.EMPTY);
        }
        return result;
    }

    /** Decides who stands in whom, and in what order. */
    private void nest() {
        Map<String, String> parents = new TreeMap<>();
        parts.nodes().keySet().forEach(name -> parents.put(name, parent(name)));
        Set<String> settled = new HashSet<>();
        for (String name : parents.keySet()) {
            Set<String> way = new HashSet<>();
            for (String at = name; !at.equals(TreeRule.ROOT) && !settled.contains(at); at = node(parents.get(at))) {
                if (!way.add(at)) {
                    finding.accept(at, "'" + at + "' stands in itself; it is put in the root");
                    parents.put(at, TreeRule.ROOT);
                    break;
                }
            }
            settled.addAll(way);
        }
        Map<String, TreeMap<String, String>> siblings = new LinkedHashMap<>();
        parents.forEach((name, parent) -> siblings.computeIfAbsent(parent, p -> new TreeMap<>())
                .put(name, line(name).text(TreeRule.AFTER).orElse("")));
        siblings.forEach((parent, after) -> {
            Set<String> broken = new TreeSet<>();
            children.put(parent, Siblings.order(after, broken));
            broken.forEach(name -> finding.accept(name, brokenOrder(name, after)));
        });
    }

    private static String brokenOrder(String name, Map<String, String> after) {
        String before = after.get(name);
        return "'" + name + "' stands after '" + before + "', which "
                + (before.equals(name)
                        ? "is itself"
                        : after.containsKey(before) ? "stands after it" : "is not beside it")
                + "; it comes last in its parent";
    }

    /** The node that a holder is part of. */
    private static String node(String holder) {
        int hash = holder.indexOf('#');
        return hash < 0 ? holder : holder.substring(0, hash);
    }

    private String parent(String name) {
        if (!parts.lines().containsKey(name)) {
            finding.accept(name, "there is no line for '" + name + "'; it is put in the root");
            return TreeRule.ROOT;
        }
        for (String word : List.of(TreeRule.IN, TreeRule.AFTER)) {
            if (line(name).get(word).filter(v -> !(v instanceof JsonString)).isPresent()) {
                finding.accept(name, "'" + word + "' of '" + name + "' is no name; it is left out of account");
            }
        }
        Optional<String> in = line(name).text(TreeRule.IN);
        if (in.isEmpty()) {
            return TreeRule.ROOT;
        }
        String wanted = in.get();
        List<String> inner = shells.get(wanted);
        if (inner != null) {
            if (inner.size() > 1) {
                finding.accept(
                        name,
                        "'" + name + "' does not say in which part of '" + wanted
                                + "' it stands; it is put in the first");
            }
            return inner.get(0);
        }
        if (holders.containsKey(wanted)) {
            return wanted;
        }
        if (holders.containsKey(node(wanted))) {
            finding.accept(
                    name,
                    "'" + name + "' stands in '" + wanted + "', which is not there; it is put in '" + node(wanted)
                            + "'");
            return shells.containsKey(node(wanted)) ? shells.get(node(wanted)).get(0) : node(wanted);
        }
        finding.accept(name, "'" + name + "' stands in '" + wanted + "', which is not there; it is put in the root");
        return TreeRule.ROOT;
    }

    private JsonObject build(String name, JsonObject parent) {
        JsonObject node = imply(holders.get(name), parent, name);
        List<String> inner = shells.get(name);
        if (inner == null) {
            return fill(node, node, name);
        }
        List<JsonValue> list = new ArrayList<>();
        for (String key : inner) {
            JsonObject shell = imply(holders.get(key), node, key);
            list.add(fill(shell, shell, key));
        }
        return node.with(rule.children(), JsonArray.of(list));
    }

    private JsonObject fill(JsonObject holder, JsonObject parent, String key) {
        List<String> names = children.getOrDefault(key, List.of());
        if (names.isEmpty()) {
            return holder;
        }
        List<JsonValue> list = new ArrayList<>(
                holder.array(rule.children()).map(JsonArray::items).orElse(List.of()));
        names.forEach(name -> list.add(build(name, parent)));
        return holder.with(rule.children(), JsonArray.of(list));
    }

    private JsonObject imply(JsonObject node, JsonObject parent, String key) {
        List<String> absent = PartJoiner.absent(derived(key));
        JsonObject result = node;
        for (Map.Entry<String, Pointer> e : rule.implied().entrySet()) {
            Optional<JsonValue> implied = e.getValue().get(parent);
            if (implied.isPresent() && !result.has(e.getKey()) && !absent.contains("/" + Pointer.escape(e.getKey()))) {
                result = result.with(e.getKey(), implied.get());
            }
        }
        return result;
    }
}
