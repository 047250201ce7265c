package dev.offshoot.format;

import java.util.HashMap;
import java.util.Map;

/**
 * The keys, and the sequences of keys in objects, that were read so far. Reading many files of one kind with one of these is faster,
 * and their values share strings and key lists in memory. Grows to a fixed size and then learns nothing more. Not thread-safe.
 */
public final class Symbols {
    private static final int MOST_TEXTS = 8_192;
    private static final int MOST_SHAPES = 16_384;

    private final Map<String, String> texts = new HashMap<>();
    private final Shape yaml = new Shape();
    private final Shape flow = new Shape();
    private final Shape json = new Shape();
    private int shapes;

    /** The one string used for all equal keys, as far as they are known. */
    String shared(String text) {
        String known = texts.get(text);
        if (known == null) {
            known = text;
            if (texts.size() < MOST_TEXTS) {
                texts.put(text, text);
            }
        }
        return known;
    }

    /** The empty object; its descendants are found by keys as YAML writes them in block style. */
    Shape yaml() {
        return yaml;
    }

    /** The empty object; its descendants are found by keys as YAML writes them in flow style. */
    Shape flow() {
        return flow;
    }

    /** The empty object; its descendants are found by keys as JSON writes them. */
    Shape json() {
        return json;
    }

    /** The shape with one more key, learned now; null when it is not worth it. The key must be new to the shape. */
    Shape learn(Shape shape, byte[] in, int from, int end, String key) {
        if (shapes == MOST_SHAPES || shape.isFull()) {
            return null;
        }
        shapes++;
        return shape.add(in, from, end, key);
    }
}
