package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.RemovalRules.Lost;
import dev.offshoot.model.Removal.Grade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What it costs in the platform when records of a kind go, or when values of theirs do.
 *
 * @param removal of a record
 * @param data values that stand for stored data
 */
record Losses(Grade removal, List<Data> data) {
    static final Losses NONE = new Losses(Grade.BEHAVIOUR, List.of());

    /**
     * Values of which each stands for stored data: it goes with them.
     *
     * @param items a list, with a star at its end; empty: the record itself
     * @param name the member that names an item; one that is gone took its data along
     * @param change values that cannot change without loss
     */
    record Data(Optional<Pointer> items, Optional<Pointer> name, List<Pointer> change) {}

    List<Lost> between(JsonValue before, JsonValue after) {
        List<Lost> lost = new ArrayList<>();
        for (Data rule : data) {
            if (rule.items().isEmpty()) {
                changes("", rule, before, after, lost);
            } else {
                items(rule, before, after, lost);
            }
        }
        return lost;
    }

    private static void items(Data rule, JsonValue before, JsonValue after, List<Lost> lost) {
        Map<String, JsonValue> now = named(rule, after);
        String folder = rule.items().get().parent().toString();
        named(rule, before).forEach((name, item) -> {
            String at = folder + "/" + name.replace("~", "~0").replace("/", "~1");
            JsonValue same = now.get(name);
            if (same == null) {
                lost.add(new Lost(at, "removed"));
            } else {
                changes(at, rule, item, same, lost);
            }
        });
    }

    private static Map<String, JsonValue> named(Data rule, JsonValue record) {
        Map<String, JsonValue> items = new LinkedHashMap<>();
        if (rule.items().get().parent().get(record).orElse(null) instanceof JsonArray list) {
            for (JsonValue item : list) {
                if (item instanceof JsonObject) {
                    rule.name()
                            .flatMap(p -> p.get(item))
                            .flatMap(Values::text)
                            .ifPresent(name -> items.putIfAbsent(name, item));
                }
            }
        }
        return items;
    }

    private static void changes(String at, Data rule, JsonValue before, JsonValue after, List<Lost> lost) {
        for (Pointer pointer : rule.change()) {
            Optional<JsonValue> was = pointer.get(before);
            Optional<JsonValue> is = pointer.get(after);
            if (was.isPresent() && !was.equals(is)) {
                lost.add(new Lost(
                        at + pointer,
                        "changed from " + text(was.get()) + " to "
                                + is.map(Losses::text).orElse("nothing")));
            }
        }
    }

    private static String text(JsonValue value) {
        return Values.text(value).orElseGet(() -> new String(JsonWriter.compact(value), StandardCharsets.UTF_8));
    }
}
