package dev.offshoot.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Shares the equal short strings of one document, found by their bytes in it: exports repeat ids, kinds and colours thousands of
 * times. Direct-mapped: a newcomer replaces what sits in its slot, so the cost is constant and nobody can attack it.
 */
final class ByteStrings {
    private static final int LONGEST = 64;

    private final byte[] bytes;
    private final int shift;
    /** Hash and length of what a slot holds: nearly always enough to see that it is something else. */
    private final long[] tags;

    private final int[] starts;
    private final JsonValue[] values;

    ByteStrings(byte[] bytes) {
        this.bytes = bytes;
        // About one slot for 16 bytes of text, between 32 and 8,192 of them.
        int bits = Math.max(5, Math.min(13, 28 - Integer.numberOfLeadingZeros(bytes.length)));
        this.shift = 32 - bits;
        this.tags = new long[1 << bits];
        this.starts = new int[1 << bits];
        this.values = new JsonValue[1 << bits];
    }

    /** The text of a range, which must be valid UTF-8. */
    JsonString string(int from, int end) {
        int length = end - from;
        if (length > LONGEST) {
            return new JsonString(text(from, length));
        }
        int hash = Scan.hash(bytes, from, end);
        int slot = hash >>> shift;
        long tag = (long) hash << 32 | length;
        if (tags[slot] == tag && values[slot] instanceof JsonString known && same(slot, from, end)) {
            return known;
        }
        JsonString made = new JsonString(text(from, length));
        put(slot, tag, from, made);
        return made;
    }

    /** The number whose literal is a range. */
    JsonNumber number(int from, int end) {
        int length = end - from;
        if (length > LONGEST) {
            return new JsonNumber(text(from, length));
        }
        int hash = Scan.hash(bytes, from, end);
        int slot = hash >>> shift;
        long tag = (long) hash << 32 | length;
        if (tags[slot] == tag && values[slot] instanceof JsonNumber known && same(slot, from, end)) {
            return known;
        }
        JsonNumber made = new JsonNumber(text(from, length));
        put(slot, tag, from, made);
        return made;
    }

    private String text(int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private boolean same(int slot, int from, int end) {
        int start = starts[slot];
        starts[slot] =
                from; // if it is not the same, the caller puts it there; the near text is the one still in the cache
        return Arrays.equals(bytes, start, start + end - from, bytes, from, end);
    }

    private void put(int slot, long tag, int from, JsonValue value) {
        tags[slot] = tag;
        starts[slot] = from;
        values[slot] = value;
    }
}
