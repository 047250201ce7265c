package dev.offshoot.format;

import java.util.Optional;

/**
 * Reads the YAML that {@link YamlWriter} writes, and next to nothing else, at the speed of a JSON parser. At the first thing it does
 * not expect it gives up and {@link GeneralYaml} reads the text from the start. So it knows no errors and no line numbers; the one
 * promise it must keep is to never accept a text with another value than YAML 1.2 gives it.
 */
final class CanonicalYaml {
    private final byte[] in;
    private final Limits limits;
    private final Symbols symbols;
    private final CanonicalScalars scalars;
    private final ValueStack stack = new ValueStack();
    private int at;
    /** How far the line at {@link #at} is indented, its blanks being skipped; -1 at the end of the text. */
    private int column;

    private int count;

    private CanonicalYaml(byte[] in, Limits limits, Symbols symbols) {
        this.in = in;
        this.limits = limits;
        this.symbols = symbols;
        this.scalars = new CanonicalScalars(in, limits);
    }

    /** The value, or empty when the text is not (exactly) what we write, or breaks a limit. */
    static Optional<JsonValue> read(byte[] bytes, Limits limits, Symbols symbols) {
        int length = bytes.length;
        if (length == 0 || length > limits.maxBytes() || bytes[length - 1] != '\n' || !isClean(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CanonicalYaml(bytes, limits, symbols).document());
        } catch (Unexpected e) {
            return Optional.empty();
        }
    }

    /** Whether the bytes are UTF-8 and hold none of the characters from U+0080 on that we always escape. */
    static boolean isClean(byte[] in) {
        int end = in.length;
        int i = Utf8.skipAscii(in, 0, end);
        while (i < end) {
            int length = Utf8.sequenceLength(in, i, end);
            if (length == 0) {
                return false;
            }
            if (length == 2) {
                if (in[i] == (byte) 0xc2 && (in[i + 1] & 0xff) < 0xa0) {
                    return false;
                }
            } else if (length == 3) {
                char c = (char) ((in[i] & 0xf) << 12 | (in[i + 1] & 0x3f) << 6 | in[i + 2] & 0x3f);
                if (!YamlScalars.printable(c)) {
                    return false;
                }
            }
            i += length;
            if (i < end && in[i] >= 0) {
                i = Utf8.skipAscii(in, i, end);
            }
        }
        return true;
    }

    private JsonValue document() {
        toLine();
        if (column != 0) {
            throw Unexpected.HERE;
        }
        JsonValue value = block(0, false);
        if (column >= 0) {
            throw Unexpected.HERE;
        }
        return value;
    }

    /** At the start of a line: skips its blanks. */
    private void toLine() {
        int i = at;
        if (i == in.length) {
            column = -1;
            return;
        }
        while (in[i] == ' ') { // the last byte is a line break
            i++;
        }
        column = i - at;
        at = i;
    }

    private void lineEnd() {
        if (in[at] != '\n') {
            throw Unexpected.HERE;
        }
        at++;
        toLine();
    }

    /**
     * A value that starts at the current place, in a column: the rest of a line, and the lines after it.
     *
     * @param item whether it is an item of a list, where a literal block may start
     */
    private JsonValue block(int indent, boolean item) {
        Shape shape = follow(symbols.yaml());
        if (shape != null) {
            return mapping(indent);
        }
        int from = at;
        byte c = in[at];
        switch (c) {
            case '-':
                return in[at + 1] == ' ' ? sequence(indent) : leaf(indent);
            case '?':
                return mapping(indent);
            case '|':
                if (!item) {
                    throw Unexpected.HERE;
                }
                return leaf(indent - 2);
            case '[', '{':
                return leaf(indent);
            case '\'', '"':
                at = scalars.skipQuoted(at);
                break;
            default:
                at = scalars.plainEnd(at);
        }
        boolean key = in[at] == ':';
        at = from;
        return key ? mapping(indent) : leaf(indent);
    }

    /** The shape of an object that has the key at the current place; null when the key must be read first. */
    private Shape follow(Shape shape) {
        Shape next = shape.follow(in, at);
        if (next != null) {
            byte after = in[
                    at + next.tokenLength()]; // there is one: the token ends with a colon, the text with a line break
            if (after == ' ' || after == '\n') {
                return next;
            }
        }
        return null;
    }

    private JsonValue mapping(int indent) {
        check(indent);
        int base = stack.top();
        Shape shape = symbols.yaml();
        PlainKeys plain = null;
        do {
            Shape next = shape == null ? null : follow(shape);
            if (next != null) {
                at += next.tokenLength();
                shape = next;
            } else {
                int from = at;
                String key = symbols.shared(key(indent));
                if (shape != null) {
                    boolean learned = in[from] != '?' && !shape.has(key);
                    next = learned ? symbols.learn(shape, in, from, at, key) : null;
                    plain = next == null ? new PlainKeys(shape.keys()) : null;
                    shape = next;
                }
                if (shape == null && !plain.add(key)) {
                    throw Unexpected.HERE;
                }
            }
            stack.push(member(indent));
        } while (column == indent);
        if (column > indent) {
            throw Unexpected.HERE;
        }
        return JsonObject.adopt(shape == null ? plain.toArray() : shape.keys(), stack.take(base));
    }

    /** A key and its colon. */
    private String key(int indent) {
        boolean explicit = in[at] == '?';
        if (explicit) {
            if (in[at + 1] != ' ') {
                throw Unexpected.HERE;
            }
            at += 2;
        }
        String key = scalars.key(at);
        at = scalars.end();
        if (explicit) {
            lineEnd();
            if (column != indent) {
                throw Unexpected.HERE;
            }
        }
        if (in[at] != ':') {
            throw Unexpected.HERE;
        }
        at++;
        return key;
    }

    /** What follows the colon of a member, to the start of the next line. */
    private JsonValue member(int indent) {
        byte c = in[at];
        if (c == ' ') {
            at++;
            return leaf(indent);
        }
        lineEnd();
        if (column != indent + 2) {
            throw Unexpected.HERE;
        }
        JsonValue value = block(column, false);
        // A scalar on a line of its own is fine for YAML, but nothing that we write.
        if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
            throw Unexpected.HERE;
        }
        return value;
    }

    private JsonValue sequence(int indent) {
        check(indent);
        int base = stack.top();
        do {
            if (in[at] != '-' || in[at + 1] != ' ') {
                throw Unexpected.HERE;
            }
            at += 2;
            stack.push(block(indent + 2, true));
        } while (column == indent);
        if (column > indent) {
            throw Unexpected.HERE;
        }
        return JsonArray.adopt(stack.take(base));
    }

    /** What stands on the rest of the line: a scalar, an empty collection, or the head of a literal block. */
    private JsonValue leaf(int indent) {
        counted();
        byte c = in[at];
        if (c == '|') {
            JsonValue text = scalars.literal(at, indent + 2);
            at = scalars.end();
            toLine();
            return text;
        }
        JsonValue value;
        if (c == '{' || c == '[') {
            if (in[at + 1] != (c == '{' ? '}' : ']')) {
                throw Unexpected.HERE;
            }
            at += 2;
            value = c == '{' ? JsonObject.EMPTY : JsonArray.EMPTY;
        } else {
            value = scalars.scalar(at);
            at = scalars.end();
        }
        lineEnd();
        return value;
    }

    /** Counts a collection and checks its depth, which shows by its indentation: two blanks a level. */
    private void check(int indent) {
        counted();
        if (indent / 2 >= limits.maxDepth()) {
            throw Unexpected.HERE;
        }
    }

    private void counted() {
        if (++count > limits.maxValues()) {
            throw Unexpected.HERE;
        }
    }

    /** Something that our writer does not write. */
    static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Unexpected HERE = new Unexpected();

        private Unexpected() {
            super(null, null, false, false);
        }
    }
}
