package dev.offshoot.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the YAML that {@link YamlWriter} writes, and next to nothing else, at the speed of a JSON parser. At the first thing it does
 * not expect it gives up and {@link GeneralYaml} reads the text from the start. So it knows no errors and no line numbers; the one
 * promise it must keep is to never accept a text with another value than YAML 1.2 gives it.
 */
final class CanonicalYaml {
    private static final int LINEAR_KEYS = 16;

    private final byte[] in;
    private final int end;
    private final Limits limits;
    private final ByteStrings strings;
    private int at;
    /** Column of the first character of the line at {@link #at}, which has been skipped to; -1 at the end of the text. */
    private int column;

    private int count;
    private String[] keys = new String[32];
    private JsonValue[] values = new JsonValue[32];
    private int top;
    private byte[] scratch = new byte[0];

    private CanonicalYaml(byte[] in, Limits limits) {
        this.in = in;
        this.end = in.length;
        this.limits = limits;
        this.strings = new ByteStrings(in);
    }

    /** The value, or empty when the text is not (exactly) what we write, or breaks a limit. */
    static Optional<JsonValue> read(byte[] bytes, Limits limits) {
        if (bytes.length == 0 || bytes.length > limits.maxBytes() || bytes[bytes.length - 1] != '\n' || !clean(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CanonicalYaml(bytes, limits).document());
        } catch (Unexpected e) {
            return Optional.empty();
        }
    }

    /** Whether the bytes are UTF-8 and hold none of the characters from U+0080 on that we always escape. */
    private static boolean clean(byte[] in) {
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

    /** At the start of a line: skips its spaces. */
    private void toLine() {
        int i = at;
        if (i == end) {
            column = -1;
            return;
        }
        while (in[i] == ' ') { // the last byte is a line break
            i++;
        }
        column = i - at;
        at = i;
    }

    /**
     * A value that starts at the current place, in a column: the rest of a line, and the lines after it.
     *
     * @param item whether it is an item of a list, where a literal block may start
     */
    private JsonValue block(int indent, boolean item) {
        byte c = in[at];
        switch (c) {
            case '-':
                if (in[at + 1] == ' ') {
                    return sequence(indent);
                }
                return plainScalar();
            case '?':
                if (in[at + 1] == ' ') {
                    return mapping(indent, null);
                }
                throw Unexpected.HERE;
            case '|':
                if (!item) {
                    throw Unexpected.HERE;
                }
                return leaf(indent - 2);
            case '[', '{':
                return leaf(indent);
            case '\'', '"': {
                JsonString text = quoted(c);
                if (in[at] == ':') {
                    return mapping(indent, text.value());
                }
                lineEnd();
                counted();
                return text;
            }
            default:
                int stop = plainEnd();
                if (in[stop] == ':') {
                    String key = plainKey(stop);
                    return mapping(indent, key);
                }
                return plain(stop);
        }
    }

    private JsonValue mapping(int indent, String firstKey) {
        counted();
        if (indent / 2 >= limits.maxDepth()) { // every level of our texts is indented by two
            throw Unexpected.HERE;
        }
        int base = top;
        Set<String> seen = null;
        String key = firstKey == null ? key(indent) : firstKey;
        while (true) {
            int n = top - base;
            if (n == LINEAR_KEYS) {
                seen = new HashSet<>(Arrays.asList(keys).subList(base, top));
            }
            if (seen == null ? contains(key, base) : !seen.add(key)) {
                throw Unexpected.HERE;
            }
            push(key);
            int place = top - 1;
            JsonValue value = member(indent);
            values[place] = value;
            if (column != indent) {
                break;
            }
            key = key(indent);
        }
        if (column > indent) {
            throw Unexpected.HERE;
        }
        JsonObject object =
                JsonObject.adopt(Arrays.copyOfRange(keys, base, top), Arrays.copyOfRange(values, base, top));
        top = base;
        return object;
    }

    /** From the colon on: the value of a member, to the start of the next line. */
    private JsonValue member(int indent) {
        if (in[at] != ':') {
            throw Unexpected.HERE;
        }
        at++;
        byte c = in[at];
        if (c == ' ') {
            at++;
            return leaf(indent);
        }
        if (c != '\n') {
            throw Unexpected.HERE;
        }
        at++;
        toLine();
        if (column != indent + 2) {
            throw Unexpected.HERE;
        }
        // A scalar on a line of its own is fine for YAML, but nothing that we write.
        JsonValue value = block(column, false);
        if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
            throw Unexpected.HERE;
        }
        return value;
    }

    private JsonValue sequence(int indent) {
        counted();
        if (indent / 2 >= limits.maxDepth()) {
            throw Unexpected.HERE;
        }
        int base = top;
        do {
            if (in[at] != '-' || in[at + 1] != ' ') {
                throw Unexpected.HERE;
            }
            at += 2;
            JsonValue item = block(indent + 2, true);
            push(null);
            values[top - 1] = item;
        } while (column == indent);
        if (column > indent) {
            throw Unexpected.HERE;
        }
        JsonArray array = JsonArray.adopt(Arrays.copyOfRange(values, base, top));
        top = base;
        return array;
    }

    private String key(int indent) {
        byte c = in[at];
        if (c == '\'' || c == '"') {
            return quoted(c).value();
        }
        if (c == '?' && in[at + 1] == ' ') {
            at += 2;
            byte d = in[at];
            String key;
            if (d == '\'' || d == '"') {
                key = quoted(d).value();
            } else {
                int stop = plainEnd();
                if (in[stop] != '\n') {
                    throw Unexpected.HERE;
                }
                key = plainKey(stop);
            }
            lineEnd();
            if (column != indent) {
                throw Unexpected.HERE;
            }
            return key;
        }
        int stop = plainEnd();
        if (in[stop] != ':') {
            throw Unexpected.HERE;
        }
        return plainKey(stop);
    }

    /** What stands on the rest of the line: a scalar, an empty collection, or the head of a literal block. */
    private JsonValue leaf(int indent) {
        byte c = in[at];
        switch (c) {
            case '\'', '"': {
                JsonString text = quoted(c);
                lineEnd();
                counted();
                return text;
            }
            case '|':
                counted();
                return literal(indent + 2);
            case '{':
                empty('}');
                return JsonObject.EMPTY;
            case '[':
                empty(']');
                return JsonArray.EMPTY;
            default:
                return plainScalar();
        }
    }

    private void empty(char close) {
        if (in[at + 1] != close) {
            throw Unexpected.HERE;
        }
        at += 2;
        lineEnd();
        counted();
    }

    private void lineEnd() {
        if (in[at] != '\n') {
            throw Unexpected.HERE;
        }
        at++;
        toLine();
    }

    private JsonValue plainScalar() {
        int stop = plainEnd();
        if (in[stop] == ':') {
            throw Unexpected.HERE;
        }
        return plain(stop);
    }

    /** Where the plain text at the current place ends: at a line break, or at a colon that makes it a key. */
    private int plainEnd() {
        byte[] in = this.in;
        int i = at;
        while (true) {
            byte c = in[i];
            if (c == ':') {
                byte next = in[i + 1];
                if (next == ' ' || next == '\n') {
                    break;
                }
            } else if (c == '#') {
                if (i > at && in[i - 1] == ' ') {
                    throw Unexpected.HERE;
                }
            } else if (c < ' ' && c >= 0 || c == 0x7f) {
                if (c == '\n') {
                    break;
                }
                throw Unexpected.HERE;
            }
            i++;
        }
        if (i == at || in[i - 1] == ' ') {
            throw Unexpected.HERE;
        }
        return i;
    }

    private String plainKey(int stop) {
        if (YamlScalars.kindOfPlain(in, at, stop) != YamlScalars.STRING) {
            throw Unexpected.HERE;
        }
        String key = strings.get(at, stop).value();
        at = stop;
        return key;
    }

    private JsonValue plain(int stop) {
        JsonValue value = switch (YamlScalars.kindOfPlain(in, at, stop)) {
            case YamlScalars.STRING -> text(at, stop);
            case YamlScalars.NUMBER_LITERAL -> number(stop);
            case YamlScalars.TRUE -> JsonBoolean.TRUE;
            case YamlScalars.FALSE -> JsonBoolean.FALSE;
            case YamlScalars.NULL -> JsonNull.NULL;
            default -> throw Unexpected.HERE;
        };
        counted();
        at = stop;
        lineEnd();
        return value;
    }

    private JsonNumber number(int stop) {
        if (stop - at > limits.maxNumberLength()) {
            throw Unexpected.HERE;
        }
        return new JsonNumber(strings.get(at, stop).value());
    }

    private JsonString text(int from, int stop) {
        if (stop - from > limits.maxStringLength()) {
            throw Unexpected.HERE;
        }
        return strings.get(from, stop);
    }

    private JsonString quoted(byte quote) {
        int from = at + 1;
        int i = from;
        while (true) {
            byte c = in[i];
            if (c == quote) {
                break;
            }
            if (c < ' ' && c >= 0 || c == 0x7f) {
                throw Unexpected.HERE;
            }
            if (c == '\\' && quote == '"') {
                return escaped(from, i);
            }
            i++;
        }
        if (quote == '\'' && in[i + 1] == '\'') {
            return doubled(from, i);
        }
        at = i + 1;
        return text(from, i);
    }

    /** The rest of a single-quoted text, from the first quote in it that is written twice. */
    private JsonString doubled(int from, int firstQuote) {
        byte[] to = scratch(firstQuote - from + 64);
        int n = firstQuote - from;
        System.arraycopy(in, from, to, 0, n);
        int i = firstQuote;
        while (true) {
            byte c = in[i++];
            if (c == '\'') {
                if (in[i] != '\'') {
                    break;
                }
                i++;
            } else if (c < ' ' && c >= 0 || c == 0x7f) {
                throw Unexpected.HERE;
            }
            if (n == to.length) {
                to = scratch(n * 2);
            }
            to[n++] = c;
        }
        at = i;
        return made(new String(to, 0, n, StandardCharsets.UTF_8));
    }

    /** The rest of a double-quoted text, from its first escape. */
    private JsonString escaped(int from, int firstEscape) {
        String head = new String(in, from, firstEscape - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(head.length() + 64).append(head);
        int i = firstEscape;
        while (true) {
            byte c = in[i];
            if (c == '"') {
                break;
            }
            if (c < ' ' && c >= 0 || c == 0x7f) {
                throw Unexpected.HERE;
            }
            if (c != '\\') {
                int start = i;
                if (c > 0) {
                    text.append((char) c);
                    i++;
                } else {
                    while (in[i] < 0) {
                        i++;
                    }
                    text.append(new String(in, start, i - start, StandardCharsets.UTF_8));
                }
                continue;
            }
            switch (in[i + 1]) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case '"' -> text.append('"');
                case '\\' -> text.append('\\');
                case 'u' -> {
                    text.append(unicode(i + 2));
                    i += 4;
                }
                default -> throw Unexpected.HERE;
            }
            i += 2;
        }
        at = i + 1;
        return made(text.toString());
    }

    private char unicode(int from) {
        if (from + 4 >= end) {
            throw Unexpected.HERE;
        }
        int point = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = in[i] < 0 ? -1 : Character.digit(in[i], 16);
            if (digit < 0) {
                throw Unexpected.HERE;
            }
            point = point << 4 | digit;
        }
        return (char) point;
    }

    private JsonString made(String text) {
        if (text.length() > limits.maxStringLength()) {
            throw Unexpected.HERE;
        }
        return new JsonString(text);
    }

    /** A literal block; its head is at the current place, its lines are indented to a column. */
    private JsonString literal(int indent) {
        int i = at + 1;
        boolean explicit = in[i] == '2';
        if (explicit) {
            i++;
        }
        byte chomp = in[i];
        if (chomp == '-' || chomp == '+') {
            i++;
        }
        if (in[i] != '\n') {
            throw Unexpected.HERE;
        }
        i++;
        // Without an indicator the first line decides the column, so it must stand exactly there.
        if (!explicit && !startsAt(i, indent)) {
            throw Unexpected.HERE;
        }
        byte[] to = scratch(256);
        int n = 0;
        int breaks = 0; // line breaks at the end so far
        while (i < end) {
            int start = i;
            while (in[i] == ' ' && i - start < indent) {
                i++;
            }
            if (in[i] == '\n') {
                if (i > start) {
                    throw Unexpected.HERE; // blanks on an empty line
                }
            } else if (i - start < indent) {
                i = start;
                break;
            }
            int stop = i;
            while (in[stop] != '\n') {
                if (in[stop] < ' ' && in[stop] >= 0 && in[stop] != '\t' || in[stop] == 0x7f) {
                    throw Unexpected.HERE;
                }
                stop++;
            }
            int length = stop + 1 - i;
            if (n + length > to.length) {
                to = scratch(Math.max(n + length, to.length * 2));
            }
            System.arraycopy(in, i, to, n, length);
            n += length;
            breaks = length == 1 ? breaks + 1 : 1;
            i = stop + 1;
        }
        at = i;
        toLine();
        if (n == breaks || breaks > 1 != (chomp == '+')) {
            throw Unexpected.HERE;
        }
        return made(new String(to, 0, chomp == '-' ? n - 1 : n, StandardCharsets.UTF_8));
    }

    private boolean startsAt(int from, int indent) {
        if (from + indent >= end) {
            return false;
        }
        for (int i = from; i < from + indent; i++) {
            if (in[i] != ' ') {
                return false;
            }
        }
        byte first = in[from + indent];
        return first != ' ' && first != '\n' && first != '\t';
    }

    private byte[] scratch(int size) {
        if (scratch.length < size) {
            scratch = Arrays.copyOf(scratch, Math.max(size, 256));
        }
        return scratch;
    }

    private boolean contains(String key, int base) {
        for (int i = base; i < top; i++) {
            if (keys[i].equals(key)) {
                return true;
            }
        }
        return false;
    }

    private void push(String key) {
        if (top == values.length) {
            keys = Arrays.copyOf(keys, top * 2);
            values = Arrays.copyOf(values, top * 2);
        }
        keys[top] = key;
        values[top++] = JsonNull.NULL;
    }

    private void counted() {
        if (++count > limits.maxValues()) {
            throw Unexpected.HERE;
        }
    }

    /** Something that our writer does not write. Never leaves this class. */
    private static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Unexpected HERE = new Unexpected();

        private Unexpected() {
            super(null, null, false, false);
        }
    }
}
