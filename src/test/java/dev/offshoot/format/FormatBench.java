package dev.offshoot.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.offshoot.testing.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Our readers and writers beside Jackson's on the same generated export of some 13 MB: every entity as a text of its own, as
 * import and export handle them. Rounds are interleaved; the smallest and the middle time of each are shown, and the ratio of the middle ones.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=dev.offshoot.format.FormatBench</pre>
 */
public final class FormatBench {
    private static final int ENTITIES = 10_000;

    private final Map<String, List<Long>> times = new LinkedHashMap<>();

    private FormatBench() {}

    public static void main(String[] args) throws Exception {
        new FormatBench().run(args.length > 0 ? Integer.parseInt(args[0]) : 15);
    }

    private void run(int rounds) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectWriter pretty = json.writerWithDefaultPrettyPrinter();
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        ObjectMapper yaml = new ObjectMapper(YAMLFactory.builder()
                .loaderOptions(options)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
                .build());

        List<JsonValue> entities = entities();
        JsonValue document = JsonArray.of(entities);
        byte[] whole = JsonWriter.compact(document);
        byte[] wholeYaml = YamlWriter.write(document);
        JsonNode tree = json.readTree(whole);
        List<byte[]> texts = map(entities, JsonWriter::compact);
        List<byte[]> yamls = map(entities, YamlWriter::write);
        List<JsonNode> trees = map(texts, json::readTree);
        System.out.printf("%d entities, %d bytes of JSON, %d bytes of YAML%n", ENTITIES, whole.length, total(yamls));

        for (int round = 0; round < rounds; round++) {
            time("whole: Jackson readTree", () -> json.readTree(whole));
            time("whole: JsonReader", () -> JsonReader.read(whole));
            time("whole: Jackson write", () -> json.writeValueAsBytes(tree));
            time("whole: JsonWriter", () -> JsonWriter.compact(document));
            time("whole: Jackson write pretty", () -> pretty.writeValueAsBytes(tree));
            time("whole: JsonWriter pretty", () -> JsonWriter.pretty(document));
            time("whole: YamlWriter", () -> YamlWriter.write(document));
            time("whole: YamlReader", () -> YamlReader.read(wholeYaml, "whole"));
            time("each: Jackson readTree", () -> map(texts, json::readTree));
            time("each: JsonReader", () -> map(texts, JsonReader::read));
            time("each: Jackson write pretty", () -> map(trees, pretty::writeValueAsBytes));
            time("each: JsonWriter pretty", () -> map(entities, JsonWriter::pretty));
            time("each: YamlWriter", () -> map(entities, YamlWriter::write));
            time("each: YamlReader", () -> map(yamls, text -> YamlReader.read(text, "one")));
            Symbols symbols = new Symbols();
            time(
                    "each: YamlReader, shared",
                    () -> map(yamls, text -> YamlReader.read(text, "one", Limits.DEFAULT, symbols)));
            if (round % 5 == 0) {
                time("each: Jackson YAML write", () -> map(trees, yaml::writeValueAsBytes));
                time("each: Jackson YAML read", () -> map(yamls, yaml::readTree));
            }
        }
        report("whole: JsonReader", "whole: Jackson readTree");
        report("whole: JsonWriter", "whole: Jackson write");
        report("whole: JsonWriter pretty", "whole: Jackson write pretty");
        report("whole: YamlWriter", "whole: Jackson write pretty");
        report("whole: YamlReader", "whole: Jackson readTree");
        report("each: JsonReader", "each: Jackson readTree");
        report("each: JsonWriter pretty", "each: Jackson write pretty");
        report("each: YamlWriter", "each: Jackson write pretty");
        report("each: YamlReader", "each: Jackson readTree");
        report("each: YamlReader, shared", "each: Jackson readTree");
        report("each: Jackson YAML write", "each: YamlWriter");
        report("each: Jackson YAML read", "each: YamlReader");
    }

    private void time(String name, Callable<?> work) throws Exception {
        long start = System.nanoTime();
        Object result = work.call();
        times.computeIfAbsent(name, n -> new ArrayList<>()).add(System.nanoTime() - start);
        if (result == null) {
            throw new IllegalStateException();
        }
    }

    private void report(String name, String baseline) {
        System.out.printf(
                "%-28s %6.1f [%6.1f] ms   %-28s %6.1f [%6.1f] ms   %5.2f [%.2f]%n",
                name,
                middle(name),
                least(name),
                baseline,
                middle(baseline),
                least(baseline),
                middle(name) / middle(baseline),
                least(name) / least(baseline));
    }

    private double middle(String name) {
        List<Long> all = times.get(name);
        // The first third warms up.
        long[] sorted = all.subList(all.size() / 3, all.size()).stream()
                .mapToLong(t -> t)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2] / 1e6;
    }

    private double least(String name) {
        return times.get(name).stream().mapToLong(t -> t).min().orElseThrow() / 1e6;
    }

    private interface Step<A, B> {
        B apply(A a) throws Exception;
    }

    private static <A, B> List<B> map(List<A> all, Step<A, B> step) throws Exception {
        List<B> results = new ArrayList<>(all.size());
        for (A a : all) {
            results.add(step.apply(a));
        }
        return results;
    }

    private static long total(List<byte[]> texts) {
        return texts.stream().mapToLong(t -> t.length).sum();
    }

    /** Records in the shape of a ToolJet export: components mostly, then queries, events and pages. */
    static List<JsonValue> entities() {
        Gen gen = new Gen(7);
        JsonValue[] all = new JsonValue[ENTITIES];
        Arrays.setAll(all, i -> entity(gen, i));
        return Arrays.asList(all);
    }

    private static JsonValue entity(Gen gen, int i) {
        JsonObject.Builder entity = JsonObject.builder()
                .put("id", uuid(gen))
                .put("name", gen.word() + i)
                .put("type", gen.pick(List.of("Table", "Button", "TextInput", "Container", "Text")))
                .put("pageId", uuid(gen))
                .put("parent", gen.chance(50) ? JsonNull.NULL : JsonValue.of(uuid(gen)))
                .put("createdAt", "2024-05-0" + (1 + gen.below(9)) + "T10:1" + gen.below(10) + ":33.123Z")
                .put("updatedAt", "2024-06-0" + (1 + gen.below(9)) + "T11:2" + gen.below(10) + ":01.456Z");
        if (gen.chance(20)) {
            entity.put("kind", "postgresql").put("options", query(gen));
        } else {
            JsonObject.Builder properties = JsonObject.builder();
            for (String key :
                    List.of("label", "visibility", "disabledState", "loadingState", "placeholder", "tooltip", "data")) {
                properties.put(key, wrapped(gen));
            }
            JsonObject.Builder styles = JsonObject.builder();
            for (String key : List.of("backgroundColor", "textColor", "borderRadius", "boxShadow", "padding")) {
                styles.put(
                        key,
                        JsonObject.builder()
                                .put("value", "#" + gen.below(900_000))
                                .build());
            }
            entity.put("properties", properties.build()).put("styles", styles.build());
            entity.put("general", JsonObject.EMPTY).put("validation", JsonObject.EMPTY);
        }
        if (gen.chance(6)) {
            JsonValue[] columns = new JsonValue[20];
            Arrays.setAll(
                    columns,
                    c -> JsonObject.builder()
                            .put("id", uuid(gen))
                            .put("name", gen.word())
                            .put("columnType", "string")
                            .put("isEditable", "{{false}}")
                            .put("width", JsonValue.of(gen.below(400)))
                            .build());
            entity.put("columns", JsonArray.of(columns));
        }
        JsonValue[] layouts = new JsonValue[2];
        Arrays.setAll(
                layouts,
                l -> JsonObject.builder()
                        .put("id", uuid(gen))
                        .put("type", l == 0 ? "desktop" : "mobile")
                        .put("top", JsonValue.of(gen.below(900)))
                        .put("left", new JsonNumber(gen.below(40) + "." + gen.below(1_000_000) + "1"))
                        .put("width", JsonValue.of(gen.below(43)))
                        .put("height", JsonValue.of(gen.below(400)))
                        .build());
        return entity.put("layouts", JsonArray.of(layouts)).build();
    }

    private static JsonValue wrapped(Gen gen) {
        String value = gen.pick(List.of(
                "{{true}}", "{{false}}", "", "{{components." + gen.word() + ".value}}", gen.word() + " " + gen.word()));
        return JsonObject.builder()
                .put("value", value)
                .put("fxActive", JsonValue.of(gen.chance(20)))
                .build();
    }

    private static JsonValue query(Gen gen) {
        StringBuilder sql =
                new StringBuilder("SELECT *\nFROM ").append(gen.word()).append(" t\n");
        for (int i = gen.below(12); i >= 0; i--) {
            sql.append("  LEFT JOIN ")
                    .append(gen.word())
                    .append(" ON t.id = '")
                    .append(gen.word())
                    .append("' -- note: x\n");
        }
        return JsonObject.builder()
                .put("mode", "sql")
                .put(
                        "query",
                        sql.append("WHERE t.name = {{components.input1.value}};")
                                .toString())
                .put("transformation", "return data.map(row => ({\n\t...row,\n\tname: row[\"first\"]\n}))\n")
                .put("runOnPageLoad", JsonBoolean.TRUE)
                .build();
    }

    private static String uuid(Gen gen) {
        return String.format(
                "%08x-%04x-4%03x-a%03x-%06x%06x",
                gen.below(Integer.MAX_VALUE),
                gen.below(0x10000),
                gen.below(0x1000),
                gen.below(0x1000),
                gen.below(0x1000000),
                gen.below(0x1000000));
    }
}
