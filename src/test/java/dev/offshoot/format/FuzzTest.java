package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.offshoot.model.Failure;
import dev.offshoot.testing.Gen;
import dev.offshoot.testing.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes that nobody meant as JSON or YAML, and valid texts with a few bytes changed: a value or a refusal, nothing else. */
class FuzzTest {
    private static final List<String> SPICE = List.of(
            "\"", "'", "\\", "\n", "\r", "\r\n", " ", "  ", "\t", ":", ": ", "#", " #", "- ", "-", "? ", "{", "}", "[",
            "]", ",", "|", "|-\n", ">", "&a", "*a", "!", "%", "@", "`", "---", "...", "<<", "~", "0", "1", "e", ".",
            "_", "null", "no", "\\u", "\\ud800", "\u0085", "\u2028", "\ufeff", "\u0000", "\u007f", "é", "😀");
    private static final Limits SMALL = new Limits(100_000, 100, 20_000, 50_000, 1_000);

    private final JsonMapper jackson = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    FuzzTest() {
        jackson.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(10_000).build());
    }

    @Test
    void readersSurviveRandomBytes() {
        Gen gen = new Gen(1);
        for (int run = 0; run < 15_000; run++) {
            byte[] bytes = new byte[gen.below(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (gen.chance(80) ? gen.below(0x80) : gen.below(0x100));
            }
            json(bytes);
            yaml(bytes);
        }
    }

    @Test
    void jsonReaderSurvivesChangedTextsAndAgreesWithJackson() throws IOException {
        Gen gen = new Gen(2);
        int accepted = 0;
        int runs = 20_000;
        for (int run = 0; run < runs; run++) {
            JsonValue value = gen.value(1 + gen.below(20));
            byte[] text = mutated(gen, gen.chance(50) ? JsonWriter.compact(value) : JsonWriter.pretty(value));
            Optional<JsonValue> ours = json(text);
            accepted += ours.isPresent() ? 1 : 0;
            // Left out is what Jackson takes otherwise: bytes it guesses to be UTF-16, broken UTF-8, lone surrogates in
            // keys.
            boolean guessed = text.length < 4 || text[0] == 0 || text[1] == 0 || text[2] == 0 || text[3] == 0;
            if (!guessed
                    && Utf8.firstInvalid(text, 0, text.length) < 0
                    && !new String(text, StandardCharsets.UTF_8).contains("\\ud")) {
                assertThat(ours).as("%s", show(text)).isEqualTo(viaJackson(text));
            }
        }
        assertThat(accepted).isBetween(runs / 10, runs - runs / 10);
    }

    @Test
    void yamlReadersSurviveChangedTextsAndAgree() {
        Gen gen = new Gen(3);
        int accepted = 0;
        int canonical = 0;
        int runs = 30_000;
        for (int run = 0; run < runs; run++) {
            byte[] text = mutated(gen, YamlWriter.write(gen.value(1 + gen.below(20))));
            boolean[] found = yaml(text);
            accepted += found[0] ? 1 : 0;
            canonical += found[1] ? 1 : 0;
        }
        assertThat(accepted).isBetween(runs / 10, runs - runs / 10);
        assertThat(canonical).isBetween(runs / 20, accepted - runs / 100);
    }

    @Test
    void lineReadersSurviveChangedTextsAndAgree() {
        Gen gen = new Gen(4);
        for (int run = 0; run < 15_000; run++) {
            StringBuilder file = new StringBuilder();
            for (int i = gen.below(4); i >= 0; i--) {
                file.append(YamlWriter.line(gen.string(), gen.value(8))).append('\n');
            }
            byte[] text = mutated(gen, file.toString().getBytes(StandardCharsets.UTF_8));
            Optional<List<YamlLine>> fast = CanonicalLines.read(text, SMALL, new Symbols());
            Optional<List<YamlLine>> general = attempt(() -> GeneralYaml.lines(text, "f", SMALL));
            if (fast.isPresent() && !hasLongKey(text)) {
                assertThat(general).as("%s", show(text)).isEqualTo(fast);
            }
        }
    }

    private static boolean hasLongKey(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().anyMatch(line -> line.length() > 1_000);
    }

    private static Optional<JsonValue> json(byte[] text) {
        return attempt(() -> JsonReader.read(text, SMALL));
    }

    /** Whether the text was accepted, and whether the fast reader did it. What that one accepts, the other reads the same. */
    private static boolean[] yaml(byte[] text) {
        Optional<JsonValue> fast = CanonicalYaml.read(LineBreaks.unix(text), SMALL, new Symbols());
        Optional<JsonValue> general = attempt(() -> GeneralYaml.read(text, "f", SMALL));
        if (fast.isPresent()) {
            assertThat(general).as("%s", show(text)).isEqualTo(fast);
        }
        return new boolean[] {general.isPresent(), fast.isPresent()};
    }

    private static <T> Optional<T> attempt(java.util.function.Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (Failure e) {
            assertThat(e.problems()).isNotEmpty();
            return Optional.empty();
        }
    }

    /** The text with up to four places changed: bytes replaced, removed, repeated, or something spicy put in. */
    private static byte[] mutated(Gen gen, byte[] original) {
        byte[] text = original;
        for (int i = gen.below(5); i > 0; i--) {
            int from = gen.below(text.length + 1);
            int to = Math.min(text.length, from + gen.below(4));
            byte[] middle = switch (gen.below(5)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) gen.below(0x100)};
                case 2 -> Arrays.copyOfRange(text, from, Math.min(text.length, from + gen.below(12)));
                default -> gen.pick(SPICE).getBytes(StandardCharsets.UTF_8);
            };
            byte[] next = new byte[from + middle.length + text.length - to];
            System.arraycopy(text, 0, next, 0, from);
            System.arraycopy(middle, 0, next, from, middle.length);
            System.arraycopy(text, to, next, from + middle.length, text.length - to);
            text = next;
        }
        return text;
    }

    private static String show(byte[] text) {
        return Property.show(JsonValue.of(new String(text, StandardCharsets.UTF_8)));
    }

    private Optional<JsonValue> viaJackson(byte[] text) throws IOException {
        try (JsonParser parser = jackson.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            JsonValue value = value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                    parser.nextToken();
                    members.put(key, value(parser));
                }
                return JsonObject.of(members);
            }
            case START_ARRAY -> {
                List<JsonValue> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                return JsonArray.of(items);
            }
            case VALUE_STRING -> {
                return JsonValue.of(parser.getText());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return JsonValue.of(parser.getBooleanValue());
            }
            case VALUE_NULL -> {
                return JsonNull.NULL;
            }
            default -> {
                return new JsonNumber(parser.getText());
            }
        }
    }
}
