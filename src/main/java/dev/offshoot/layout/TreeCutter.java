package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Takes a tree apart into flat files and an arrangement. {@link TreeJoiner} is the way back. */
final class TreeCutter {
    private final TreeRule rule;
    private final Iterator<String> names;
    private final Predicate<Test> holds;
    private final TreeParts parts = new TreeParts();

    private TreeCutter(TreeRule rule, List<String> names, Predicate<Test> holds) {
        this.rule = rule;
        this.names = names.iterator();
        this.holds = holds;
    }

    record Cut(JsonObject root, TreeParts parts) {}

    static Cut cut(TreeRule rule, JsonObject root, List<String> names, Predicate<Test> holds) {
        TreeCutter cutter = new TreeCutter(rule, names, holds);
        Map<String, JsonValue> line = new LinkedHashMap<>();
        JsonObject rest = cutter.arrange(cutter.spread(root, root, "", line), line);
        cutter.parts.lines().put(TreeRule.ROOT, JsonObject.of(line));
        return new Cut(rest, cutter.parts);
    }

    /** Cuts the children of a node or shell; {@code in} is what their lines call it. */
    private JsonObject spread(JsonObject holder, JsonObject original, String in, Map<String, JsonValue> line) {
        Optional<JsonArray> children = original.array(rule.children());
        if (children.isPresent() && children.get().size() == 0) {
            line.put(TreeRule.EMPTY, JsonArray.EMPTY);
            return holder.without(rule.children());
        }
        if (!TreeNames.isSpread(rule, original)) {
            return holder;
        }
        String after = "";
        for (JsonValue child : children.orElseThrow()) {
            String name = names.next();
            node((JsonObject) child, original, name, in, after);
            after = name;
        }
        return holder.without(rule.children());
    }

    private void node(JsonObject node, JsonObject parent, String name, String in, String after) {
        Map<String, JsonValue> line = new LinkedHashMap<>();
        if (!in.isEmpty()) {
            line.put(TreeRule.IN, new JsonString(in));
        }
        if (!after.isEmpty()) {
            line.put(TreeRule.AFTER, new JsonString(after));
        }
        List<String> absent = new ArrayList<>();
        JsonObject rest = imply(node, parent, absent);
        rest = TreeNames.isFolded(rule, node) ? fold(rest, node, name) : spread(rest, node, name, line);
        rest = arrange(rest, line);
        parts.lines().put(name, JsonObject.of(line));
        Parts own = PartCutter.cut(rule.rules(), rest, absent, holds);
        parts.nodes().put(name, new Parts(own.main(), own.texts(), new TreeMap<>()));
        derived(name, own);
    }

    private void derived(String key, Parts own) {
        if (!own.derived().isEmpty()) {
            parts.derived().put(key, own.line());
        }
    }

    private JsonObject fold(JsonObject rest, JsonObject node, String name) {
        JsonArray shells = node.array(rule.children()).orElseThrow();
        List<String> shellNames = TreeNames.shells(rule, shells);
        List<JsonValue> kept = new ArrayList<>();
        for (int i = 0; i < shells.size(); i++) {
            JsonObject shell = (JsonObject) shells.get(i);
            String key = name + "#" + shellNames.get(i);
            Map<String, JsonValue> line = new LinkedHashMap<>();
            List<String> absent = new ArrayList<>();
            JsonObject shellRest = imply(shell, node, absent);
            shellRest = arrange(spread(shellRest, shell, shells.size() == 1 ? name : key, line), line);
            parts.lines().put(key, JsonObject.of(line));
            Parts own = PartCutter.cut(
                    new Anatomy.Rules(List.of(), rule.derived(), Optional.empty()), shellRest, absent, holds);
            derived(key, own);
            kept.add(own.main());
        }
        return rest.with(rule.children(), JsonArray.of(kept));
    }

    private JsonObject imply(JsonObject node, JsonObject parent, List<String> absent) {
        JsonObject rest = node;
        for (Map.Entry<String, Pointer> e : rule.implied().entrySet()) {
            Optional<JsonValue> implied = e.getValue().get(parent);
            Optional<JsonValue> actual = node.get(e.getKey());
            if (implied.isPresent() && actual.equals(implied)) {
                rest = rest.without(e.getKey());
            } else if (implied.isPresent() && actual.isEmpty()) {
                absent.add("/" + Pointer.escape(e.getKey()));
            }
        }
        return rest;
    }

    private JsonObject arrange(JsonObject node, Map<String, JsonValue> line) {
        JsonObject rest = node;
        for (Map.Entry<String, String> e : rule.arrangement().entrySet()) {
            Optional<JsonValue> value = rest.get(e.getValue());
            if (value.isPresent()) {
                line.put(e.getKey(), CanonicalOrder.sort(value.get()));
                rest = rest.without(e.getValue());
            }
        }
        return rest;
    }
}
