package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the parts of a value together: the counterpart of {@link PartCutter}. */
final class PartJoiner {
    private PartJoiner() {}

    static JsonObject join(Anatomy.Rules rules, Parts parts) {
        JsonValue value = parts.main();
        // A container comes before what was taken out of it, as its place is a prefix of theirs.
        for (Map.Entry<String, JsonValue> e : new TreeMap<>(parts.derived()).entrySet()) {
            if (!e.getKey().equals(Parts.ABSENT)) {
                value = Pointer.parse("/" + e.getKey()).put(value, e.getValue());
            }
        }
        for (Kind.Text rule : rules.texts()) {
            String text = parts.texts().get(rule.suffix());
            if (text != null) {
                value = rule.at().putDeep(value, new JsonString(text));
            }
        }
        return (JsonObject) value;
    }

    /** Places, with a leading slash, that the derived values say are absent. */
    static List<String> absent(Map<String, JsonValue> derived) {
        List<String> places = new ArrayList<>();
        if (derived.get(Parts.ABSENT) instanceof JsonArray list) {
            list.forEach(v -> Values.text(v).ifPresent(p -> places.add("/" + p)));
        }
        return places;
    }
}
