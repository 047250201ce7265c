package dev.offshoot.format;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collects the keys of one object that follows no known {@link Shape}: a large one, or a map by ids. */
final class PlainKeys {
    private static final int LINEAR = 16;

    private String[] keys;
    private int size;
    private Set<String> seen;
    private boolean repeated;

    /** Starts from distinct keys. */
    PlainKeys(String[] first) {
        keys = Arrays.copyOf(first, Math.max(8, first.length * 2));
        size = first.length;
    }

    /** Whether the key is new; then it is added. */
    boolean add(String key) {
        if (size >= LINEAR) {
            if (seen == null) {
                seen = new HashSet<>(Arrays.asList(keys).subList(0, size));
            }
            if (!seen.add(key)) {
                return false;
            }
        } else {
            for (int i = 0; i < size; i++) {
                if (keys[i].equals(key)) {
                    return false;
                }
            }
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size++] = key;
        return true;
    }

    String[] toArray() {
        return Arrays.copyOf(keys, size);
    }

    /** A key once more. */
    void again(String key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size++] = key;
        repeated = true;
    }

    /** The object with these values; of several with one key it has the last. */
    JsonObject object(JsonValue[] values) {
        if (!repeated) {
            return JsonObject.adopt(toArray(), values);
        }
        Map<String, JsonValue> last = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            last.put(keys[i], values[i]);
        }
        return JsonObject.of(last);
    }
}
