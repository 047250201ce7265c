package dev.offshoot.format;

import java.util.Arrays;

/** Values that were read and whose array or object is not complete yet; those of the innermost one lie on top. */
final class ValueStack {
    private JsonValue[] values = new JsonValue[32];
    private int top;

    int top() {
        return top;
    }

    void push(JsonValue value) {
        if (top == values.length) {
            values = Arrays.copyOf(values, top * 2);
        }
        values[top++] = value;
    }

    /** Removes and answers everything from a height on. */
    JsonValue[] take(int base) {
        JsonValue[] taken = Arrays.copyOfRange(values, base, top);
        top = base;
        return taken;
    }
}
