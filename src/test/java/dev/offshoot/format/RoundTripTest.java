package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Gen;
import dev.offshoot.testing.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws: what is written reads back equal, in both formats, by every path through the readers. */
class RoundTripTest {
    @Test
    void anyValueSurvivesBothFormats() {
        Property.holds(20261121, 20_000, RoundTripTest::check);
    }

    @Test
    void everyNastyStringSurvivesInEveryPlace() {
        for (String text : Gen.NASTY) {
            everywhere(text);
        }
    }

    @Test
    void everyPairOfNastyStringsSurvives() {
        for (String a : Gen.NASTY) {
            for (String b : List.of(": ", "\n", " ", "#", "'", "-", "\r", "é", "{", ",")) {
                check(JsonArray.of(JsonValue.of(a + b), JsonValue.of(b + a), JsonValue.of(a + b + a)));
            }
        }
    }

    @Test
    void everyCharacterSurvives() {
        for (int plane = 0; plane <= 0x10; plane++) {
            int step = plane == 0 ? 1 : 61;
            JsonObject.Builder all = JsonObject.builder();
            for (int i = 0; i < 0x10000; i += step) {
                String c = Character.toString(plane << 16 | i);
                if (plane == 0 && i < 0x3000 || i % 17 == 0 || i >= 0xd780) {
                    all.put("k" + c + "k", c + "x\n" + c);
                    all.put(c, "x" + c);
                }
            }
            check(all.build());
        }
    }

    @Test
    void textsOfOneMegabyteSurvive() {
        String lines = "SELECT 'it''s' -- \t x\n".repeat(50_000);
        for (String text : List.of(
                "x".repeat(1 << 20), "é: ".repeat(400_000), lines, lines + "\r", "'".repeat(1 << 20), "\n" + lines)) {
            everywhere(text);
        }
    }

    @Test
    void everyCorpusFileSurvives() throws IOException {
        int read = 0;
        for (Path file : Corpus.json("")) {
            JsonValue value;
            try {
                value = JsonReader.read(Files.readAllBytes(file));
            } catch (dev.offshoot.model.Failure e) {
                System.out.println(file + ": " + e.getMessage());
                continue;
            }
            read++;
            assertThat(JsonReader.read(JsonWriter.compact(value)))
                    .as("%s", file)
                    .isEqualTo(value);
            checkYaml(value);
        }
        assertThat(read).isPositive();
    }

    private static void everywhere(String text) {
        JsonValue s = JsonValue.of(text);
        check(s);
        check(JsonArray.of(s, JsonArray.of(s, s), s));
        check(JsonObject.builder().put("k", s).put("l", s).build());
        check(JsonObject.builder().put(text, s).build());
        JsonObject nested = JsonObject.builder()
                .put(text, s)
                .put("z" + text, JsonArray.of(s))
                .build();
        check(JsonArray.of(
                nested,
                nested,
                JsonObject.builder().put("k", nested).put(text, nested).build()));
    }

    private static void check(JsonValue value) {
        json(JsonWriter.compact(value), value);
        json(JsonWriter.pretty(value), value);
        checkYaml(value);
        String flow = YamlWriter.flow(value);
        assertThat(flow).doesNotContain("\n");
        assertThat(GeneralYaml.read(flow.getBytes(StandardCharsets.UTF_8), "flow", Limits.DEFAULT))
                .isEqualTo(value);
        if (flow.length() < 5_000_000) { // else the file, which holds it five times, is over the limit
            checkLines(value, flow);
        }
    }

    private static void checkLines(JsonValue value, String flow) {
        String key = value instanceof JsonObject o && !o.isEmpty() ? o.key(0) : flow;
        byte[] file = (YamlWriter.line(key, value) + "\n" + YamlWriter.line(key, JsonArray.of(value, value)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        List<YamlLine> lines = List.of(new YamlLine(1, key, value), new YamlLine(2, key, JsonArray.of(value, value)));
        assertThat(CanonicalLines.read(file, Limits.DEFAULT, new Symbols())).contains(lines);
        if (key.length() < 150) {
            assertThat(GeneralYaml.lines(file, "lines", Limits.DEFAULT)).isEqualTo(lines);
        }
    }

    private static void json(byte[] text, JsonValue value) {
        assertThat(JsonReader.read(text)).isEqualTo(value);
    }

    private static void checkYaml(JsonValue value) {
        byte[] yaml = YamlWriter.write(value);
        assertThat(GeneralYaml.read(yaml, "general", Limits.DEFAULT)).isEqualTo(value);
        assertThat(CanonicalYaml.read(yaml, Limits.DEFAULT, new Symbols())).contains(value);
        assertThat(YamlWriter.write(YamlReader.read(yaml, "again"))).isEqualTo(yaml);
    }
}
