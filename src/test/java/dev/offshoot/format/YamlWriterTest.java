package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {
    @Test
    void writesWhatAPersonWouldWrite() {
        JsonValue value = JsonReader.read("""
                {"options": {"query": "SELECT *\\nFROM orders o\\nWHERE o.id = {{components.table1.selectedRow.id}}\\n",
                             "transformation": "return data", "headers": [["a", "b"], []], "limit": 1.0, "empty": {}},
                 "type": "postgres", "name": "list orders", "id": "6ab1a2c4-2f6b-4a2e-9d2b-0c1f1b0a7a11",
                 "events": [{"name": "onClick", "id": 1, "args": [1, true, null, "no"]}, {"code": "a\\nb"}],
                 "colour": "#fff", "url": "https://x.y/z?a=b", "date": "2024-05-01", "on": "on", "note": "it's: \\"x\\"", "tab": "a\\tb"}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(write(value)).isEqualTo("""
                        id: 6ab1a2c4-2f6b-4a2e-9d2b-0c1f1b0a7a11
                        name: list orders
                        type: postgres
                        colour: '#fff'
                        date: '2024-05-01'
                        events:
                          - id: 1
                            name: onClick
                            args:
                              - 1
                              - true
                              - null
                              - 'no'
                          - code: |-
                              a
                              b
                        note: 'it''s: "x"'
                        'on': 'on'
                        options:
                          empty: {}
                          headers:
                            - - a
                              - b
                            - []
                          limit: 1.0
                          query: |
                            SELECT *
                            FROM orders o
                            WHERE o.id = {{components.table1.selectedRow.id}}
                          transformation: return data
                        tab: "a\\tb"
                        url: https://x.y/z?a=b
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "~",
                "null",
                "NULL",
                "true",
                "False",
                "yes",
                "No",
                "on",
                "OFF",
                "y",
                "N",
                "1",
                "-1",
                "+1",
                "0",
                "1.0",
                "1_000",
                "0o7",
                "0x1F",
                "0b1",
                "007",
                "1e5",
                ".5",
                ".inf",
                ".NaN",
                "12:30",
                "190:20:30",
                "2001-12-14",
                "2001-12-14 21:59:43.10 -5",
                "=",
                "<<",
                "- a",
                "-",
                "---",
                "...",
                "? a",
                ": a",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "'a'",
                "\"a\"",
                "%a",
                "@a",
                "`a`",
                "{a}",
                "[a]",
                ",a",
                " a",
                "a ",
                "1,000"
            })
    void quotesWhatAReaderCouldTakeForSomethingElse(String text) {
        assertThat(write(JsonValue.of(text))).isEqualTo("'" + text.replace("'", "''") + "'\n");
        assertThat(write(JsonObject.builder().put(text, JsonNull.NULL).build()))
                .isEqualTo("'" + text.replace("'", "''") + "': null\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Nope",
                "yess",
                "onClick",
                "a b",
                "a:b",
                "https://a.b/c#d",
                "{",
                "x{{y}}",
                "a,b",
                "a#b",
                "10px",
                "1a-b",
                "100%",
                "1/2",
                "1 < 2",
                "(a)",
                "/a/b",
                "_x",
                "$x",
                "a's",
                "say \"x\"",
                "C:\\x",
                "é",
                "日本語",
                "😀",
                "6ab1a2c4-2f6b-4a2e-9d2b-0c1f1b0a7a11",
                "0b0cb2ba-def7-4f92-b558-46f4bdb80f26",
                "12345678-1234-1234-1234-12345678901a",
                "a-b",
                "a]",
                "../a",
                "./a",
                ".a",
                "..a",
                "trueish"
            })
    void leavesBareWhatIsPlainText(String text) {
        String expected = text.equals("{") ? "'{'\n" : text + "\n";
        assertThat(write(JsonValue.of(text))).isEqualTo(expected);
    }

    @Test
    void escapesOnlyInDoubleQuotes() {
        assertThat(write(JsonValue.of("a\tb"))).isEqualTo("\"a\\tb\"\n");
        assertThat(write(JsonValue.of("\r\n\"\\'\u0000\u007f\u0085\u2028\ufeff\uffffé\ud800")))
                .isEqualTo("\"\\r\\n\\\"\\\\'\\u0000\\u007F\\u0085\\u2028\\uFEFF\\uFFFFé\\uD800\"\n");
    }

    @Test
    void writesLiteralBlocksWhereTheyAreExact() {
        assertThat(write(member("a\nb"))).isEqualTo("k: |-\n  a\n  b\n");
        assertThat(write(member("a\nb\n"))).isEqualTo("k: |\n  a\n  b\n");
        assertThat(write(member("a\n\n\n"))).isEqualTo("k: |+\n  a\n\n\n");
        assertThat(write(member("\n a\n\tb \n"))).isEqualTo("k: |2\n\n   a\n  \tb \n");
        assertThat(write(JsonArray.of(JsonValue.of("a\n\nb")))).isEqualTo("- |-\n  a\n\n  b\n");
        assertThat(write(member("a\n ")) + write(member("a\n\t\n"))).isEqualTo("k: |-\n  a\n   \nk: |\n  a\n  \t\n");
        assertThat(write(JsonArray.of(member(" a\nb")))).isEqualTo("- k: |2-\n     a\n    b\n");
        for (String inexact : List.of("a\r\nb", "a\n\u0085", "\n", " \n", "a\n\ud800")) {
            assertThat(write(member(inexact))).startsWith("k: \"");
        }
    }

    @Test
    void putsLongKeysAfterAQuestionMark() {
        String key = "k".repeat(1_001);
        JsonObject object =
                JsonObject.builder().put(key, member("v")).put("a", "b").build();
        assertThat(write(JsonArray.of(object))).isEqualTo("- a: b\n  ? " + key + "\n  :\n    k: v\n");
        assertThat(YamlWriter.flow(object)).isEqualTo("{? " + key + " : {k: v}, a: b}");
    }

    @Test
    void writesOneLineForLineFiles() {
        JsonObject value = JsonObject.builder()
                .put("in", "Container1")
                .put("after", "a, b")
                .put("top", JsonValue.of(12))
                .put("text", "a\nb: {c}")
                .put("list", JsonArray.of(JsonValue.of("x y"), JsonArray.EMPTY, JsonObject.EMPTY, JsonValue.of("1")))
                .put("when", "a: b")
                .put("what?", JsonNull.NULL)
                .build();
        assertThat(YamlWriter.line("Table 1", value))
                .isEqualTo("Table 1: {in: Container1, after: 'a, b', top: 12, text: \"a\\nb: {c}\", "
                        + "list: [x y, [], {}, '1'], when: 'a: b', 'what?': null}");
        assertThat(YamlWriter.line("no", JsonObject.EMPTY)).isEqualTo("'no': {}");
    }

    private static JsonObject member(String text) {
        return JsonObject.builder().put("k", text).build();
    }

    private static String write(JsonValue value) {
        return new String(YamlWriter.write(value), StandardCharsets.UTF_8);
    }
}
