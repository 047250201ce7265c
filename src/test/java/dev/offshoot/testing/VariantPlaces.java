package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The sorts of places that a document has: pointers with stars for items and question marks for keys that are ids. */
final class VariantPlaces {
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Map<String, List<JsonValue>> values = new LinkedHashMap<>();

    VariantPlaces(JsonValue root) {
        collect("", root);
    }

    /** How often a sort of place occurs. */
    int times(String at) {
        return places.get(at);
    }

    /** Some of what stands there. */
    List<JsonValue> at(String at) {
        return values.get(at);
    }

    /** Lists of objects, by the place of their items. */
    List<String> records() {
        return places.keySet().stream()
                .filter(p -> p.endsWith("/*") && values.get(p).get(0) instanceof JsonObject)
                .toList();
    }

    private void collect(String at, JsonValue value) {
        places.merge(at, 1, Integer::sum);
        List<JsonValue> seen = values.computeIfAbsent(at, k -> new ArrayList<>());
        if (seen.size() < 20) {
            seen.add(value);
        }
        if (value instanceof JsonObject o) {
            o.forEach((k, v) -> collect(at + "/" + step(k), v));
        } else if (value instanceof JsonArray a) {
            a.forEach(v -> collect(at + "/*", v));
        }
    }

    static String step(String key) {
        return Variants.UUID_TEXT.matcher(key).find() || key.isEmpty() || key.indexOf('/') >= 0 ? "?" : key;
    }

    String place(Random random) {
        List<String> all = new ArrayList<>(places.keySet());
        if (random.nextBoolean()) {
            return all.get(random.nextInt(all.size()));
        }
        // Near the root, where the structure is.
        int depth = 1 + random.nextInt(9);
        for (int tries = 0; tries < 50; tries++) {
            String at = all.get(random.nextInt(all.size()));
            if (at.chars().filter(c -> c == '/').count() <= depth) {
                return at;
            }
        }
        return all.get(random.nextInt(all.size()));
    }
}
