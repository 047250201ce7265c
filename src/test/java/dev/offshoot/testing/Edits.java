package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Small changes of JSON documents, as a person would make them in an editor. */
public final class Edits {
    private Edits() {}

    /** The value with what stands at a pointer replaced by the change's answer. */
    public static JsonValue at(JsonValue value, String pointer, UnaryOperator<JsonValue> change) {
        List<String> steps = pointer.isEmpty()
                ? List.of()
                : Arrays.asList(pointer.substring(1).split("/"));
        return at(value, steps, change);
    }

    private static JsonValue at(JsonValue value, List<String> steps, UnaryOperator<JsonValue> change) {
        if (steps.isEmpty()) {
            return change.apply(value);
        }
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (value instanceof JsonObject o) {
            return o.with(step, at(o.get(step).orElseThrow(), rest, change));
        }
        JsonArray a = (JsonArray) value;
        int i = Integer.parseInt(step);
        return a.with(i, at(a.get(i), rest, change));
    }

    public static JsonValue set(JsonValue value, String pointer, JsonValue replacement) {
        return at(value, pointer, old -> replacement);
    }

    public static JsonValue get(JsonValue value, String pointer) {
        JsonValue[] found = new JsonValue[1];
        at(value, pointer, v -> found[0] = v);
        return found[0];
    }
}
