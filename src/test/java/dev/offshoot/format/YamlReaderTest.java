package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    @Test
    void readsWhatPeopleWrite() {
        JsonValue expected = json("""
                {"name": "list", "on": "yes", "limit": 1.0, "nothing": null, "list": ["a", "b c", {"x": 1}], "flow": {"a": "1", "b": [true, null, {}]},
                 "folded": "one two\\nthree\\n", "text": "a\\n  b\\n", "quoted": "tab\\tné/", "long": "a b", "1": "one", "time": "12:30", "big": "1_000", "day": "2001-12-14"}
                """);
        String hand = """
                # a comment
                ---
                name:   list   # another
                on: yes
                limit: 1.0

                nothing:
                list:
                - a
                -   b c
                -
                    x: 1
                flow: {"a": '1',
                       b: [ true, ~, {} ]}
                folded: >
                    one
                    two

                    three
                text: |
                     a
                       b
                "quoted": "tab\\tn\\xe9\\/"
                long: a
                  b
                1: one
                time: 12:30
                big: 1_000
                day: 2001-12-14
                ...
                """;
        assertThat(read(hand)).isEqualTo(expected);
        assertThat(read(hand.replace("\n", "\r\n"))).isEqualTo(expected);
        assertThat(read("\ufeff" + hand)).isEqualTo(expected);
        assertThat(read("%YAML 1.2\n" + hand.substring(hand.indexOf("---")))).isEqualTo(expected);
    }

    @Test
    void readsWhatOnlyYaml12Allows() {
        assertThat(read("a:\tb\nc: {d?: e?}\n-\u2028: \u2029x\n"))
                .isEqualTo(json("{\"a\":\"b\",\"c\":{\"d?\":\"e?\"},\"-\u2028\":\"\u2029x\"}"));
    }

    @Test
    void readsAnyJson() {
        JsonValue value = json(
                "{\"a\":[1,-0,1E5,1.0,\"\\ud83d\\ude00\\/\\b\\f\\u0000\",true,false,null,[],{}],\"no\":{\"x\":\"no\"}}");
        assertThat(
                        read(
                                "{\"a\":[1,-0,1E5,1.0,\"\\ud83d\\ude00\\/\\b\\f\\u0000\",true,false,null,[],{}],\"no\":{\"x\":\"no\"}}"))
                .isEqualTo(value);
        assertThat(YamlReader.read(JsonWriter.compact(value), "f")).isEqualTo(value);
        assertThat(YamlReader.read(JsonWriter.pretty(value), "f")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "no,s",
        "No,s",
        "on,s",
        "off,s",
        "yes,s",
        "y,s",
        "n,s",
        "1_000,s",
        "12:30,s",
        "2001-12-14,s",
        "0b1,s",
        "1e,s",
        "nan,s",
        "tRUE,s",
        "nuLL,s",
        "=,s",
        "1.2.3,s",
        "-a,s",
        "12e,s",
        "0o8,s",
        "0xg,s",
        "..,s",
        "null,n",
        "Null,n",
        "NULL,n",
        "~,n",
        "true,b",
        "True,b",
        "TRUE,b",
        "false,b",
        "0,d",
        "-0,d",
        "12,d",
        "1.50,d",
        "1e5,d",
        "-1E-5,d",
        "0x1F,r",
        "0o7,r",
        "+1,r",
        ".5,r",
        "-.5,r",
        "1.,r",
        "007,r",
        "1.e3,r",
        ".inf,r",
        "-.Inf,r",
        ".nan,r",
        "+12e3,r"
    })
    void givesBareWordsTheMeaningOfYaml12(String word, String kind) {
        for (String place : List.of("k: %s\n", "k: %s", "k:   %s # c\n", "{k: %s}", "? k\n: %s\n")) {
            String text = place.formatted(word);
            if (kind.equals("r")) {
                assertThat(refusal(text).reason()).as(text).isEqualTo(Reason.MALFORMED_YAML);
                continue;
            }
            JsonValue expected = switch (kind) {
                case "s" -> JsonValue.of(word);
                case "n" -> JsonNull.NULL;
                case "b" -> JsonValue.of(word.equalsIgnoreCase("true"));
                default -> new JsonNumber(word);
            };
            assertThat(read(text))
                    .as(text)
                    .isEqualTo(JsonObject.builder().put("k", expected).build());
        }
        assertThat(read("- '" + word + "'\n")).isEqualTo(JsonArray.of(JsonValue.of(word)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\nb: &x 2\\n|f.yaml:2:4|anchors",
                "a: *x\\n|f.yaml:1:4|aliases",
                "a: !!str 1\\n|f.yaml:1:4|tags",
                "a: ! x\\n|f.yaml:1:4|tags",
                "a: !x {}\\n|f.yaml:1:4|tags",
                "a: !x []\\n|f.yaml:1:4|tags",
                "&k a: 1\\n|f.yaml:1:1|anchors",
                "<<: {a: 1}\\n|f.yaml:1:1|merge keys",
                "a: 1\\n---\\nb: 1\\n|f.yaml:2:1|second document",
                "%YAML 1.1\\n---\\na: no\\n|f.yaml:1:1|directives",
                "%TAG !e! x:\\n---\\na: no\\n|f.yaml:1:1|directives",
                "[a]: 1\\n|f.yaml:1:1|key must be a text",
                "{a: 1}: 1\\n|f.yaml:1:1|key must be a text",
                "a: b: c\\n|f.yaml:1:5|not valid YAML",
                "a: 'b\\n|f.yaml:2:1|not valid YAML",
                "a:\\n\\tb: 1\\n|f.yaml:2:1|not valid YAML",
                "a: [1, 2\\n|f.yaml:2:1|not valid YAML",
                "a: 1\\n b: 2\\n|f.yaml:2:3|not valid YAML",
                "a: 0x1F\\n|f.yaml:1:4|number to YAML",
                "# nothing\\n|f.yaml:2:1|empty",
                "|f.yaml:1:1|empty"
            })
    void refusesWithTheirPlace(String text, String where, String message) {
        Problem problem = refusal(text == null ? "" : text.replace("\\n", "\n").replace("\\t", "\t"));
        assertThat(problem.reason()).isEqualTo(Reason.MALFORMED_YAML);
        assertThat(problem.message()).contains(message);
        assertThat(problem.where()).isEqualTo(where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: 1\nb: 2\na: 3\n", "a: 1\nb: 2\n'a': 3\n", "{a: 1, b: 2,\n\na: 3}", "a: 1\n\"\\u0061\": 2\n"})
    void refusesDuplicateKeys(String text) {
        Problem problem = refusal(text);
        assertThat(problem.reason()).isEqualTo(Reason.DUPLICATE_KEY);
        assertThat(problem.where()).matches("f.yaml:[23]:1");
    }

    @Test
    void refusesCharactersThatNobodySees() {
        for (String c : List.of("\u0000", "\u0007", "\u007f", "\u0085", "\ufeff", "\uffff")) {
            for (String text : List.of(
                    "a: x" + c + "y\n",
                    "a: 'x" + c + "'\n",
                    "a: \"" + c + "\\n\"\n",
                    "a: |\n  x\n  " + c + "\n",
                    "a" + c + ": b\n",
                    "# " + c + "\na: b\n")) {
                Problem problem = refusal(text);
                assertThat(problem.message()).contains(String.format("U+%04X", (int) c.charAt(0)));
                assertThat(problem.hint()).contains("double quotes");
            }
        }
        assertThat(refusal("a: b\nc: \u0001\n").where()).isEqualTo("f.yaml:2:4");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> YamlReader.read(new byte[] {'a', ':', '\n', ' ', (byte) 0xe9, '\n'}, "f.yaml"));
        assertThat(failure).hasMessageContaining("f.yaml:2:2").hasMessageContaining("UTF-8");
    }

    @Test
    void holdsEachLimitInBothReaders() {
        Limits limits = new Limits(200, 3, 10, 20, 10);
        for (String comment : List.of("", "# by hand\n")) {
            accept(comment + "a:\n  b:\n    c: 1\n", limits);
            assertLimit(comment + "a:\n  b:\n    c:\n      d: 1\n", limits, "limit of 3 levels");
            assertLimit(comment + "- - - - a\n", limits, "limit of 3 levels");
            accept(comment + "- 1\n".repeat(9), limits);
            assertLimit(comment + "- 1\n".repeat(10), limits, "limit of 10 values");
            assertLimit(comment + "- []\n".repeat(10), limits, "limit of 10 values");
            assertLimit(comment + "- a: 1\n".repeat(5), limits, "limit of 10 values");
            for (String text :
                    List.of("%s: 1\n", "a: %s\n", "a: '%s'\n", "a: \"%s\"\n", "a: |-\n  %s\n", "'%s': 1\n")) {
                accept(comment + text.formatted("é".repeat(20)), limits);
                assertLimit(comment + text.formatted("x".repeat(21)), limits, "limit of 20 characters");
            }
            accept(comment + "a: 1234567890\n", limits);
            assertLimit(comment + "a: 12345678901\n", limits, "number is longer than the limit of 10");
            assertThat(catchThrowableOfType(Failure.class, () -> accept(comment + "a: b\n".repeat(40), limits))
                            .reason())
                    .isEqualTo(comment.isEmpty() ? Reason.DUPLICATE_KEY : Reason.BODY_TOO_LARGE);
        }
    }

    @Test
    void refusesAHundredThousandLevels() {
        for (String text : List.of(
                "[".repeat(100_000),
                "{a: ".repeat(100_000),
                "- ".repeat(100_000),
                "? ".repeat(100_000),
                "a: [".repeat(100_000))) {
            assertThat(refusal(text).reason()).isIn(Reason.LIMIT_EXCEEDED, Reason.MALFORMED_YAML);
        }
        assertThat(refusal("- ".repeat(100_000) + "a\n").message()).contains("limit of 512 levels");
    }

    @Test
    void readsLineFiles() {
        List<YamlLine> expected = List.of(
                new YamlLine(1, "Table1", json("{\"in\": \"A\", \"top\": 12, \"note\": \"a, b\"}")),
                new YamlLine(2, "no", json("{}")),
                new YamlLine(3, "Table1", json("[1, [\"x#y\"]]")),
                new YamlLine(4, "x", json("\"a\"")));
        String lines = "Table1: {in: A, top: 12, note: 'a, b'}\n'no': {}\nTable1: [1, [x#y]]\nx: a\n";
        assertThat(lines(lines)).isEqualTo(expected);
        assertThat(lines(lines.replace("\n", "\r\n"))).isEqualTo(expected);
        assertThat(lines("# by hand\n\n" + lines.replace(", ", ",\n   ")))
                .extracting(YamlLine::number, YamlLine::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, "Table1"),
                        org.assertj.core.groups.Tuple.tuple(7, "no"),
                        org.assertj.core.groups.Tuple.tuple(8, "Table1"),
                        org.assertj.core.groups.Tuple.tuple(10, "x"));
        assertThat(lines("")).isEmpty();
        assertThat(lines("# nothing yet\n")).isEmpty();
        assertThat(lines("a: b, c\n")).isEqualTo(List.of(new YamlLine(1, "a", JsonValue.of("b, c"))));
    }

    @Test
    void refusesBrokenLineFilesWithTheirPlace() {
        assertThat(catchThrowableOfType(Failure.class, () -> lines("a: {x: 1}\nb: {x: 1, x: 2}\n")))
                .hasMessageContaining("f.yaml:2:11")
                .extracting(Failure::reason)
                .isEqualTo(Reason.DUPLICATE_KEY);
        assertThat(catchThrowableOfType(Failure.class, () -> lines("a: {x: 1}\nb: {x: 1\nc: {}\n")))
                .hasMessageContaining("f.yaml:3:");
        assertThat(catchThrowableOfType(Failure.class, () -> lines("- a\n"))).hasMessageContaining("f.yaml:1:1");
    }

    @Test
    void sharesKeysBetweenReads() {
        Symbols symbols = new Symbols();
        byte[] text = "kind: a\nname: b\n".getBytes(StandardCharsets.UTF_8);
        JsonObject first = (JsonObject) YamlReader.read(text, "f", Limits.DEFAULT, symbols);
        JsonObject second = (JsonObject) YamlReader.read(text.clone(), "f", Limits.DEFAULT, symbols);
        assertThat(first.key(0)).isSameAs(second.key(0));
    }

    private static void assertLimit(String text, Limits limits, String message) {
        Failure failure = catchThrowableOfType(Failure.class, () -> accept(text, limits));
        assertThat(failure).as(text).isNotNull();
        assertThat(failure.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(failure.problems().get(0).message()).contains(message);
        assertThat(failure.problems().get(0).where()).matches("f.yaml:\\d+:\\d+");
    }

    private static JsonValue accept(String text, Limits limits) {
        return YamlReader.read(text.getBytes(StandardCharsets.UTF_8), "f.yaml", limits);
    }

    private static JsonValue read(String text) {
        return accept(text, Limits.DEFAULT);
    }

    private static List<YamlLine> lines(String text) {
        return YamlReader.lines(text.getBytes(StandardCharsets.UTF_8), "f.yaml");
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refusal(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> read(text));
        assertThat(failure)
                .as("refusal of %s", text.substring(0, Math.min(80, text.length())))
                .isNotNull();
        return failure.problems().get(0);
    }
}
