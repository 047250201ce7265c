package dev.offshoot.format;

import java.util.List;
import java.util.Map;

/**
 * Reads a YAML document that means a JSON value. What {@link YamlWriter} wrote is read by a fast parser; anything else, as people
 * write it (comments, flow style, other quotes and indentation, CRLF), by a YAML library.
 *
 * <p>Bare words mean what YAML 1.2 says: {@code true}, {@code false}, {@code null} (also capitalised, {@code ~} and nothing at all)
 * have a meaning; {@code no}, {@code on}, {@code y}, {@code 1_000}, {@code 12:30} and dates are texts. A bare number that JSON cannot
 * write ({@code 0x1F}, {@code 0o7}, {@code +1}, {@code .5}, {@code 1.}, {@code 007}, {@code .inf}) is refused, as no reading of it
 * would be safe. Keys are texts whatever they look like. Anchors, aliases, tags, merge keys, directives and further documents are
 * refused, duplicate keys too.
 *
 * <p>Refuses with {@link dev.offshoot.model.Reason#MALFORMED_YAML}, {@code DUPLICATE_KEY}, {@code LIMIT_EXCEEDED} or
 * {@code BODY_TOO_LARGE}; the place is {@code where:line:column}.
 */
public final class YamlReader {
    private YamlReader() {}

    /**
     * @param where name of the file, for messages
     */
    public static JsonValue read(byte[] bytes, String where) {
        return read(bytes, where, Limits.DEFAULT);
    }

    public static JsonValue read(byte[] bytes, String where, Limits limits) {
        return read(bytes, where, limits, new Symbols());
    }

    /**
     * @param symbols shared by many reads of similar files; the calls must come from one thread at a time
     */
    public static JsonValue read(byte[] bytes, String where, Limits limits, Symbols symbols) {
        return CanonicalYaml.read(LineBreaks.unix(bytes), limits, symbols)
                .orElseGet(() -> GeneralYaml.read(bytes, where, limits));
    }

    /**
     * Reads a line file: a YAML mapping whose keys may stand there several times (as after a union merge), in the order of the
     * file. People may break its lines and comment them; nothing but comments is an empty list.
     */
    public static List<YamlLine> lines(byte[] bytes, String where) {
        return lines(bytes, where, Limits.DEFAULT, new Symbols());
    }

    /**
     * @param symbols shared by many reads of similar files; the calls must come from one thread at a time
     */
    public static List<YamlLine> lines(byte[] bytes, String where, Limits limits, Symbols symbols) {
        return CanonicalLines.read(LineBreaks.unix(bytes), limits, symbols)
                .orElseGet(() -> GeneralYaml.lines(bytes, where, limits));
    }

    /** The line on which each value of a document begins, by its JSON pointer: for messages about a document that was read before. */
    public static Map<String, Integer> places(byte[] bytes, String where) {
        return GeneralYaml.places(bytes, where, Limits.DEFAULT);
    }
}
