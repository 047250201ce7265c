package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What changes between two exports of one definition: mostly a field here and there, sometimes a record, an id, a name or an order. From a seed. */
public final class SmallEdits {
    private final Random random;
    private final List<String> texts = new ArrayList<>();

    private SmallEdits(JsonValue document, long seed) {
        random = new Random(seed);
        collect(document);
    }

    /** The document with one change, sometimes with two or three. */
    public static JsonValue of(JsonValue document, long seed) {
        SmallEdits edits = new SmallEdits(document, seed);
        JsonValue value = document;
        for (int i = Math.max(1, edits.random.nextInt(6) - 2); i > 0; i--) {
            value = edits.descend(value);
        }
        return value;
    }

    private void collect(JsonValue value) {
        if (value instanceof JsonString s) {
            texts.add(s.value());
        } else if (value instanceof JsonObject o) {
            o.forEach((k, v) -> collect(v));
        } else if (value instanceof JsonArray a) {
            a.forEach(this::collect);
        }
    }

    /** Goes down at random; the deeper a container, the likelier the change is in it. */
    private JsonValue descend(JsonValue value) {
        if (value instanceof JsonObject o && !o.isEmpty() && random.nextInt(40) > 0) {
            int i = random.nextInt(o.size());
            // Large members are more than their share of the document.
            for (int tries = 0; tries < 4 && !isLarge(o.value(i)); tries++) {
                i = random.nextInt(o.size());
            }
            return o.with(o.key(i), descend(o.value(i)));
        }
        if (value instanceof JsonArray a && !a.isEmpty() && random.nextInt(40) > 0) {
            int i = random.nextInt(a.size());
            return a.with(i, descend(a.get(i)));
        }
        return change(value);
    }

    private static boolean isLarge(JsonValue value) {
        return value instanceof JsonObject o && o.size() > 2 || value instanceof JsonArray a && !a.isEmpty();
    }

    private JsonValue change(JsonValue value) {
        if (value instanceof JsonObject o) {
            return object(o);
        }
        if (value instanceof JsonArray a) {
            return list(a);
        }
        return switch (random.nextInt(12)) {
            case 0 -> JsonNull.NULL;
            case 1 -> new JsonNumber(Integer.toString(random.nextInt(100)));
            case 2 -> new JsonString(texts.isEmpty() ? "" : texts.get(random.nextInt(texts.size())));
            case 3 -> JsonBoolean.TRUE;
            case 4 -> new JsonString("2026-05-0" + (1 + random.nextInt(9)) + "T08:00:00.000Z");
            case 5 -> JsonObject.builder().put("note", "new").build();
            default ->
                value instanceof JsonString s
                        ? new JsonString(s.value() + (random.nextInt(4) == 0 ? "\nand @{more}" : " more"))
                        : new JsonString("text " + random.nextInt(9));
        };
    }

    private JsonValue object(JsonObject o) {
        return switch (random.nextInt(4)) {
            case 0 -> o.isEmpty() ? o : o.without(o.key(random.nextInt(o.size())));
            case 1 -> {
                List<String> keys = new ArrayList<>(o.keys());
                Collections.shuffle(keys, random);
                JsonObject.Builder shuffled = JsonObject.builder();
                keys.forEach(k -> shuffled.put(k, o.get(k).orElseThrow()));
                yield shuffled.build();
            }
            default -> o.with("note" + random.nextInt(3), new JsonString("noted"));
        };
    }

    private JsonValue list(JsonArray a) {
        List<JsonValue> items = new ArrayList<>(a.items());
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!items.isEmpty()) {
                    items.remove(random.nextInt(items.size()));
                }
            }
            case 1 -> Collections.shuffle(items, random);
            case 2 -> {
                if (!items.isEmpty()) {
                    items.add(items.get(random.nextInt(items.size())));
                }
            }
            default -> items.add(new JsonString("one more"));
        }
        return JsonArray.of(items);
    }
}
