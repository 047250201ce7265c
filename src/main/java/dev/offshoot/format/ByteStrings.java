package dev.offshoot.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Shares the equal short strings of one document, found by their bytes in it. Direct-mapped: a newcomer replaces what sits in its
 * slot, so the cost is constant and nobody can attack it.
 */
final class ByteStrings {
    private static final int LONGEST = 64;

    private final byte[] bytes;
    private final int shift;
    private final int[] starts;
    private final int[] lengths;
    private final JsonString[] strings;

    ByteStrings(byte[] bytes) {
        this.bytes = bytes;
        // About one slot for 16 bytes of text, between 32 and 2,048 of them.
        int bits = Math.max(5, Math.min(11, 28 - Integer.numberOfLeadingZeros(bytes.length)));
        this.shift = 32 - bits;
        this.starts = new int[1 << bits];
        this.lengths = new int[1 << bits];
        this.strings = new JsonString[1 << bits];
    }

    /** The text of a range, which must be valid UTF-8. */
    JsonString get(int from, int end) {
        int length = end - from;
        if (length > LONGEST) {
            return new JsonString(new String(bytes, from, length, StandardCharsets.UTF_8));
        }
        int hash = length;
        for (int i = from; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = hash * 0x9e3779b9 >>> shift;
        JsonString known = strings[slot];
        if (known != null
                && lengths[slot] == length
                && Arrays.equals(bytes, starts[slot], starts[slot] + length, bytes, from, end)) {
            return known;
        }
        starts[slot] = from;
        lengths[slot] = length;
        return strings[slot] = new JsonString(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
}
