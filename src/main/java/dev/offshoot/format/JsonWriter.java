package dev.offshoot.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes JSON as UTF-8, members in the order the value has. Two forms: compact, and pretty with two spaces, which is byte for
 * byte what JavaScript's {@code JSON.stringify(value, null, 2)} gives (number literals apart, which are kept). Neither ends
 * with a line break. Lone surrogates are written as escapes.
 */
public final class JsonWriter {
    static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /** Per ASCII character: 0 as it is, a letter for a short escape, 'u' for a long one. */
    private static final byte[] ESCAPES = escapes();

    /** Items of a long list that one thread writes in a row. */
    private static final int PART = 64;

    /** Parts that are written before they go to the stream: the list need not be in memory twice. */
    private static final int AT_ONCE = 8;

    private final Utf8Buffer out;
    private final boolean pretty;
    /** Where full pieces go at once; without one they stay. */
    private final Optional<Target> target;

    private final List<Place> places = new ArrayList<>();

    /** @param target long lists are written on all cores where there is one */
    private JsonWriter(Utf8Buffer out, boolean pretty, Optional<Target> target) {
        this.out = out;
        this.pretty = pretty;
        this.target = target;
    }

    /** Gets a text piece by piece; the arrays are its to keep. */
    public interface Target {
        void take(byte[] bytes, int length) throws IOException;
    }

    /**
     * Where a numbered object was written.
     *
     * @param at position of its first byte
     * @param length in bytes
     * @param depth how many containers are around it
     */
    public record Place(int number, long at, int length, int depth) {}

    private static byte[] escapes() {
        byte[] table = new byte[128];
        for (int c = 0; c < 0x20; c++) {
            table[c] = 'u';
        }
        table['\b'] = 'b';
        table['\t'] = 't';
        table['\n'] = 'n';
        table['\f'] = 'f';
        table['\r'] = 'r';
        table['"'] = '"';
        table['\\'] = '\\';
        return table;
    }

    public static byte[] compact(JsonValue value) {
        return toBytes(value, false);
    }

    public static byte[] pretty(JsonValue value) {
        return toBytes(value, true);
    }

    /** Writes in pieces of some 64 KB; neither flushes nor closes. */
    public static void compact(JsonValue value, OutputStream target) throws IOException {
        toStream(value, target, false);
    }

    /** Writes in pieces of some 64 KB; neither flushes nor closes. */
    public static void pretty(JsonValue value, OutputStream target) throws IOException {
        toStream(value, target, true);
    }

    /** The same; tells where each {@linkplain JsonObject#numbered numbered} object was written, in order: one that stands in several places, several times. */
    public static List<Place> pretty(JsonValue value, Target target) throws IOException {
        JsonWriter writer = new JsonWriter(Utf8Buffer.inPieces(), true, Optional.of(target));
        writer.value(value, 0);
        writer.out.finish(target);
        return writer.places;
    }

    /** An object in the pretty form that it has so deep in a document: to be put in its place. */
    public static byte[] pretty(JsonObject object, int depth) {
        Utf8Buffer out = new Utf8Buffer(1024);
        try {
            new JsonWriter(out, true, Optional.empty()).object(object, depth);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream that could fail
        }
        return out.toBytes();
    }

    private static byte[] toBytes(JsonValue value, boolean pretty) {
        Utf8Buffer out = new Utf8Buffer(1024);
        try {
            new JsonWriter(out, pretty, Optional.empty()).value(value, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream that could fail
        }
        return out.toBytes();
    }

    private static void toStream(JsonValue value, OutputStream target, boolean pretty) throws IOException {
        Target stream = (bytes, length) -> target.write(bytes, 0, length);
        JsonWriter writer = new JsonWriter(Utf8Buffer.inPieces(), pretty, Optional.of(stream));
        writer.value(value, 0);
        writer.out.finish(stream);
    }

    private void drain() throws IOException {
        if (target.isPresent() && out.hasPieces()) {
            out.drain(target.get());
        }
    }

    private void value(JsonValue value, int depth) throws IOException {
        if (value instanceof JsonString s) {
            string(s.value());
        } else if (value instanceof JsonObject o) {
            if (o.number() == 0) {
                object(o, depth);
            } else {
                long from = out.position();
                object(o, depth);
                places.add(new Place(o.number(), from, (int) (out.position() - from), depth));
            }
        } else if (value instanceof JsonNumber n) {
            out.ascii(n.literal());
        } else if (value instanceof JsonArray a) {
            array(a, depth);
        } else if (value instanceof JsonBoolean b) {
            out.ascii(b.value() ? "true" : "false");
        } else {
            out.ascii("null");
        }
    }

    private void object(JsonObject object, int depth) throws IOException {
        int size = object.size();
        out.put('{');
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.put(',');
            }
            lineBreak(depth + 1);
            string(object.key(i));
            out.put(':');
            if (pretty) {
                out.put(' ');
            }
            value(object.value(i), depth + 1);
            drain();
        }
        if (size > 0) {
            lineBreak(depth);
        }
        out.put('}');
    }

    private void array(JsonArray array, int depth) throws IOException {
        int size = array.size();
        out.put('[');
        if (target.isPresent() && size > 2 * PART) {
            inParts(array, depth);
        } else {
            items(array, 0, size, depth);
        }
        if (size > 0) {
            lineBreak(depth);
        }
        out.put(']');
    }

    private void items(JsonArray array, int from, int to, int depth) throws IOException {
        for (int i = from; i < to; i++) {
            if (i > 0) {
                out.put(',');
            }
            lineBreak(depth + 1);
            value(array.get(i), depth + 1);
            drain();
        }
    }

    private void inParts(JsonArray array, int depth) throws IOException {
        int count = (array.size() + PART - 1) / PART;
        for (int first = 0; first < count; first += AT_ONCE) {
            List<JsonWriter> parts = IntStream.range(first, Math.min(first + AT_ONCE, count))
                    .parallel()
                    .mapToObj(part -> part(array, part * PART, depth))
                    .toList();
            for (JsonWriter part : parts) {
                long from = out.position();
                part.places.forEach(p -> places.add(new Place(p.number(), from + p.at(), p.length(), p.depth())));
                out.append(part.out);
            }
            drain();
        }
    }

    private JsonWriter part(JsonArray array, int from, int depth) {
        JsonWriter part = new JsonWriter(Utf8Buffer.inPieces(), pretty, Optional.empty());
        try {
            part.items(array, from, Math.min(from + PART, array.size()), depth);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream that could fail
        }
        return part;
    }

    private void lineBreak(int depth) {
        if (pretty) {
            out.put('\n');
            out.spaces(depth * 2);
        }
    }

    private void string(String text) {
        int length = out.load(text);
        char[] chars = out.chars;
        out.room(length * 3 + 2);
        byte[] to = out.bytes;
        int n = out.size;
        to[n++] = '"';
        int i = 0;
        while (i < length) {
            char c = chars[i];
            if (c >= 0x80 || ESCAPES[c] != 0) {
                break;
            }
            to[n++] = (byte) c;
            i++;
        }
        out.size = n;
        if (i < length) {
            rest(chars, i, length);
        }
        out.put('"');
    }

    /** From the first character on that is not plain ASCII. */
    private void rest(char[] chars, int from, int length) {
        for (int i = from; i < length; i++) {
            char c = chars[i];
            if (c < 0x80) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    out.put(c);
                } else if (escape == 'u') {
                    out.unicodeEscape(c, HEX);
                } else {
                    out.put('\\');
                    out.put((char) escape);
                }
            } else if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(chars[i + 1])) {
                    out.room(4);
                    out.encode(chars, i, i + 1);
                    i++;
                } else {
                    out.unicodeEscape(c, HEX);
                }
            } else {
                out.room(3);
                out.encode(chars, i, i + 1);
            }
        }
    }
}
