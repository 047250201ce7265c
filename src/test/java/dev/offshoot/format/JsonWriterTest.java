package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final JsonValue SAMPLE = JsonObject.builder()
            .put("b", JsonArray.of(JsonValue.of(1), new JsonNumber("1.0"), JsonArray.EMPTY, JsonObject.EMPTY))
            .put(
                    "a",
                    JsonObject.builder()
                            .put("", JsonNull.NULL)
                            .put("é", JsonBoolean.TRUE)
                            .build())
            .put("c", JsonArray.of(JsonObject.builder().put("k", "v").build()))
            .build();

    @Test
    void writesCompactly() {
        assertThat(text(JsonWriter.compact(SAMPLE)))
                .isEqualTo("{\"b\":[1,1.0,[],{}],\"a\":{\"\":null,\"é\":true},\"c\":[{\"k\":\"v\"}]}");
    }

    @Test
    void writesPrettyAsJavaScriptDoes() {
        assertThat(text(JsonWriter.pretty(SAMPLE))).isEqualTo("""
                        {
                          "b": [
                            1,
                            1.0,
                            [],
                            {}
                          ],
                          "a": {
                            "": null,
                            "é": true
                          },
                          "c": [
                            {
                              "k": "v"
                            }
                          ]
                        }""");
        assertThat(text(JsonWriter.pretty(JsonObject.EMPTY))).isEqualTo("{}");
        assertThat(text(JsonWriter.pretty(JsonValue.of("x")))).isEqualTo("\"x\"");
    }

    @Test
    void writesLongListsInPartsAsInOneGo() throws IOException {
        JsonValue[] items = new JsonValue[5_000];
        for (int i = 0; i < items.length; i++) {
            items[i] = i % 7 == 0 ? SAMPLE : JsonArray.of(JsonValue.of(i));
        }
        for (int length : new int[] {128, 129, 192, 513, items.length}) {
            JsonValue list = JsonArray.of(Arrays.copyOf(items, length));
            JsonValue inside = JsonObject.builder()
                    .put(
                            "a",
                            JsonArray.of(JsonObject.builder().put("list", list).build()))
                    .put("z", list)
                    .build();
            ByteArrayOutputStream pretty = new ByteArrayOutputStream();
            JsonWriter.pretty(inside, pretty);
            ByteArrayOutputStream compact = new ByteArrayOutputStream();
            JsonWriter.compact(inside, compact);
            assertThat(text(pretty.toByteArray())).isEqualTo(text(JsonWriter.pretty(inside)));
            assertThat(text(compact.toByteArray())).isEqualTo(text(JsonWriter.compact(inside)));
        }
    }

    @Test
    void escapesWhatJavaScriptEscapesAndNothingElse() {
        assertThat(text(JsonWriter.compact(
                        JsonValue.of("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085\u2028é😀\ud800x\udc00"))))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u0085\u2028é😀\\ud800x\\udc00\"");
    }

    @Test
    void writesTheSameBytesToStreams() {
        JsonValue large = JsonArray.of(FormatBench.entities().subList(0, 200));
        JsonValue oneString = JsonArray.of(JsonValue.of("x".repeat(300_000)), JsonValue.of(1));
        streamsEqual(large);
        streamsEqual(oneString);
        Property.holds(3, 300, JsonWriterTest::streamsEqual);
    }

    private static void streamsEqual(JsonValue value) {
        try {
            ByteArrayOutputStream compact = new ByteArrayOutputStream();
            JsonWriter.compact(value, compact);
            assertThat(compact.toByteArray()).isEqualTo(JsonWriter.compact(value));
            ByteArrayOutputStream pretty = new ByteArrayOutputStream();
            JsonWriter.pretty(value, pretty);
            assertThat(pretty.toByteArray()).isEqualTo(JsonWriter.pretty(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
