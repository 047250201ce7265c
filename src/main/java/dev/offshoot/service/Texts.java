package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes of every text of a document, keys included. */
final class Texts {
    private Texts() {}

    static JsonValue map(JsonValue value, UnaryOperator<String> change) {
        if (value instanceof JsonString s) {
            String changed = change.apply(s.value());
            return changed.equals(s.value()) ? s : new JsonString(changed);
        }
        if (value instanceof JsonArray a) {
            return JsonArray.of(a.items().stream().map(v -> map(v, change)).toList());
        }
        if (value instanceof JsonObject o) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            o.forEach((key, v) -> members.put(change.apply(key), map(v, change)));
            return JsonObject.of(members);
        }
        return value;
    }
}
