package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Compares documents and says where they differ, where an assertion would print both. */
public final class SameJson {
    private static final int MOST = 10;

    private SameJson() {}

    /** The first places that differ, each with what was expected and what is there; empty for equal values. */
    public static List<String> differences(JsonValue expected, JsonValue actual) {
        List<String> found = new ArrayList<>();
        compare(expected, actual, "", found);
        return found;
    }

    private static void compare(JsonValue a, JsonValue b, String at, List<String> found) {
        if (found.size() >= MOST || a.equals(b)) {
            return;
        }
        if (a instanceof JsonObject x && b instanceof JsonObject y) {
            for (String key : x.keys()) {
                y.get(key)
                        .ifPresentOrElse(
                                other -> compare(x.get(key).orElseThrow(), other, at + "/" + key, found),
                                () -> found.add(at + "/" + key + " is lost"));
            }
            y.keys().stream().filter(key -> !x.has(key)).forEach(key -> found.add(at + "/" + key + " appeared"));
        } else if (a instanceof JsonArray x && b instanceof JsonArray y && x.size() == y.size()) {
            for (int i = 0; i < x.size(); i++) {
                compare(x.get(i), y.get(i), at + "/" + i, found);
            }
        } else {
            found.add(at + ": " + shortened(a) + " became " + shortened(b));
        }
    }

    private static String shortened(JsonValue value) {
        String text = value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
