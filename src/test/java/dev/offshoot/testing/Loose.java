package dev.offshoot.testing;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Documents up to what a tree without a ledger need not know: ids, times, what says nothing, the order of lists. */
public final class Loose {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");

    private final Set<String> facts;

    private Loose(Set<String> facts) {
        this.facts = facts;
    }

    /** @param facts members that belong to the instance or the moment, whatever they say */
    public static JsonValue of(JsonValue value, Set<String> facts) {
        return new Loose(facts).of(value);
    }

    private JsonValue of(JsonValue value) {
        if (value instanceof JsonObject o) {
            // Keys that are ids become one key: what stands under them is a bag.
            Map<String, List<JsonValue>> kept = new TreeMap<>();
            o.forEach((key, member) -> {
                JsonValue loose = of(member);
                if (!facts.contains(key) && !saysNothing(loose)) {
                    kept.computeIfAbsent(ID.matcher(key).replaceAll("ID"), k -> new ArrayList<>())
                            .add(loose);
                }
            });
            JsonObject.Builder all = JsonObject.builder();
            kept.forEach((key, values) -> all.put(key, values.size() == 1 ? values.get(0) : bag(values)));
            return all.build();
        }
        if (value instanceof JsonArray a) {
            return bag(a.items().stream().map(this::of).toList());
        }
        return value instanceof JsonString s
                ? new JsonString(
                        TIME.matcher(ID.matcher(s.value()).replaceAll("ID")).replaceAll("TIME"))
                : value;
    }

    private static JsonArray bag(List<JsonValue> values) {
        return JsonArray.of(
                values.stream().sorted(Comparator.comparing(Loose::text)).toList());
    }

    private static boolean saysNothing(JsonValue value) {
        return value == JsonNull.NULL
                || value.equals(JsonArray.EMPTY)
                || value.equals(JsonObject.EMPTY)
                || value.equals(new JsonString("ID"))
                || value.equals(new JsonString("TIME"));
    }

    private static String text(JsonValue value) {
        return new String(JsonWriter.compact(CanonicalOrder.sort(value)), StandardCharsets.UTF_8);
    }
}
