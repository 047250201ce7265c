package dev.offshoot.format;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads JSON (RFC 8259) strictly: UTF-8 only (a byte order mark is accepted), one value, no duplicate keys, no comments or
 * other extensions. Numbers keep their literal text, strings and keys their lone surrogates.
 *
 * <p>Refuses with {@link Reason#MALFORMED_JSON}, {@link Reason#DUPLICATE_KEY}, {@link Reason#LIMIT_EXCEEDED} or
 * {@link Reason#BODY_TOO_LARGE}; the place is a JSON pointer, and the message names line and column.
 */
public final class JsonReader {
    private JsonReader() {}

    public static JsonValue read(byte[] bytes) {
        return read(bytes, Limits.DEFAULT);
    }

    public static JsonValue read(byte[] bytes, Limits limits) {
        return read(bytes, limits, new Symbols());
    }

    /**
     * @param symbols shared by many reads of similar texts; the calls must come from one thread at a time
     */
    public static JsonValue read(byte[] bytes, Limits limits, Symbols symbols) {
        return text(bytes, limits, symbols).document();
    }

    /**
     * The same, but of several members with one key the last counts.
     *
     * @param repeated is told of each of the others that do not
     */
    public static JsonValue readLast(byte[] bytes, Limits limits, Consumer<Problem> repeated) {
        return text(bytes, limits, new Symbols()).lastOfRepeated(repeated);
    }

    private static JsonText text(byte[] bytes, Limits limits, Symbols symbols) {
        limits.checkBytes(bytes.length, "");
        int start = Utf8.startsWithMark(bytes) ? 3 : 0;
        if (bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4) {
            throw Failure.of(
                    Reason.MALFORMED_JSON,
                    "",
                    "a zip archive, not JSON",
                    "send it to where archives are taken, or unpack it and send the documents");
        }
        int bad = Utf8.firstInvalid(bytes, start, bytes.length);
        if (bad >= 0) {
            long line = 1
                    + new String(bytes, start, bad - start, StandardCharsets.UTF_8)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            throw Failure.of(
                    Reason.MALFORMED_JSON, "", "not UTF-8 text (line " + line + ")", "save the document as UTF-8");
        }
        return new JsonText(bytes, start, limits, symbols);
    }

    /**
     * Reads a stream to its end, at most one byte past the limit; does not close it.
     *
     * @throws IOException when the stream fails, never for bad content
     */
    public static JsonValue read(InputStream in, Limits limits) throws IOException {
        byte[] bytes = in.readNBytes(limits.maxBytes());
        if (bytes.length == limits.maxBytes() && in.read() >= 0) {
            throw new Failure(limits.tooLarge(""));
        }
        return read(bytes, limits);
    }
}
