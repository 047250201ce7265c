package dev.offshoot.format;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads any YAML document that means a JSON value: what people write by hand. A library finds structure and scalars; what a scalar
 * means is decided here, see {@link YamlReader}.
 */
final class GeneralYaml {
    // The library's own limits are opened: ours are checked here, so that each refusal names our limit.
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    private static final Set<String> DEFAULT_TAGS = Set.of("!", "!!");
    private final Parser parser;
    private final Limits limits;
    private final String where;
    private int count;

    private GeneralYaml(Parser parser, Limits limits, String where) {
        this.parser = parser;
        this.limits = limits;
        this.where = where;
    }

    static JsonValue read(byte[] bytes, String where, Limits limits) {
        return parse(bytes, where, limits, GeneralYaml::document);
    }

    /** The members of a mapping; a key may stand there several times. */
    static List<YamlLine> lines(byte[] bytes, String where, Limits limits) {
        return parse(bytes, where, limits, GeneralYaml::lines);
    }

    /** The line on which each value of a document begins, or the key of a member. */
    static Map<String, Integer> places(byte[] bytes, String where, Limits limits) {
        return parse(bytes, where, limits, yaml -> {
            Map<String, Integer> lines = new HashMap<>();
            if (!(yaml.start() instanceof StreamEndEvent)) {
                yaml.places(yaml.parser.next(), "", lines);
            }
            return lines;
        });
    }

    private void places(Event event, String pointer, Map<String, Integer> lines) {
        lines.putIfAbsent(
                pointer, event.getStartMark().map(m -> m.getLine() + 1).orElse(1));
        if (event instanceof SequenceStartEvent) {
            int i = 0;
            for (Event e = parser.next(); !(e instanceof SequenceEndEvent); e = parser.next()) {
                places(e, pointer + "/" + i++, lines);
            }
        } else if (event instanceof MappingStartEvent) {
            for (Event e = parser.next(); !(e instanceof MappingEndEvent); e = parser.next()) {
                String member = pointer + "/" + key(e).replace("~", "~0").replace("/", "~1");
                lines.putIfAbsent(
                        member, e.getStartMark().map(m -> m.getLine() + 1).orElse(1));
                places(parser.next(), member, lines);
            }
        }
    }

    private static <T> T parse(byte[] bytes, String where, Limits limits, Function<GeneralYaml, T> work) {
        limits.checkBytes(bytes.length, where);
        String text = decode(bytes, where);
        try {
            Parser parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
            return work.apply(new GeneralYaml(parser, limits, where));
        } catch (MarkedYamlEngineException e) {
            throw new Failure(
                    new Problem(
                            Reason.MALFORMED_YAML,
                            place(where, e.getProblemMark().or(e::getContextMark)),
                            "not valid YAML: " + e.getProblem(),
                            "check quotes, colons and indentation on this line and the one before"),
                    e);
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The library lets some bad escapes through to the JDK.
            throw new Failure(new Problem(Reason.MALFORMED_YAML, where, "not valid YAML", ""), e);
        }
    }

    private static String decode(byte[] bytes, String where) {
        boolean mark =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        int start = mark ? 3 : 0;
        int bad = Utf8.firstInvalid(bytes, start, bytes.length);
        if (bad >= 0) {
            String before = new String(bytes, start, bad - start, StandardCharsets.UTF_8);
            throw Failure.of(
                    Reason.MALFORMED_YAML,
                    place(where, before, before.length()),
                    "not UTF-8 text",
                    "save the file as UTF-8");
        }
        String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // U+0085 is a character to YAML 1.2, but the library skips it in places: refuse rather than lose it.
            boolean fine = c < 0x7f
                    ? c >= ' ' || c == '\n' || c == '\r' || c == '\t'
                    : YamlScalars.printable(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029';
            if (!fine) {
                String code = String.format("%04X", (int) c);
                throw Failure.of(
                        Reason.MALFORMED_YAML,
                        place(where, text, i),
                        "the character U+" + code + " may not stand here as it is",
                        "write it as \\u" + code + " in double quotes");
            }
        }
        return text;
    }

    private JsonValue document() {
        Event start = start();
        if (start instanceof StreamEndEvent) {
            throw malformed(start, "the file is empty", "write a value, {} for an empty object");
        }
        JsonValue value = value(parser.next(), 0);
        end();
        return value;
    }

    private List<YamlLine> lines() {
        List<YamlLine> lines = new ArrayList<>();
        if (start() instanceof StreamEndEvent) {
            return lines;
        }
        Event top = parser.next();
        checkProperties(top);
        if (!(top instanceof MappingStartEvent)) {
            throw malformed(top, "every line must be a key, a colon and a value", "");
        }
        for (Event e = parser.next(); !(e instanceof MappingEndEvent); e = parser.next()) {
            String key = key(e);
            lines.add(new YamlLine(e.getStartMark().orElseThrow().getLine() + 1, key, value(parser.next(), 1)));
        }
        end();
        return lines;
    }

    /** The start of the document, or the end of the stream when there is none. */
    private Event start() {
        parser.next(); // the start of the stream
        Event start = parser.next();
        if (start instanceof DocumentStartEvent document
                && (document.getSpecVersion().filter(v -> v.getMinor() != 2).isPresent()
                        || document.getTags().keySet().stream().anyMatch(handle -> !DEFAULT_TAGS.contains(handle)))) {
            throw malformed(start, "YAML directives are not accepted", "remove the line that starts with %");
        }
        return start;
    }

    private void end() {
        parser.next(); // the end of the document
        Event next = parser.next();
        if (!(next instanceof StreamEndEvent)) {
            throw malformed(next, "a second document starts here", "keep one document in the file");
        }
    }

    private JsonValue value(Event event, int depth) {
        if (++count > limits.maxValues()) {
            throw new Failure(limits.tooMany(place(event)));
        }
        if (event instanceof AliasEvent) {
            throw malformed(event, "aliases (*name) are not accepted", "write the value out, or quote the text");
        }
        checkProperties(event);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (depth == limits.maxDepth()) {
            throw new Failure(limits.tooDeep(place(event)));
        }
        if (event instanceof SequenceStartEvent) {
            List<JsonValue> items = new ArrayList<>();
            for (Event e = parser.next(); !(e instanceof SequenceEndEvent); e = parser.next()) {
                items.add(value(e, depth + 1));
            }
            return JsonArray.of(items);
        }
        return mapping(depth);
    }

    private JsonValue mapping(int depth) {
        List<String> keys = new ArrayList<>();
        List<JsonValue> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Event e = parser.next(); !(e instanceof MappingEndEvent); e = parser.next()) {
            String key = key(e);
            if (!seen.add(key)) {
                throw Failure.of(
                        Reason.DUPLICATE_KEY,
                        place(e),
                        "the key " + quote(key) + " stands twice in one object",
                        "remove one of the two");
            }
            keys.add(key);
            values.add(value(parser.next(), depth + 1));
        }
        return JsonObject.adopt(keys.toArray(new String[0]), values.toArray(new JsonValue[0]));
    }

    private String key(Event e) {
        if (e instanceof AliasEvent) {
            throw malformed(e, "aliases (*name) are not accepted", "quote the key");
        }
        checkProperties(e);
        if (!(e instanceof ScalarEvent scalar)) {
            throw malformed(e, "a key must be a text", "quote the key when it holds brackets");
        }
        String key = checked(scalar);
        if (scalar.isPlain() && key.equals("<<")) {
            throw malformed(e, "merge keys (<<) are not accepted", "write the members out, or quote the key");
        }
        return key;
    }

    private void checkProperties(Event event) {
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw malformed(event, "anchors (&name) are not accepted", "write the value out, or quote the text");
        }
        if (event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                || event instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent()) {
            throw malformed(event, "tags (!name) are not accepted", "remove the tag, or quote the text");
        }
    }

    private String checked(ScalarEvent scalar) {
        if (scalar.getValue().length() > limits.maxStringLength()) {
            throw new Failure(limits.stringTooLong(place(scalar)));
        }
        return scalar.getValue();
    }

    private JsonValue scalar(ScalarEvent scalar) {
        String text = checked(scalar);
        if (!scalar.isPlain()) {
            return new JsonString(text);
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> JsonNull.NULL;
            case "true", "True", "TRUE" -> JsonBoolean.TRUE;
            case "false", "False", "FALSE" -> JsonBoolean.FALSE;
            default -> numberOrText(scalar, text);
        };
    }

    private JsonValue numberOrText(ScalarEvent scalar, String text) {
        switch (CoreNumbers.kind(text)) {
            case JSON -> {
                if (text.length() > limits.maxNumberLength()) {
                    throw new Failure(limits.numberTooLong(place(scalar)));
                }
                return new JsonNumber(text);
            }
            case YAML_ONLY ->
                throw malformed(
                        scalar,
                        quote(text) + " is a number to YAML, but not one that JSON can write",
                        "write it as a decimal number, or in quotes when it is meant as text");
            default -> {
                return new JsonString(text);
            }
        }
    }

    private static String quote(String text) {
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
    }

    private Failure malformed(Event event, String message, String hint) {
        return Failure.of(Reason.MALFORMED_YAML, place(event), message, hint);
    }

    private String place(Event event) {
        return place(where, event.getStartMark());
    }

    private static String place(String where, Optional<Mark> mark) {
        return mark.map(m -> where + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                .orElse(where);
    }

    private static String place(String where, String text, int index) {
        int line = 1
                + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
        return where + ":" + line + ":" + (index - text.lastIndexOf('\n', index - 1));
    }
}
