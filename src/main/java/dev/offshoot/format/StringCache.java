package dev.offshoot.format;

/**
 * Shares equal short strings and numbers of one document: exports repeat their ids, kinds and colours thousands of times. A
 * direct-mapped table: a newcomer replaces what sits in its slot, so the cost is constant and nobody can attack it.
 */
final class StringCache {
    private static final int LONGEST = 40;
    private static final int SLOTS = 1 << 10;

    private final JsonString[] strings = new JsonString[SLOTS];
    private final JsonNumber[] numbers = new JsonNumber[SLOTS];

    JsonString string(char[] chars, int offset, int length) {
        if (length > LONGEST) {
            return new JsonString(new String(chars, offset, length));
        }
        int slot = slot(chars, offset, length);
        JsonString known = strings[slot];
        if (known != null && same(known.value(), chars, offset, length)) {
            return known;
        }
        return strings[slot] = new JsonString(new String(chars, offset, length));
    }

    JsonNumber number(char[] chars, int offset, int length) {
        if (length > LONGEST) {
            return new JsonNumber(new String(chars, offset, length));
        }
        int slot = slot(chars, offset, length);
        JsonNumber known = numbers[slot];
        if (known != null && same(known.literal(), chars, offset, length)) {
            return known;
        }
        return numbers[slot] = new JsonNumber(new String(chars, offset, length));
    }

    private static int slot(char[] chars, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + chars[i];
        }
        hash *= 0x9e3779b9;
        return hash >>> 22;
    }

    private static boolean same(String text, char[] chars, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
