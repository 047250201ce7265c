package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.0",
                "1.00",
                "1E5",
                "1e+5",
                "1.69E12",
                "-0.0",
                "12345678901234567890.12345678901234567",
                "1e400",
                "9007199254740993"
            })
    void keepsNumbersByTheirLiteral(String literal) {
        assertThat(read("[" + literal + "]")).isEqualTo(JsonArray.of(new JsonNumber(literal)));
        assertThat(read(literal)).isEqualTo(new JsonNumber(literal));
    }

    @Test
    void keepsIntegersOfFourHundredDigits() {
        String literal = "7".repeat(400);
        assertThat(read(" " + literal + " ")).isEqualTo(new JsonNumber(literal));
    }

    @Test
    void keepsTheOrderOfMembers() {
        JsonObject object = (JsonObject) read("{\"b\":1,\"a\":2,\"id\":3}");
        assertThat(object.keys()).containsExactly("b", "a", "id");
    }

    @Test
    void keepsLoneSurrogatesInTextsAndKeys() {
        JsonValue value = read("{\"\\ud800\":\"a\\uDC00\\ud83d\\ude00\\ud83d😀\"}");
        assertThat(value)
                .isEqualTo(JsonObject.builder()
                        .put("\ud800", "a\udc00\ud83d\ude00\ud83d\ud83d\ude00")
                        .build());
    }

    @Test
    void acceptsAByteOrderMark() {
        assertThat(read("\ufeff{}")).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void readsEveryKindOfEscapeAndWhiteSpace() {
        assertThat(read(" \t\r\n[ \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uABCD\u007f\" , true ,false,null ] \n"))
                .isEqualTo(JsonArray.of(
                        JsonValue.of("\"\\/\b\f\n\r\té\uabcd\u007f"),
                        JsonBoolean.TRUE,
                        JsonBoolean.FALSE,
                        JsonNull.NULL));
    }

    @Test
    void readsObjectsWithManyKeys() {
        JsonObject.Builder large = JsonObject.builder();
        for (int i = 0; i < 5_000; i++) {
            large.put("key" + i, JsonArray.of(JsonValue.of(i)));
        }
        JsonValue value = JsonArray.of(large.build(), large.put("k", "v").build());
        assertThat(JsonReader.read(JsonWriter.compact(value))).isEqualTo(value);
    }

    @Test
    void sharesKeysAndShortStrings() {
        JsonArray array = (JsonArray) read("[{\"kind\":\"Button\"},{\"kind\":\"Button\"}]");
        JsonObject first = (JsonObject) array.get(0);
        JsonObject second = (JsonObject) array.get(1);
        assertThat(first.key(0)).isSameAs(second.key(0));
        assertThat(first.value(0)).isSameAs(second.value(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}|/a|1|8",
                "{\"x\":[0,{\"a/b\":{},\"\\u0061/b\":1}]}|/x/1/a~1b|1|19",
                "{\"x~\":{\"id\":1,\"name\":2,\"id\":3}}|/x~0/id|1|24"
            })
    void refusesDuplicateKeysWithTheirPlace(String text, String pointer, int line, int column) {
        Problem problem = refusal(text);
        assertThat(problem.reason()).isEqualTo(Reason.DUPLICATE_KEY);
        assertThat(problem.where()).isEqualTo(pointer);
        assertThat(problem.message()).contains("(line " + line + ", column " + column + ")");
    }

    @Test
    void takesTheLastOfRepeatedKeysWhereThatIsWanted() {
        List<Problem> repeated = new ArrayList<>();
        String text = "[{\"a\":1,\"b\":2},{\"b\":[{\"c\":1,\"c\":{\"d\":0}}],\"a\":1,\"a\":3,\"a\":2}]";
        JsonValue value = JsonReader.readLast(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT, repeated::add);
        assertThat(value).isEqualTo(read("[{\"a\":1,\"b\":2},{\"b\":[{\"c\":{\"d\":0}}],\"a\":2}]"));
        assertThat(repeated).extracting(Problem::where).containsExactly("/1/b/0/c", "/1/a", "/1/a");
        assertThat(repeated)
                .allMatch(p -> p.reason() == Reason.DUPLICATE_KEY && p.message().contains("(line 1"));
    }

    @Test
    void refusesDuplicateKeysInLargeObjectsAndInKnownShapes() {
        StringBuilder text = new StringBuilder("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2},{");
        for (int i = 0; i < 100; i++) {
            text.append("\"k").append(i).append("\":0,");
        }
        assertThat(refusal(text + "\"k7\":1}]").where()).isEqualTo("/2/k7");
        assertThat(refusal("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2},{\"a\":1,\"b\":2,\"a\":3}]")
                        .where())
                .isEqualTo("/2/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "['a']",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{1:2}",
                "[1]]",
                "{}{}",
                "1 2",
                "[1],",
                "nul",
                "nulll",
                "tru",
                "True",
                "NaN",
                "[NaN]",
                "Infinity",
                "-Infinity",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "01",
                "-01",
                "0x1F",
                "1_000",
                "1a",
                "\"",
                "\"a",
                "\"\\",
                "\"\\\"",
                "\"\\x41\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"\t\"",
                "[\"a\u0000b\"]",
                "// c\n1",
                "/* c */ 1",
                "1 // c",
                "#c\n1",
                "[1;2]",
                "{,}",
                "[[]",
                "\u00a01",
                "1\u0000",
                "<html>",
                "\ufeff",
                "{\"a\":1}\ufeff"
            })
    void refusesWhatIsNotJson(String text) {
        assertThat(refusal(text).reason()).isEqualTo(Reason.MALFORMED_JSON);
    }

    @Test
    void saysWhereAndWhat() {
        Problem problem = refusal("{\n  \"é\": {\n    \"pages\": [1, 2, oops]\n  }\n}");
        assertThat(problem.where()).isEqualTo("/é/pages/2");
        assertThat(problem.message())
                .isEqualTo(
                        "not valid JSON: a value must stand here: an object, array, string, number, true, false or null (line 3, column 21)");
        assertThat(refusal("{\"a\": [1, 2").toString())
                .isEqualTo(
                        "/a/1: not valid JSON: a comma or ] must stand here, but the text ends (line 1, column 12) (was the document cut off?)");
        assertThat(refusal("[1, 2] x").message())
                .contains("follows after the end")
                .contains("column 8");
    }

    @Test
    void neverShowsWhatItDoesNotUnderstand() {
        assertThat(refusal("password=hunter2").toString())
                .doesNotContain("hunter2")
                .doesNotContain("password");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (byte[] bytes : List.of(
                "[\"é\"]".getBytes(StandardCharsets.ISO_8859_1),
                "[1]".getBytes(StandardCharsets.UTF_16LE),
                "[1]".getBytes(StandardCharsets.UTF_16),
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xe2, (byte) 0x82})) {
            Failure failure = catchThrowableOfType(Failure.class, () -> JsonReader.read(bytes));
            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_JSON);
        }
        assertThat(refusal("\"a\n").message()).contains("line 1, column 3");
    }

    @Test
    void holdsEachLimitAndNamesIt() {
        Limits limits = new Limits(1_000, 3, 10, 20, 10);
        JsonReader.read("[[[1]]]".getBytes(StandardCharsets.UTF_8), limits);
        assertLimit("[[[[]]]]", limits, "limit of 3 levels", "/0/0/0");
        JsonReader.read("[1,2,3,4,5,6,7,8,9]".getBytes(StandardCharsets.UTF_8), limits);
        assertLimit("[1,2,3,4,5,6,7,8,9,10]", limits, "limit of 10 values", "/9");
        JsonReader.read(
                ("{\"" + "k".repeat(20) + "\":\"" + "é".repeat(20) + "\"}").getBytes(StandardCharsets.UTF_8), limits);
        assertLimit("[\"" + "x".repeat(21) + "\"]", limits, "limit of 20 characters", "/0");
        assertLimit("[\"\\n" + "x".repeat(20) + "\"]", limits, "limit of 20 characters", "/0");
        assertLimit("{\"" + "x".repeat(21) + "\":1}", limits, "limit of 20 characters", "");
        assertLimit("[12345678901]", limits, "number is longer than the limit of 10", "/0");
        Failure tooLarge = catchThrowableOfType(Failure.class, () -> JsonReader.read(new byte[1_001], limits));
        assertThat(tooLarge.reason()).isEqualTo(Reason.BODY_TOO_LARGE);
        assertThat(tooLarge).hasMessageContaining("1000 bytes");
    }

    @Test
    void refusesAHundredThousandLevels() {
        for (String open : List.of("[", "{\"a\":", "[{\"a\":")) {
            Problem problem = refusal(open.repeat(100_000));
            assertThat(problem.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(problem.message()).contains("limit of 512 levels");
            assertThat(problem.where()).hasSizeLessThan(400);
        }
    }

    @Test
    void walksTheDeepestValueItReads() {
        Limits deepest = Limits.DEFAULT.withMaxDepth(1_000);
        byte[] text = ("[".repeat(1_000) + "]".repeat(1_000)).getBytes(StandardCharsets.UTF_8);
        JsonValue value = JsonReader.read(text, deepest);
        assertThat(value.equals(JsonReader.read(text, deepest))).isTrue();
        assertThat(value.hashCode()).isEqualTo(JsonReader.read(text, deepest).hashCode());
        assertThat(JsonWriter.compact(value)).isEqualTo(text);
        assertThat(YamlReader.read(YamlWriter.write(value), "deep", deepest).equals(value))
                .isTrue();
        assertThat(CanonicalOrder.sort(value)).isSameAs(value);
        assertThatThrownBy(() -> Limits.DEFAULT.withMaxDepth(1_001)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsStreamsUpToTheLimit() throws IOException {
        Limits limits = Limits.DEFAULT.withMaxBytes(10);
        assertThat(JsonReader.read(new ByteArrayInputStream("[12345678]".getBytes(StandardCharsets.UTF_8)), limits))
                .isEqualTo(JsonArray.of(new JsonNumber("12345678")));
        Failure failure = catchThrowableOfType(
                Failure.class, () -> JsonReader.read(new ByteArrayInputStream(new byte[11]), limits));
        assertThat(failure.reason()).isEqualTo(Reason.BODY_TOO_LARGE);
    }

    private static void assertLimit(String text, Limits limits, String message, String where) {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8), limits));
        assertThat(failure.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(failure.problems().get(0).message()).contains(message);
        assertThat(failure.problems().get(0).where()).isEqualTo(where);
    }

    private static JsonValue read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refusal(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> read(text));
        assertThat(failure).as("refusal of %s", text).isNotNull();
        return failure.problems().get(0);
    }

    @Test
    void anArchiveIsToldFromText() {
        assertThatThrownBy(() -> JsonReader.read(new byte[] {'P', 'K', 3, 4, (byte) 0xff, 0}))
                .hasMessageContaining("a zip archive, not JSON");
    }
}
