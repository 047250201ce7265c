package dev.offshoot.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Gen;
import dev.offshoot.testing.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * What we write means the same to two other YAML libraries: one of YAML 1.1 (behind Jackson), one of YAML 1.2. Numbers are compared
 * by value, and lone surrogates left out: no library but ours reads those.
 */
class YamlLibrariesTest {
    private final YAMLMapper jackson = jackson();
    private final LoadSettings engine = LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setMaxAliasesForCollections(0)
            .build();

    private static YAMLMapper jackson() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(1_000);
        YAMLMapper mapper =
                new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
        return mapper;
    }

    @Test
    void readAnyValueAsWeDo() {
        Property.holds(42, 5_000, this::check);
    }

    @Test
    void readEveryNastyStringAsWeDo() {
        for (String text : Gen.NASTY) {
            JsonValue s = JsonValue.of(text);
            JsonObject object = JsonObject.builder()
                    .put(text, s)
                    .put("k", s)
                    .put("l", JsonArray.of(s, s))
                    .build();
            Property.check(JsonArray.of(s, object, JsonArray.of(object, s)), this::check, text);
        }
    }

    @Test
    void readEveryCharacterAsWeDo() {
        JsonObject.Builder all = JsonObject.builder();
        for (int c = 0; c < 0x110000; c += c < 0x3000 || c >= 0xff00 && c < 0x10000 ? 1 : 41) {
            String text = Character.toString(c);
            all.put("k" + text + "k", text + "x\n" + text);
            all.put(text, "x" + text);
        }
        check(all.build());
    }

    @Test
    void readLongTextsAndKeysAsWeDo() {
        for (int length : new int[] {120, 130, 990, 995, 1_000, 1_005, 1_020, 1_030, 5_000, 200_000}) {
            for (String piece : List.of("x", "x y ", "é", "\n", "'", "日\t")) {
                String text = piece.repeat(length / piece.length());
                check(JsonObject.builder()
                        .put(text, text)
                        .put(
                                "a",
                                JsonObject.builder()
                                        .put(text, JsonArray.of(JsonValue.of(text)))
                                        .build())
                        .build());
            }
        }
    }

    @Test
    void readTheCorpusAsWeDo() throws IOException {
        for (Path file : Corpus.json("")) {
            if (!file.toString().contains("BROKEN") && Files.size(file) < 300_000) {
                check(JsonReader.read(Files.readAllBytes(file)));
            }
        }
    }

    private void check(JsonValue value) {
        if (hasLoneSurrogate(value.toString())) {
            return;
        }
        String block = new String(YamlWriter.write(value), StandardCharsets.UTF_8);
        for (String yaml : List.of(block, YamlWriter.flow(value))) {
            assertThat(loose(new Load(engine).loadFromString(yaml))).isEqualTo(loose(value));
            assertThat(viaJackson(yaml)).isEqualTo(loose(value));
        }
    }

    private Object viaJackson(String yaml) {
        try {
            return loose(jackson.readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= 0xd800 && c < 0xe000);
    }

    /** Values of all three in one shape: maps, lists, strings, booleans, nulls, and numbers as the nearest double (-0 as 0). */
    private static Object loose(Object value) {
        if (value instanceof JsonObject o) {
            Map<String, Object> map = new LinkedHashMap<>();
            o.forEach((k, v) -> map.put(k, loose(v)));
            return map;
        } else if (value instanceof JsonArray a) {
            return a.items().stream().map(YamlLibrariesTest::loose).toList();
        } else if (value instanceof JsonString s) {
            return s.value();
        } else if (value instanceof JsonNumber n) {
            return Double.parseDouble(n.literal()) + 0.0;
        } else if (value instanceof JsonBoolean b) {
            return b.value();
        } else if (value == JsonNull.NULL || value == null) {
            return "<null>";
        } else if (value instanceof JsonNode node) {
            return loose(node);
        } else if (value instanceof Map<?, ?> m) {
            Map<Object, Object> map = new LinkedHashMap<>();
            m.forEach((k, v) -> map.put(k, loose(v)));
            return map;
        } else if (value instanceof List<?> l) {
            return l.stream().map(YamlLibrariesTest::loose).toList();
        } else if (value instanceof Number) {
            return ((Number) value).doubleValue() + 0.0;
        }
        return value;
    }

    private static Object loose(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(e -> map.put(e.getKey(), loose(e.getValue())));
            return map;
        } else if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(n -> list.add(loose(n)));
            return list;
        }
        return node.asToken() == JsonToken.VALUE_NULL
                ? "<null>"
                : node.isNumber()
                        ? (Object) Double.valueOf(node.doubleValue() + 0.0)
                        : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
