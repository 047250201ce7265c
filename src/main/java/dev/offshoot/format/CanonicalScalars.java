package dev.offshoot.format;

import dev.offshoot.format.CanonicalYaml.Unexpected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Scalars as {@link YamlWriter} writes them, for {@link CanonicalYaml}. Each method reads from a place on and leaves the place
 * after it in {@link #end}. The text must end with a line break and be clean UTF-8.
 */
final class CanonicalScalars {
    private final byte[] in;
    private final Limits limits;
    private final ByteStrings strings;
    private Unescaper unescaper;
    private byte[] block;
    private int end;

    CanonicalScalars(byte[] in, Limits limits) {
        this.in = in;
        this.limits = limits;
        this.strings = new ByteStrings(in);
    }

    int end() {
        return end;
    }

    /** A value on one line. */
    JsonValue scalar(int from) {
        byte c = in[from];
        if (c == '\'' || c == '"') {
            return quoted(from);
        }
        int stop = plainEnd(from);
        if (in[stop] == ':') {
            throw Unexpected.HERE;
        }
        return plain(from, stop);
    }

    /** A value inside {@code { }} or {@code [ ]}. */
    JsonValue flowScalar(int from) {
        byte c = in[from];
        return c == '\'' || c == '"' ? quoted(from) : plain(from, flowPlainEnd(from, false));
    }

    private JsonValue plain(int from, int stop) {
        end = stop;
        return switch (YamlScalars.kindOfPlain(in, from, stop)) {
            case YamlScalars.STRING -> text(from, stop);
            case YamlScalars.NUMBER_LITERAL -> number(from, stop);
            case YamlScalars.TRUE -> JsonBoolean.TRUE;
            case YamlScalars.FALSE -> JsonBoolean.FALSE;
            case YamlScalars.NULL -> JsonNull.NULL;
            default -> throw Unexpected.HERE;
        };
    }

    String key(int from) {
        byte c = in[from];
        if (c == '\'' || c == '"') {
            return quoted(from).value();
        }
        return plainKey(from, plainEnd(from));
    }

    /**
     * A key inside {@code { }}.
     *
     * @param explicit whether a blank stands between the key and its colon
     */
    String flowKey(int from, boolean explicit) {
        byte c = in[from];
        return c == '\'' || c == '"' ? quoted(from).value() : plainKey(from, flowPlainEnd(from, explicit));
    }

    private String plainKey(int from, int stop) {
        if (YamlScalars.kindOfPlain(in, from, stop) != YamlScalars.STRING || stop - from > limits.maxStringLength()) {
            throw Unexpected.HERE;
        }
        end = stop;
        return new String(in, from, stop - from, StandardCharsets.UTF_8);
    }

    /** Where plain text ends: at a line break, or at a colon that makes it a key. */
    int plainEnd(int from) {
        int i = from;
        while (true) {
            i = Scan.plain(in, i);
            byte c = in[i];
            if (c == '\n') {
                break;
            }
            if (c == ':') {
                byte next = in[i + 1];
                if (next == ' ' || next == '\n') {
                    break;
                }
            } else if (c != '#' || i > from && in[i - 1] == ' ') {
                throw Unexpected.HERE;
            }
            i++;
        }
        if (i == from || in[i - 1] == ' ') {
            throw Unexpected.HERE;
        }
        return i;
    }

    /** Where plain text in flow style ends; stricter than YAML, as we quote what holds one of these characters inside. */
    private int flowPlainEnd(int from, boolean blankAfter) {
        int i = from;
        while (in[i] < 0 || YamlScalars.isFlowText(in[i]) || in[i] == '#' && i > from && in[i - 1] != ' ') {
            i++;
        }
        if (blankAfter && in[i - 1] == ' ') {
            i--;
        }
        if (i <= from || in[i - 1] == ' ') {
            throw Unexpected.HERE;
        }
        return i;
    }

    private JsonNumber number(int from, int stop) {
        if (stop - from > limits.maxNumberLength()) {
            throw Unexpected.HERE;
        }
        return strings.number(from, stop);
    }

    private JsonString text(int from, int stop) {
        if (stop - from > limits.maxStringLength()) {
            throw Unexpected.HERE;
        }
        return strings.string(from, stop);
    }

    /** The place after a text in quotes. */
    int skipQuoted(int from) {
        quoted(from);
        return end;
    }

    private JsonString quoted(int from) {
        byte quote = in[from];
        int stop = Scan.quoted(in, from + 1, quote);
        if (quote == '"') {
            if (in[stop] == '\\') {
                return escaped(from + 1);
            }
        } else {
            while (in[stop] == '\\') {
                stop = Scan.quoted(in, stop + 1, quote);
            }
            if (in[stop] == quote && in[stop + 1] == quote) {
                return doubled(from + 1, stop);
            }
        }
        if (in[stop] != quote) {
            throw Unexpected.HERE;
        }
        end = stop + 1;
        return text(from + 1, stop);
    }

    /** The text in single quotes, which has one in it, written twice. */
    private JsonString doubled(int from, int firstQuote) {
        int stop = firstQuote + 2;
        while (true) {
            stop = Scan.quoted(in, stop, (byte) '\'');
            if (in[stop] == '\'') {
                if (in[stop + 1] != '\'') {
                    break;
                }
                stop++;
            } else if (in[stop] != '\\') {
                throw Unexpected.HERE;
            }
            stop++;
        }
        byte[] to = new byte[stop - from];
        int n = 0;
        for (int i = from; i < stop; i++) {
            to[n++] = in[i];
            if (in[i] == '\'') {
                i++;
            }
        }
        end = stop + 1;
        return made(new String(to, 0, n, StandardCharsets.UTF_8));
    }

    private JsonString escaped(int from) {
        if (unescaper == null) {
            unescaper = new Unescaper(in, false);
        }
        String text = unescaper.decode(from);
        if (text == null) {
            throw Unexpected.HERE;
        }
        end = unescaper.end();
        return made(text);
    }

    private JsonString made(String text) {
        if (text.length() > limits.maxStringLength()) {
            throw Unexpected.HERE;
        }
        return new JsonString(text);
    }

    /** A literal block, from its head on; its lines are indented to a column. */
    JsonString literal(int from, int indent) {
        int i = from + 1;
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
        if (block == null) {
            block = new byte[512];
        }
        int n = 0;
        int breaks = 0; // line breaks at the end so far
        while (i < in.length) {
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
            int stop = Scan.line(in, i);
            while (in[stop] == '\t') {
                stop = Scan.line(in, stop + 1);
            }
            if (in[stop] != '\n') {
                throw Unexpected.HERE;
            }
            int length = stop + 1 - i;
            if (n + length > block.length) {
                block = Arrays.copyOf(block, Math.max(n + length, block.length * 2));
            }
            System.arraycopy(in, i, block, n, length);
            n += length;
            breaks = length == 1 ? breaks + 1 : 1;
            i = stop + 1;
        }
        if (n == breaks || breaks > 1 != (chomp == '+')) {
            throw Unexpected.HERE;
        }
        end = i;
        return made(new String(block, 0, chomp == '-' ? n - 1 : n, StandardCharsets.UTF_8));
    }

    private boolean startsAt(int from, int indent) {
        if (from + indent >= in.length) {
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
}
