package dev.offshoot.service;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Where two JSON values differ. */
final class Differences {
    private final int most;
    private final List<Difference> found = new ArrayList<>();

    /** One place, as a JSON pointer, and what happens there. */
    record Difference(String pointer, String what) {}

    private Differences(int most) {
        this.most = most;
    }

    /** The first places, in document order, at most so many; empty when the values are equal. */
    static List<Difference> between(JsonValue expected, JsonValue actual, int most) {
        if (expected.equals(actual)) {
            return List.of();
        }
        Differences differences = new Differences(most);
        differences.compare(expected, actual, "");
        return differences.found;
    }

    private void compare(JsonValue a, JsonValue b, String at) {
        if (found.size() >= most || a.equals(b)) {
            return;
        }
        if (a instanceof JsonObject x && b instanceof JsonObject y) {
            x.forEach((key, value) -> y.get(key)
                    .ifPresentOrElse(
                            other -> compare(value, other, at + "/" + escape(key)),
                            () -> add(at + "/" + escape(key), "would be lost")));
            y.keys().stream().filter(key -> !x.has(key)).forEach(key -> add(at + "/" + escape(key), "would appear"));
        } else if (a instanceof JsonArray x && b instanceof JsonArray y && x.size() == y.size()) {
            for (int i = 0; i < x.size(); i++) {
                compare(x.get(i), y.get(i), at + "/" + i);
            }
        } else {
            add(at, "would change");
        }
    }

    private void add(String pointer, String what) {
        if (found.size() < most) {
            found.add(new Difference(pointer, what));
        }
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
