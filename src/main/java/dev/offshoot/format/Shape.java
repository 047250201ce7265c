package dev.offshoot.format;

import java.util.Arrays;

/**
 * The keys of an object in the order read, as a path from the empty object: one step for each key. Most objects of a document follow
 * paths of earlier ones, and then reading a key is one comparison of bytes, no string is made, nothing needs a check for duplicates,
 * and all objects of a shape share one list of keys.
 */
final class Shape {
    private static final int MOST_KEYS = 32;
    private static final int MOST_CHILDREN = 8;

    private final Shape parent;
    private final byte[] token;
    private final String key;
    private final int size;
    private Shape firstChild;
    private Shape nextSibling;
    private Shape latest;
    private int children;
    private String[] keys;

    /** The empty object. */
    Shape() {
        this(null, new byte[0], "", 0);
    }

    private Shape(Shape parent, byte[] token, String key, int size) {
        this.parent = parent;
        this.token = token;
        this.key = key;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Bytes of the last key as written, with quotes in JSON, with quotes if any and the colon in YAML. */
    int tokenLength() {
        return token.length;
    }

    String key() {
        return key;
    }

    boolean isFull() {
        return size == MOST_KEYS || children == MOST_CHILDREN;
    }

    boolean has(String other) {
        for (Shape s = this; s.parent != null; s = s.parent) {
            if (s.key.equals(other)) {
                return true;
            }
        }
        return false;
    }

    /** The keys; not to be changed. */
    String[] keys() {
        if (keys == null) {
            String[] all = new String[size];
            for (Shape s = this; s.parent != null; s = s.parent) {
                all[s.size - 1] = s.key;
            }
            keys = all;
        }
        return keys;
    }

    /** The child whose key stands at a place; null when there is none. */
    Shape follow(byte[] in, int at) {
        Shape guess = latest;
        if (guess != null && guess.stands(in, at)) {
            return guess;
        }
        for (Shape s = firstChild; s != null; s = s.nextSibling) {
            if (s != guess && s.stands(in, at)) {
                latest = s;
                return s;
            }
        }
        return null;
    }

    private boolean stands(byte[] in, int at) {
        int end = at + token.length;
        return end <= in.length && Arrays.equals(token, 0, token.length, in, at, end);
    }

    Shape add(byte[] in, int from, int end, String newKey) {
        Shape child = new Shape(this, Arrays.copyOfRange(in, from, end), newKey, size + 1);
        child.nextSibling = firstChild;
        firstChild = child;
        latest = child;
        children++;
        return child;
    }
}
