package dev.offshoot.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** A list of values. Immutable. */
public final class JsonArray implements JsonValue, Iterable<JsonValue> {
    public static final JsonArray EMPTY = new JsonArray(new JsonValue[0]);

    private final JsonValue[] items;

    private JsonArray(JsonValue[] items) {
        this.items = items;
    }

    public static JsonArray of(JsonValue... items) {
        return items.length == 0 ? EMPTY : new JsonArray(items.clone());
    }

    public static JsonArray of(Collection<? extends JsonValue> items) {
        return items.isEmpty() ? EMPTY : new JsonArray(items.toArray(new JsonValue[0]));
    }

    /** Takes the array over without copying; it must not be changed after the call. */
    public static JsonArray adopt(JsonValue[] items) {
        return items.length == 0 ? EMPTY : new JsonArray(items);
    }

    public int size() {
        return items.length;
    }

    public boolean isEmpty() {
        return items.length == 0;
    }

    public JsonValue get(int index) {
        return items[index];
    }

    public List<JsonValue> items() {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    /** This list with the item at an index replaced. */
    public JsonArray with(int index, JsonValue value) {
        JsonValue[] copy = items.clone();
        copy[index] = value;
        return new JsonArray(copy);
    }

    public JsonArray plus(JsonValue value) {
        List<JsonValue> all = new ArrayList<>(items());
        all.add(value);
        return of(all);
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return items().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof JsonArray a && Arrays.equals(items, a.items);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(items);
    }

    @Override
    public String toString() {
        return Arrays.toString(items);
    }
}
