package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records named in the list or map they stand in, {@code - '@{/tables/orders}'}, because nothing else leads to them. */
final class ListNames {
    private ListNames() {}

    static boolean isReference(String text) {
        return text.startsWith("@{") && text.indexOf('}') == text.length() - 1;
    }

    /** What is between the braces. */
    static String target(String reference) {
        return reference.substring(2, reference.length() - 1);
    }

    /**
     * An item that is nothing but an id of a record would, as a reference, say that the record is listed here, and in the place of a record that may
     * equal another it would say that it does: it stays an id.
     *
     * @param encoded the same content with references
     */
    static JsonObject protect(Layout layout, String containerKind, JsonObject content, JsonObject encoded) {
        JsonValue result = encoded;
        for (Kind same : layout.samesIn(containerKind)) {
            for (Kind.Slot slot : same.slotsIn(containerKind)) {
                if (slot.at().get(result).filter(ListNames::isName).isPresent()) {
                    result = slot.at().put(result, slot.at().get(content).orElseThrow());
                }
            }
        }
        for (Kind.Slot slot : layout.slotsOf(containerKind).keySet()) {
            Pointer at = slot.at().isSelf() ? Pointer.SELF : slot.at().parent();
            if (!slot.isMany() || !at.isLiteral()) {
                continue;
            }
            JsonValue before = at.get(content).orElse(null);
            JsonValue after = at.get(result).orElse(null);
            if (before instanceof JsonArray list && after instanceof JsonArray items) {
                for (int i = 0; i < items.size(); i++) {
                    if (isName(items.get(i))) {
                        items = items.with(i, list.get(i));
                    }
                }
                result = items == after ? result : at.put(result, items);
            } else if (before instanceof JsonObject map && after instanceof JsonObject members) {
                for (int i = 0; i < members.size(); i++) {
                    if (isName(members.value(i))) {
                        members = members.with(members.key(i), map.value(i));
                    }
                }
                result = members == after ? result : at.put(result, members);
            }
        }
        return (JsonObject) result;
    }

    /**
     * A container's content with names added: behind what is in the list, sorted.
     *
     * @param targets by key; for a list the keys mean nothing
     */
    static JsonObject add(JsonObject content, Rec.SlotCut slot, List<Map.Entry<String, String>> targets) {
        Pointer at = Pointer.parse(slot.pointer);
        Optional<JsonValue> before = at.get(content);
        if (slot.shape == Rec.Shape.MAP) {
            Map<String, JsonValue> named = new TreeMap<>();
            before.ifPresent(b -> ((JsonObject) b).forEach(named::put));
            targets.forEach(e -> named.put(e.getKey(), reference(e.getValue())));
            return (JsonObject) at.putDeep(content, JsonObject.of(named));
        }
        if (before.isPresent() && !(before.get() instanceof JsonArray)) {
            return content; // no list: nothing can be named in it
        }
        List<JsonValue> named =
                new ArrayList<>(before.map(b -> ((JsonArray) b).items()).orElse(List.of()));
        targets.stream().map(Map.Entry::getValue).sorted().forEach(t -> named.add(reference(t)));
        return (JsonObject) at.putDeep(content, JsonArray.of(named));
    }

    static JsonString reference(String target) {
        return new JsonString("@{" + target + "}");
    }

    /** What a container's lists and maps name, and how often. */
    static Map<String, Integer> targets(Layout layout, String containerKind, JsonValue content) {
        Map<String, Integer> found = new TreeMap<>();
        for (Kind.Slot slot : layout.slotsOf(containerKind).keySet()) {
            if (slot.isMany() && slot.at().parent().isLiteral()) {
                for (JsonValue item : items(slot.at().parent().get(content))) {
                    Values.text(item)
                            .filter(ListNames::isReference)
                            .ifPresent(t -> found.merge(target(t), 1, Integer::sum));
                }
            }
        }
        return found;
    }

    private static List<JsonValue> items(Optional<JsonValue> container) {
        if (container.orElse(null) instanceof JsonObject map) {
            List<JsonValue> items = new ArrayList<>();
            map.forEach((key, value) -> items.add(value));
            return items;
        }
        return container.orElse(null) instanceof JsonArray list ? list.items() : List.of();
    }

    /** A container's content without them. */
    static JsonObject without(Layout layout, String containerKind, JsonObject content) {
        JsonValue rest = content;
        for (Kind.Slot slot : layout.slotsOf(containerKind).keySet()) {
            Pointer at = slot.at().isSelf() ? Pointer.SELF : slot.at().parent();
            if (!slot.isMany() || !at.isLiteral()) {
                continue;
            }
            Optional<JsonValue> all = at.get(rest);
            Optional<JsonValue> kept = all.map(ListNames::without);
            if (kept.isPresent() && kept.get() != all.get()) {
                boolean empty =
                        (kept.get().equals(JsonArray.EMPTY) || kept.get().equals(JsonObject.EMPTY))
                                && items(all).stream().noneMatch(ListNames::isLeftOut);
                rest = empty ? at.cut((JsonObject) rest) : at.put(rest, kept.get());
            }
        }
        return (JsonObject) rest;
    }

    private static JsonValue without(JsonValue container) {
        if (container instanceof JsonArray list) {
            List<JsonValue> kept = list.items().stream().filter(v -> !isName(v)).toList();
            return kept.size() < list.size() ? JsonArray.of(kept) : list;
        }
        if (container instanceof JsonObject map) {
            JsonObject.Builder kept = JsonObject.builder();
            map.forEach((key, value) -> {
                if (!isName(value)) {
                    kept.put(key, value);
                }
            });
            JsonObject rest = kept.build();
            return rest.size() < map.size() ? rest : map;
        }
        return container;
    }

    /** A list may have been empty before it had to say what it leaves out. */
    private static boolean isLeftOut(JsonValue value) {
        return value instanceof JsonString s && s.value().startsWith("@{" + LeftOut.MARK);
    }

    private static boolean isName(JsonValue value) {
        return value instanceof JsonString s && isReference(s.value());
    }
}
