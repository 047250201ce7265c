package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists whose order means nothing stand sorted in the tree, so that two instances write them alike and two people who add to one do not meet.
 * The ledger keeps where each item stood; it is ignored once the list has another length.
 */
final class Sets {
    /** Before the pointer of a list, among the facts of a record. */
    private static final String ORDER = "$order";

    private Sets() {}

    /** The content with its sets sorted; {@code facts} receives the order of those that were not. */
    static JsonObject sort(Kind kind, JsonObject content, Map<String, JsonValue> facts) {
        JsonValue sorted = content;
        for (Pointer set : kind.sets()) {
            Map<String, JsonArray> lists = new HashMap<>();
            set.each(sorted, (pointer, value) -> {
                if (value instanceof JsonArray list && list.size() > 1) {
                    lists.put(pointer, list);
                }
            });
            for (Map.Entry<String, JsonArray> e : lists.entrySet()) {
                int[] places = places(e.getValue());
                if (!isInOrder(places)) {
                    JsonValue[] items = new JsonValue[places.length];
                    JsonValue[] before = new JsonValue[places.length];
                    for (int i = 0; i < places.length; i++) {
                        items[i] = e.getValue().get(places[i]);
                        before[places[i]] = new JsonNumber(Integer.toString(i));
                    }
                    facts.put(ORDER + e.getKey(), JsonArray.adopt(before));
                    sorted = Pointer.parse(e.getKey()).put(sorted, JsonArray.adopt(items));
                }
            }
        }
        return (JsonObject) sorted;
    }

    /** Where each item of the sorted list stands in the given one. */
    private static int[] places(JsonArray list) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            places.add(i);
        }
        Map<Integer, String> texts = new HashMap<>();
        places.sort((a, b) -> {
            int c = Values.ORDER.compare(scalar(list.get(a)), scalar(list.get(b)));
            return c != 0
                    ? c
                    : texts.computeIfAbsent(a, i -> text(list.get(i)))
                            .compareTo(texts.computeIfAbsent(b, i -> text(list.get(i))));
        });
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Optional<JsonValue> scalar(JsonValue value) {
        return Values.text(value).map(t -> value);
    }

    private static String text(JsonValue value) {
        return new String(JsonWriter.compact(CanonicalOrder.sort(value)), StandardCharsets.UTF_8);
    }

    private static boolean isInOrder(int[] places) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] != i) {
                return false;
            }
        }
        return true;
    }

    /** The content with its sets in the order that the facts remember. */
    static JsonObject restore(JsonObject content, Map<String, JsonValue> facts) {
        List<Pointer> places = List.of();
        for (String key : facts.keySet()) {
            if (key.startsWith(ORDER)) {
                places = places.isEmpty() ? new ArrayList<>() : places;
                places.add(Pointer.parse(key.substring(ORDER.length())));
            }
        }
        if (places.isEmpty()) {
            return content;
        }
        // A set in a set was sorted before the outer one: the outer one has to be back in order before its place means
        // the same.
        places.sort((a, b) -> Integer.compare(a.steps().size(), b.steps().size()));
        JsonObject result = content;
        for (Pointer at : places) {
            if (!(facts.get(ORDER + at) instanceof JsonArray order)) {
                continue;
            }
            if (at.get(result).orElse(null) instanceof JsonArray list && list.size() == order.size()) {
                result = (JsonObject) at.put(result, ordered(list, order));
            }
        }
        return result;
    }

    private static JsonArray ordered(JsonArray list, JsonArray order) {
        JsonValue[] items = new JsonValue[list.size()];
        boolean[] used = new boolean[list.size()];
        for (int i = 0; i < items.length; i++) {
            int from = Values.text(order.get(i)).map(Sets::number).orElse(-1);
            if (from < 0 || from >= items.length || used[from]) {
                return list;
            }
            used[from] = true;
            items[i] = list.get(from);
        }
        return JsonArray.adopt(items);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException damaged) {
            return -1;
        }
    }
}
