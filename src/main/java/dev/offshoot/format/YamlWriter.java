package dev.offshoot.format;

import java.nio.charset.StandardCharsets;

/**
 * Writes canonical YAML: for each value exactly one text. Block style, two spaces, LF, a final line break, members in
 * {@link CanonicalOrder}, lists indented under their key. No anchors, aliases, tags, comments or folding.
 *
 * <p>Strings are bare where no reader of YAML 1.1 or 1.2 could take them for something else; texts of several lines are literal
 * blocks where that is exact; else in single quotes, and in double quotes only where an escape is needed. Numbers stand by their
 * literal. A key whose written form is longer than YAML's limit for simple keys stands after {@code ? }.
 *
 * <p>Everything reads back equal in any YAML library, but for one thing: a lone surrogate is written as {@code "\uD800"}, which
 * only {@link YamlReader} restores.
 */
public final class YamlWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    /** YAML allows 1,024 characters in a key without {@code ? }; counted here in bytes, with room to spare. */
    static final int LONGEST_SIMPLE_KEY = 1_000;

    private static final int KEY_BITS = 6;

    private final Utf8Buffer out;
    /** Keys written before and where: most come again, and copying is faster than looking at them again. */
    private final String[] keys = new String[1 << KEY_BITS];

    private final int[] keyStarts = new int[1 << KEY_BITS];
    private final int[] keyLengths = new int[1 << KEY_BITS];

    private YamlWriter(Utf8Buffer out) {
        this.out = out;
    }

    public static byte[] write(JsonValue value) {
        YamlWriter writer = new YamlWriter(new Utf8Buffer(1024));
        if (value instanceof JsonObject o && !o.isEmpty()) {
            writer.members(o, 0);
        } else if (value instanceof JsonArray a && !a.isEmpty()) {
            writer.items(a, 0);
        } else {
            writer.inline(value, false);
            writer.out.put('\n');
        }
        return writer.out.toBytes();
    }

    /** The value on one line, in flow style, without a line break; members stay in the order the value has. */
    public static String flow(JsonValue value) {
        YamlWriter writer = new YamlWriter(new Utf8Buffer(256));
        writer.flowValue(value);
        return writer.text();
    }

    /** A line of a line file, without its line break: the key, then the value in flow style. */
    public static String line(String key, JsonValue value) {
        YamlWriter writer = new YamlWriter(new Utf8Buffer(256));
        writer.string(key, false);
        writer.out.ascii(": ");
        writer.flowValue(value);
        return writer.text();
    }

    private String text() {
        return new String(out.bytes, 0, out.size, StandardCharsets.UTF_8);
    }

    private void members(JsonObject object, int indent) {
        int[] order = CanonicalOrder.order(object);
        for (int i = 0; i < object.size(); i++) {
            if (i > 0) {
                out.spaces(indent);
            }
            int at = order == null ? i : order[i];
            key(object.key(at), indent);
            JsonValue value = object.value(at);
            if (value instanceof JsonObject o && !o.isEmpty()) {
                out.put('\n');
                out.spaces(indent + 2);
                members(o, indent + 2);
            } else if (value instanceof JsonArray a && !a.isEmpty()) {
                out.put('\n');
                out.spaces(indent + 2);
                items(a, indent + 2);
            } else {
                out.put(' ');
                leaf(value, indent);
            }
        }
    }

    private void items(JsonArray array, int indent) {
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.spaces(indent);
            }
            out.put('-');
            out.put(' ');
            JsonValue value = array.get(i);
            if (value instanceof JsonObject o && !o.isEmpty()) {
                members(o, indent + 2);
            } else if (value instanceof JsonArray a && !a.isEmpty()) {
                items(a, indent + 2);
            } else {
                leaf(value, indent);
            }
        }
    }

    private void key(String key, int indent) {
        int slot = key.hashCode() * 0x9e3779b9 >>> 32 - KEY_BITS;
        int length = keyLengths[slot];
        if (length > 0 && key.equals(keys[slot])) {
            out.room(length);
            System.arraycopy(out.bytes, keyStarts[slot], out.bytes, out.size, length);
            out.size += length;
            return;
        }
        int start = out.size;
        string(key, false);
        if (out.size - start > LONGEST_SIMPLE_KEY) {
            explicit(start);
            out.put('\n');
            out.spaces(indent);
            out.put(':');
            return;
        }
        out.put(':');
        keys[slot] = key;
        keyStarts[slot] = start;
        keyLengths[slot] = out.size - start;
    }

    /** Puts the mark of an explicit key before what was written since {@code start}. */
    private void explicit(int start) {
        out.room(2);
        System.arraycopy(out.bytes, start, out.bytes, start + 2, out.size - start);
        out.bytes[start] = '?';
        out.bytes[start + 1] = ' ';
        out.size += 2;
    }

    private void leaf(JsonValue value, int indent) {
        if (value instanceof JsonString s) {
            int length = out.load(s.value());
            int style = YamlScalars.style(out.chars, length, false);
            if (style == YamlScalars.DOUBLE && YamlScalars.literal(out.chars, length)) {
                literal(length, indent + 2);
                return;
            }
            string(length, style);
        } else {
            inline(value, false);
        }
        out.put('\n');
    }

    /** A scalar or an empty collection. */
    private void inline(JsonValue value, boolean flow) {
        if (value instanceof JsonString s) {
            string(s.value(), flow);
        } else if (value instanceof JsonNumber n) {
            out.ascii(n.literal());
        } else if (value instanceof JsonBoolean b) {
            out.ascii(b.value() ? "true" : "false");
        } else if (value instanceof JsonNull) {
            out.ascii("null");
        } else {
            out.ascii(value instanceof JsonObject ? "{}" : "[]");
        }
    }

    private void flowValue(JsonValue value) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            for (int i = 0; i < o.size(); i++) {
                out.ascii(i == 0 ? "{" : ", ");
                int start = out.size;
                string(o.key(i), true);
                if (out.size - start > LONGEST_SIMPLE_KEY) {
                    explicit(start);
                    out.put(' ');
                }
                out.ascii(": ");
                flowValue(o.value(i));
            }
            out.put('}');
        } else if (value instanceof JsonArray a && !a.isEmpty()) {
            for (int i = 0; i < a.size(); i++) {
                out.ascii(i == 0 ? "[" : ", ");
                flowValue(a.get(i));
            }
            out.put(']');
        } else {
            inline(value, true);
        }
    }

    private void string(String text, boolean flow) {
        int length = out.load(text);
        string(length, YamlScalars.style(out.chars, length, flow));
    }

    /** Writes the loaded characters in a style. */
    private void string(int length, int style) {
        if (style == YamlScalars.PLAIN) {
            out.room(length * 3);
            out.encode(out.chars, 0, length);
        } else if (style == YamlScalars.SINGLE) {
            singleQuoted(length);
        } else {
            doubleQuoted(length);
        }
    }

    private void singleQuoted(int length) {
        char[] chars = out.chars;
        out.put('\'');
        int done = 0;
        for (int i = 0; i < length; i++) {
            if (chars[i] == '\'') {
                out.room((i + 1 - done) * 3 + 1);
                out.encode(chars, done, i + 1);
                done = i; // the quote once more
            }
        }
        out.room((length - done) * 3 + 1);
        out.encode(chars, done, length);
        out.put('\'');
    }

    private void doubleQuoted(int length) {
        char[] chars = out.chars;
        out.put('"');
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            out.room(4);
            if (c >= 0x80) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(chars[i + 1])) {
                    out.encode(chars, i, i + 1);
                    i++;
                } else if (YamlScalars.printable(c)) {
                    out.encode(chars, i, i + 1);
                } else {
                    out.unicodeEscape(c, HEX);
                }
                continue;
            }
            switch (c) {
                case '"' -> escape('"');
                case '\\' -> escape('\\');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                case '\t' -> escape('t');
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.unicodeEscape(c, HEX);
                    } else {
                        out.bytes[out.size++] = (byte) c;
                    }
                }
            }
        }
        out.put('"');
    }

    private void escape(char letter) {
        out.bytes[out.size++] = '\\';
        out.bytes[out.size++] = (byte) letter;
    }

    /** The loaded characters as a literal block, line by line. */
    private void literal(int length, int indent) {
        char[] chars = out.chars;
        out.put('|');
        if (chars[0] == ' ' || chars[0] == '\n' || chars[0] == '\t') {
            out.put('2');
        }
        boolean open = chars[length - 1] != '\n';
        if (open) {
            out.put('-');
        } else if (chars[length - 2] == '\n') {
            out.put('+');
        }
        out.put('\n');
        int i = 0;
        while (i < length) {
            int end = i;
            while (end < length && chars[end] != '\n') {
                end++;
            }
            if (end > i) {
                out.spaces(indent);
                out.room((end - i) * 3 + 1);
                out.encode(chars, i, end);
            }
            out.put('\n');
            i = end + 1;
        }
    }
}
