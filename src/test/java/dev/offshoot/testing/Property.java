package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Holds a claim against many generated values; a value that breaks it is made as small as possible before it is shown. */
public final class Property {
    private Property() {}

    /** @param claim throws when the value breaks it */
    public static void holds(long seed, int runs, Consumer<JsonValue> claim) {
        Gen gen = new Gen(seed);
        for (int run = 0; run < runs; run++) {
            check(gen.value(1 + gen.below(60)), claim, "seed " + seed + ", run " + run);
        }
    }

    /** Checks one value. */
    public static void check(JsonValue value, Consumer<JsonValue> claim, String label) {
        if (broken(claim, value) == null) {
            return;
        }
        JsonValue smallest = shrink(value, claim);
        throw new AssertionError(label + ": broken by " + show(smallest), broken(claim, smallest));
    }

    private static Throwable broken(Consumer<JsonValue> claim, JsonValue value) {
        try {
            claim.accept(value);
            return null;
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return e;
        }
    }

    private static JsonValue shrink(JsonValue value, Consumer<JsonValue> claim) {
        JsonValue smallest = value;
        for (int steps = 0; steps < 5_000; steps++) {
            JsonValue next = null;
            for (JsonValue candidate : smaller(smallest)) {
                if (broken(claim, candidate) != null) {
                    next = candidate;
                    break;
                }
            }
            if (next == null) {
                break;
            }
            smallest = next;
        }
        return smallest;
    }

    private static List<JsonValue> smaller(JsonValue value) {
        List<JsonValue> all = new ArrayList<>();
        if (value instanceof JsonObject o) {
            for (int i = 0; i < o.size(); i++) {
                String key = o.key(i);
                JsonValue member = o.value(i);
                all.add(member);
                all.add(o.without(Set.of(key)));
                smaller(member).forEach(v -> all.add(o.with(key, v)));
                for (String shorter : shorter(key)) {
                    if (!o.has(shorter)) {
                        all.add(o.without(Set.of(key)).with(shorter, member));
                    }
                }
            }
        } else if (value instanceof JsonArray a) {
            for (int i = 0; i < a.size(); i++) {
                List<JsonValue> rest = new ArrayList<>(a.items());
                all.add(rest.remove(i));
                all.add(JsonArray.of(rest));
                int at = i;
                smaller(a.get(i)).forEach(v -> all.add(a.with(at, v)));
            }
        } else if (value instanceof JsonString s) {
            shorter(s.value()).forEach(t -> all.add(new JsonString(t)));
        } else if (value != JsonNull.NULL) {
            all.add(JsonNull.NULL);
        }
        return all;
    }

    private static List<String> shorter(String text) {
        List<String> all = new ArrayList<>();
        int half = text.length() / 2;
        if (half > 0) {
            all.add(text.substring(0, half));
            all.add(text.substring(half));
        }
        for (int i = 0; i < Math.min(text.length(), 200); i++) {
            all.add(text.substring(0, i) + text.substring(i + 1));
            if (text.charAt(i) != 'a') {
                all.add(text.substring(0, i) + 'a' + text.substring(i + 1));
            }
        }
        return all;
    }

    /** JSON with everything escaped that is not plain ASCII. */
    public static String show(JsonValue value) {
        StringBuilder text = new StringBuilder();
        String plain = value.toString();
        plain.chars().forEach(c -> text.append(c >= ' ' && c < 0x7f ? "" + (char) c : String.format("\\u%04x", c)));
        return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text.toString();
    }
}
