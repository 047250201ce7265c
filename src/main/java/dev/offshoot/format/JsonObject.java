package dev.offshoot.format;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * An object: members in the order they were read or built. Equality ignores the order. Immutable and compact: two arrays, and an
 * index only for large objects.
 */
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0]);
    private static final int INDEX_FROM = 20;
    /** From here on keys that were chosen to have one hash code would be slow in an index without trees. */
    private static final int MAP_FROM = 256;

    private final String[] keys;
    private final JsonValue[] values;
    private final int number;
    private short[] index;
    private Map<String, Integer> map;

    private JsonObject(String[] keys, JsonValue[] values) {
        this(keys, values, 0);
    }

    private JsonObject(String[] keys, JsonValue[] values, int number) {
        this.keys = keys;
        this.values = values;
        this.number = number;
    }

    public static JsonObject of(Map<String, ? extends JsonValue> members) {
        return members.isEmpty()
                ? EMPTY
                : new JsonObject(
                        members.keySet().toArray(new String[0]),
                        members.values().toArray(new JsonValue[0]));
    }

    /**
     * Takes both arrays over without copying or checking.
     *
     * @param keys distinct; not changed after the call
     * @param values one for each key
     */
    public static JsonObject adopt(String[] keys, JsonValue[] values) {
        return keys.length == 0 ? EMPTY : new JsonObject(keys, values);
    }

    /** The same object with a number by which its writer tells where it stands. No part of the value: any change of it goes without. */
    public JsonObject numbered(int newNumber) {
        return new JsonObject(keys, values, newNumber);
    }

    /** 0 without one. */
    int number() {
        return number;
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return keys.length;
    }

    public boolean isEmpty() {
        return keys.length == 0;
    }

    public String key(int i) {
        return keys[i];
    }

    public JsonValue value(int i) {
        return values[i];
    }

    public List<String> keys() {
        return List.of(keys);
    }

    /** Position of a member, or -1. */
    public int indexOf(String key) {
        if (keys.length < INDEX_FROM) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }
        return keys.length < MAP_FROM ? indexed(key) : mapped(key);
    }

    private int indexed(String key) {
        short[] places = index;
        if (places == null) {
            places = places();
            index = places; // a benign race: every thread makes the same
        }
        for (int at = slot(key, places); places[at] != 0; at = at + 1 & places.length - 1) {
            if (keys[places[at] - 1].equals(key)) {
                return places[at] - 1;
            }
        }
        return -1;
    }

    private short[] places() {
        short[] places = new short[Integer.highestOneBit(keys.length) * 4];
        for (int i = 0; i < keys.length; i++) {
            int at = slot(keys[i], places);
            while (places[at] != 0) {
                at = at + 1 & places.length - 1;
            }
            places[at] = (short) (i + 1);
        }
        return places;
    }

    private static int slot(String key, short[] places) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private int mapped(String key) {
        Map<String, Integer> all = map;
        if (all == null) {
            all = new HashMap<>(keys.length * 2);
            for (int i = 0; i < keys.length; i++) {
                all.put(keys[i], i);
            }
            map = all; // the same
        }
        return all.getOrDefault(key, -1);
    }

    public boolean has(String key) {
        return indexOf(key) >= 0;
    }

    public Optional<JsonValue> get(String key) {
        int i = indexOf(key);
        return i < 0 ? Optional.empty() : Optional.of(values[i]);
    }

    /** The member if it is a string. */
    public Optional<String> text(String key) {
        int i = indexOf(key);
        return i >= 0 && values[i] instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
    }

    public Optional<JsonObject> object(String key) {
        int i = indexOf(key);
        return i >= 0 && values[i] instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    }

    public Optional<JsonArray> array(String key) {
        int i = indexOf(key);
        return i >= 0 && values[i] instanceof JsonArray a ? Optional.of(a) : Optional.empty();
    }

    /** This object with a member replaced in place or added at the end. */
    public JsonObject with(String key, JsonValue value) {
        int i = indexOf(key);
        if (i >= 0) {
            JsonValue[] copy = values.clone();
            copy[i] = value;
            return new JsonObject(keys, copy);
        }
        String[] moreKeys = Arrays.copyOf(keys, keys.length + 1);
        JsonValue[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreKeys[keys.length] = key;
        moreValues[values.length] = value;
        return new JsonObject(moreKeys, moreValues);
    }

    /** This object with members replaced in place or added at the end: {@link #with(String, JsonValue)} for each, in one go. */
    public JsonObject with(List<String> names, List<JsonValue> news) {
        String[] moreKeys = Arrays.copyOf(keys, keys.length + names.size());
        JsonValue[] moreValues = Arrays.copyOf(values, moreKeys.length);
        int n = keys.length;
        for (int j = 0; j < names.size(); j++) {
            int i = indexOf(names.get(j));
            for (int k = keys.length; i < 0 && k < n; k++) {
                i = moreKeys[k].equals(names.get(j)) ? k : -1;
            }
            int at = i < 0 ? n++ : i;
            moreKeys[at] = names.get(j);
            moreValues[at] = news.get(j);
        }
        boolean full = n == moreKeys.length;
        return adopt(full ? moreKeys : Arrays.copyOf(moreKeys, n), full ? moreValues : Arrays.copyOf(moreValues, n));
    }

    public JsonObject without(String key) {
        int dropped = indexOf(key);
        if (dropped < 0) {
            return this;
        }
        int n = keys.length - 1;
        String[] restKeys = Arrays.copyOf(keys, n);
        JsonValue[] restValues = Arrays.copyOf(values, n);
        System.arraycopy(keys, dropped + 1, restKeys, dropped, n - dropped);
        System.arraycopy(values, dropped + 1, restValues, dropped, n - dropped);
        return adopt(restKeys, restValues);
    }

    public JsonObject without(Set<String> dropped) {
        int n = 0;
        String[] restKeys = new String[keys.length];
        JsonValue[] restValues = new JsonValue[keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (!dropped.contains(keys[i])) {
                restKeys[n] = keys[i];
                restValues[n++] = values[i];
            }
        }
        return n == keys.length ? this : adopt(Arrays.copyOf(restKeys, n), Arrays.copyOf(restValues, n));
    }

    /** The same members, each value replaced by the function's answer. */
    public JsonObject map(UnaryOperator<JsonValue> change) {
        JsonValue[] changed = null;
        for (int i = 0; i < values.length; i++) {
            JsonValue value = change.apply(values[i]);
            if (value != values[i]) {
                changed = changed == null ? values.clone() : changed;
                changed[i] = value;
            }
        }
        return changed == null ? this : new JsonObject(keys, changed);
    }

    public void forEach(BiConsumer<String, JsonValue> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    /** The members as a map, a view in their order. */
    public Map<String, JsonValue> asMap() {
        return new Members(this);
    }

    private static final class Members extends AbstractMap<String, JsonValue> {
        private final JsonObject object;

        Members(JsonObject object) {
            this.object = object;
        }

        @Override
        public int size() {
            return object.size();
        }

        @Override
        public boolean containsKey(Object key) {
            return object.has((String) key);
        }

        @Override
        public JsonValue get(Object key) {
            int i = object.indexOf((String) key);
            return i < 0 ? null : object.value(i);
        }

        @Override
        public Set<Map.Entry<String, JsonValue>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return object.size();
                }

                @Override
                public Iterator<Map.Entry<String, JsonValue>> iterator() {
                    return new Iterator<>() {
                        private int next;

                        @Override
                        public boolean hasNext() {
                            return next < object.size();
                        }

                        @Override
                        public Map.Entry<String, JsonValue> next() {
                            if (!hasNext()) {
                                throw new NoSuchElementException();
                            }
                            return Map.entry(object.key(next), object.value(next++));
                        }
                    };
                }
            };
        }
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof JsonObject o) || o.keys.length != keys.length) {
            return false;
        }
        for (int i = 0; i < keys.length; i++) {
            // The common case first: both sides in the same order.
            int j = i < o.keys.length && o.keys[i].equals(keys[i]) ? i : o.indexOf(keys[i]);
            if (j < 0 || !values[i].equals(o.values[j])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < keys.length; i++) {
            sum += keys[i].hashCode() ^ values[i].hashCode();
        }
        return sum;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((k, v) -> text.append(text.length() > 1 ? ", " : "")
                .append(k)
                .append(": ")
                .append(v));
        return text.append('}').toString();
    }

    /** Collects members; a repeated key replaces the earlier value in its place. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        public Builder put(String key, JsonValue value) {
            members.put(key, value);
            return this;
        }

        public Builder put(String key, String value) {
            return put(key, new JsonString(value));
        }

        public Builder putAll(JsonObject other) {
            other.forEach(members::put);
            return this;
        }

        public JsonObject build() {
            return of(members);
        }
    }
}
