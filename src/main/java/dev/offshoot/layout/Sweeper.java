package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the members that a {@link Kind.Sweep} names out of a value, wherever they stand. Most values hold none, and come back as they are. */
final class Sweeper {
    private final Kind.Sweep sweep;
    private final Map<String, JsonValue> found;
    private final List<String> path = new ArrayList<>();

    private Sweeper(Kind.Sweep sweep, Map<String, JsonValue> found) {
        this.sweep = sweep;
        this.found = found;
    }

    /** @param found receives each member by its concrete pointer */
    static JsonObject sweep(Kind.Sweep sweep, JsonObject content, Map<String, JsonValue> found) {
        Optional<JsonValue> below = sweep.below().get(content);
        if (below.isEmpty()) {
            return content;
        }
        Sweeper sweeper = new Sweeper(sweep, found);
        sweeper.path.addAll(sweep.below().steps());
        JsonValue rest = sweeper.rest(below.get());
        return rest == below.get() ? content : (JsonObject) sweep.below().put(content, rest);
    }

    private JsonValue rest(JsonValue value) {
        if (value instanceof JsonObject o) {
            return rest(o);
        }
        if (!(value instanceof JsonArray a)) {
            return value;
        }
        JsonArray result = a;
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) instanceof JsonObject || a.get(i) instanceof JsonArray) {
                path.add(Integer.toString(i));
                JsonValue item = rest(a.get(i));
                path.remove(path.size() - 1);
                result = item == a.get(i) ? result : result.with(i, item);
            }
        }
        return result;
    }

    private JsonObject rest(JsonObject o) {
        JsonObject result = o;
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < o.size(); i++) {
            String key = o.key(i);
            JsonValue value = o.value(i);
            if (sweep.names().contains(key) && isExpected(value)) {
                taken.add(key);
                found.put(new Pointer(path) + "/" + Pointer.escape(key), value);
            } else if (value instanceof JsonObject || value instanceof JsonArray) {
                path.add(key);
                JsonValue member = rest(value);
                path.remove(path.size() - 1);
                result = member == value ? result : result.with(key, member);
            }
        }
        return taken.isEmpty() ? result : result.without(taken);
    }

    private boolean isExpected(JsonValue value) {
        return sweep.expected().map(e -> e.holds(Optional.of(value))).orElse(true);
    }
}
