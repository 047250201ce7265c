package dev.offshoot.format;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads JSON (RFC 8259) strictly: UTF-8 only (a byte order mark is accepted), one value, no duplicate keys, no comments or
 * other extensions. Numbers keep their literal text, strings their lone surrogates.
 *
 * <p>Refuses with {@link Reason#MALFORMED_JSON}, {@link Reason#DUPLICATE_KEY}, {@link Reason#LIMIT_EXCEEDED} or
 * {@link Reason#BODY_TOO_LARGE}; the place is a JSON pointer, and the message names line and column.
 */
public final class JsonReader {
    private static final JsonFactory FACTORY = factory();
    private static final int LINEAR_KEYS = 16;

    private final JsonParser parser;
    private final Limits limits;
    private final StringCache strings = new StringCache();
    private String[] keys = new String[64];
    private JsonValue[] values = new JsonValue[64];
    private int top;
    private int count;

    private JsonReader(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    private static JsonFactory factory() {
        // Jackson's own limits are opened: ours are checked here, so that each refusal names our limit.
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                // A body that is not JSON at all may be anything, a password file too: quote little of it.
                .errorReportConfiguration(ErrorReportConfiguration.builder()
                        .maxErrorTokenLength(16)
                        .maxRawContentLength(0)
                        .build())
                .build();
    }

    public static JsonValue read(byte[] bytes) {
        return read(bytes, Limits.DEFAULT);
    }

    public static JsonValue read(byte[] bytes, Limits limits) {
        limits.checkBytes(bytes.length, "");
        int start = startsWithMark(bytes) ? 3 : 0;
        checkEncoding(bytes, start);
        try (JsonParser parser = FACTORY.createParser(bytes, start, bytes.length - start)) {
            return new JsonReader(parser, limits).document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a stream to its end, at most one byte past the limit; does not close it.
     *
     * @throws IOException when the stream fails, never for bad content
     */
    public static JsonValue read(InputStream in, Limits limits) throws IOException {
        byte[] bytes = in.readNBytes(limits.maxBytes());
        if (bytes.length == limits.maxBytes() && in.read() >= 0) {
            throw limits.tooLarge("");
        }
        return read(bytes, limits);
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    private static void checkEncoding(byte[] bytes, int start) {
        int bad = Utf8.firstInvalid(bytes, start, bytes.length);
        // UTF-16 and UTF-32 show by zero bytes among the first four; Jackson would read them, other readers would not.
        for (int i = start; i < Math.min(bytes.length, start + 4) && bad < 0; i++) {
            bad = bytes[i] == 0 ? i : -1;
        }
        if (bad >= 0) {
            int line = 1;
            int column = 1;
            for (int i = start; i < bad; i++) {
                boolean newLine = bytes[i] == '\n';
                line += newLine ? 1 : 0;
                column = newLine ? 1 : column + 1;
            }
            throw Failure.of(
                    Reason.MALFORMED_JSON,
                    "",
                    "not UTF-8 text (line " + line + ", byte " + column + " of it)",
                    "save the document as UTF-8");
        }
    }

    private JsonValue document() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw Failure.of(Reason.MALFORMED_JSON, "", "the text is empty", "send one JSON value");
            }
            JsonValue value = value(token, 0);
            if (parser.nextToken() != null) {
                throw Failure.of(
                        Reason.MALFORMED_JSON, "", "something follows after the end of the document" + place(), "");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new Failure(
                    new Problem(
                            Reason.MALFORMED_JSON, pointer(), "not valid JSON: " + e.getOriginalMessage() + place, ""),
                    e);
        }
    }

    private JsonValue value(JsonToken token, int depth) throws IOException {
        if (++count > limits.maxValues()) {
            throw limits.tooMany(pointer());
        }
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("token " + token);
        };
    }

    private JsonValue string() throws IOException {
        char[] chars = parser.getTextCharacters();
        int length = parser.getTextLength();
        if (length > limits.maxStringLength()) {
            throw limits.stringTooLong(pointer());
        }
        return strings.string(chars, parser.getTextOffset(), length);
    }

    private JsonValue number() throws IOException {
        char[] chars = parser.getTextCharacters();
        int length = parser.getTextLength();
        if (length > limits.maxNumberLength()) {
            throw limits.numberTooLong(pointer());
        }
        return strings.number(chars, parser.getTextOffset(), length);
    }

    private JsonValue array(int depth) throws IOException {
        checkDepth(depth);
        int base = top;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            JsonValue item = value(token, depth);
            push(null, item);
        }
        JsonArray array = JsonArray.adopt(Arrays.copyOfRange(values, base, top));
        top = base;
        return array;
    }

    private JsonValue object(int depth) throws IOException {
        checkDepth(depth);
        int base = top;
        Set<String> seen = null;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (key.length() > limits.maxStringLength()) {
                throw limits.stringTooLong(pointer());
            }
            int n = top - base;
            if (n == LINEAR_KEYS) {
                seen = new HashSet<>(Arrays.asList(keys).subList(base, top));
            }
            if (seen == null ? contains(key, base) : !seen.add(key)) {
                throw Failure.of(
                        Reason.DUPLICATE_KEY,
                        pointer(),
                        "the object has this key twice" + place(),
                        "remove one of the two members");
            }
            push(key, JsonNull.NULL); // holds the place while the value, which uses the same stack, is read
            int at = top - 1;
            JsonValue value = value(parser.nextToken(), depth);
            values[at] = value;
        }
        JsonObject object =
                JsonObject.adopt(Arrays.copyOfRange(keys, base, top), Arrays.copyOfRange(values, base, top));
        top = base;
        return object;
    }

    private boolean contains(String key, int base) {
        for (int i = base; i < top; i++) {
            // Mostly the same instance, as the parser shares names; the rest differ in length or hash.
            if (keys[i] == key || keys[i].equals(key)) {
                return true;
            }
        }
        return false;
    }

    private void push(String key, JsonValue value) {
        if (top == values.length) {
            keys = Arrays.copyOf(keys, top * 2);
            values = Arrays.copyOf(values, top * 2);
        }
        keys[top] = key;
        values[top++] = value;
    }

    private void checkDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw limits.tooDeep("");
        }
    }

    private String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private String place() {
        JsonLocation at = parser.currentTokenLocation();
        return " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
