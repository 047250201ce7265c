package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.TreeMap;

/** Canonical order of one object's own members: what is inside them is in order already, or is a map whose order means something. */
final class Sorting {
    private Sorting() {}

    static JsonObject members(JsonObject object) {
        boolean sorted = true;
        for (int i = 1; i < object.size() && sorted; i++) {
            sorted = CanonicalOrder.KEYS.compare(object.key(i - 1), object.key(i)) < 0;
        }
        if (sorted) {
            return object;
        }
        TreeMap<String, JsonValue> members = new TreeMap<>(CanonicalOrder.KEYS);
        object.forEach(members::put);
        return JsonObject.of(members);
    }
}
