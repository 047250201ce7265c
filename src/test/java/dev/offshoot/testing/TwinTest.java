package dev.offshoot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our test helpers must do what they promise, or the laws tested with them mean nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwinTest {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    @Test
    void noRowIdOfTheSampleIsLeft() {
        String before = new String(Sample.crmBytes(), StandardCharsets.UTF_8);
        JsonValue twin = Twin.ofToolJet(Sample.crm(), 1);
        String after = new String(JsonWriter.pretty(twin), StandardCharsets.UTF_8);

        List<String> made = new ArrayList<>(); // by the editor: columns, filters, inputs of the module
        UUID.matcher(before)
                .results()
                .map(r -> r.group())
                .distinct()
                .filter(after::contains)
                .forEach(made::add);
        assertThat(made).as("ids within content").hasSizeBetween(10, 40);
        for (String id : made) {
            assertThat(before).as(id).doesNotContain("\"componentId\": \"" + id).doesNotContain("components." + id);
        }
        assertThat(withoutIdsAndTimes(after)).as("nothing else").isEqualTo(withoutIdsAndTimes(before));
        assertThat(after.length()).isEqualTo(before.length());
    }

    @Test
    void theOrderOfCreationStays() {
        JsonObject app = app(Twin.ofToolJet(Sample.crm(), 2));
        for (String list : List.of("components", "pages", "events", "dataSourceOptions")) {
            List<String> times = ToolJetRows.rows(app, list).stream()
                    .map(row -> row.text("createdAt").orElseThrow())
                    .toList();
            assertThat(times).as(list).isSorted();
        }
    }

    @Test
    void theSameSeedGivesTheSameTwin() {
        assertThat(Twin.ofToolJet(Sample.crm(), 3)).isEqualTo(Twin.ofToolJet(Sample.crm(), 3));
        assertThat(Twin.ofToolJet(Sample.crm(), 3)).isNotEqualTo(Twin.ofToolJet(Sample.crm(), 4));
    }

    @Test
    void theIdentityThatInstancesShareStays() {
        String id = "0a1b2c3d-0a1b-4c3d-8a1b-0a1b2c3d4e5f";
        JsonValue export = JsonReader.read(
                ("{\"appV2\":{\"id\":\"" + id + "\",\"slug\":\"" + id + "\",\"co_relation_id\":\"" + id + "\"}}")
                        .getBytes(StandardCharsets.UTF_8));
        JsonObject twin =
                ((JsonObject) Twin.ofToolJet(export, 1)).object("appV2").orElseThrow();
        assertThat(twin.text("co_relation_id")).contains(id);
        assertThat(twin.text("id")).isNotEqualTo(Optional.of(id)).isEqualTo(twin.text("slug"));
    }

    Stream<Path> corpus() {
        return Corpus.json("tooljet").stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void twinsOfRealExportsDifferInIdsAndTimesOnly(Path file) throws IOException {
        JsonValue export;
        try {
            export = JsonReader.read(Files.readAllBytes(file));
        } catch (Failure broken) {
            assertThat(file.getFileName().toString()).contains("BROKEN");
            return;
        }
        Map<String, String> ids = new HashMap<>();
        same("", export, Twin.ofToolJet(export, 5), ids);
        assertThat(ids).isNotEmpty();
        assertThat(ids.values()).doesNotHaveDuplicates();

        String version = ToolJetRows.rows(app(export), "appVersions").stream()
                .findFirst()
                .flatMap(row -> row.text("name"))
                .orElse("");
        VersionCopy.ofToolJet(export, version, "v99", 6).ifPresent(copy -> {
            assertThat(ToolJetRows.rows(app(copy), "appVersions"))
                    .hasSize(ToolJetRows.rows(app(export), "appVersions").size() + 1);
        });
    }

    /** Walks both documents; strings may differ by exchanged ids, always in the same way, and by times. */
    private static void same(String at, JsonValue a, JsonValue b, Map<String, String> ids) {
        if (a instanceof JsonObject x) {
            JsonObject y = (JsonObject) b;
            assertThat(y.size()).as(at).isEqualTo(x.size());
            for (int i = 0; i < x.size(); i++) {
                sameText(at, x.key(i), y.key(i), ids);
                same(at + "/" + x.key(i), x.value(i), y.value(i), ids);
            }
        } else if (a instanceof JsonArray x) {
            JsonArray y = (JsonArray) b;
            assertThat(y.size()).as(at).isEqualTo(x.size());
            for (int i = 0; i < x.size(); i++) {
                same(at + "/" + i, x.get(i), y.get(i), ids);
            }
        } else if (a instanceof JsonString x) {
            sameText(at, x.value(), ((JsonString) b).value(), ids);
        } else {
            assertThat(b).as(at).isEqualTo(a);
        }
    }

    private static void sameText(String at, String a, String b, Map<String, String> ids) {
        if (a.equals(b) || TIME.matcher(a).matches() && TIME.matcher(b).matches()) {
            return;
        }
        var before = UUID.matcher(a).results().map(r -> r.group()).toList();
        var after = UUID.matcher(b).results().map(r -> r.group()).toList();
        assertThat(after).as(at + ": " + a).hasSameSizeAs(before);
        assertThat(UUID.matcher(b).replaceAll(""))
                .as(at)
                .isEqualTo(UUID.matcher(a).replaceAll(""));
        for (int i = 0; i < before.size(); i++) {
            String old = before.get(i);
            if (!old.equals(after.get(i))) {
                assertThat(ids.merge(old, after.get(i), (one, other) -> one))
                        .as(at)
                        .isEqualTo(after.get(i));
            }
        }
    }

    private static String withoutIdsAndTimes(String text) {
        return TIME.matcher(UUID.matcher(text).replaceAll("<id>")).replaceAll("<time>");
    }

    private static JsonObject app(JsonValue document) {
        JsonObject[] found = {JsonObject.EMPTY};
        ToolJetRows.mapApps(document, app -> found[0] = app); // the app itself comes last, after its modules
        return found[0];
    }
}
