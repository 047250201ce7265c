package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Loose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Platforms that are layouts and nothing else. Our small documents of them are among the golden cases, where the laws run on them; here the
 * laws run on the real ones, and what a person does to one thing is seen to touch that thing's file.
 */
class NeighboursTest {
    private static final UUID NAMESPACE = new UUID(9, 10);
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @ParameterizedTest
    @ValueSource(strings = {"n8n", "nodered", "grafana", "lowcoder"})
    void realDocumentsComeBack(String platform) throws IOException {
        for (Path file : Corpus.json(platform)) {
            JsonValue document = JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT);
            Exploded exploded = explode(document);
            Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
            assertThat(exploded.document().segments().get(0)).isEqualTo(platform);
            assertThat(assemble(exploded.files(), ledger, exploded))
                    .as(file.toString())
                    .isEqualTo(document);
            JsonValue bare = assemble(exploded.files(), Ledger.EMPTY, exploded);
            Set<String> facts = Set.of("id", "versionId", "applicationId");
            assertThat(Loose.of(bare, facts)).as(file.toString()).isEqualTo(Loose.of(document, facts));
            assertThat(differing(explode(bare).files(), exploded.files()))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n8n", "nodered", "grafana", "lowcoder"})
    void layoutsFitOnAScreen(String platform) throws IOException {
        try (Stream<String> lines =
                Files.lines(Path.of("src/main/resources/dev/offshoot/layout/" + platform + ".yaml"))) {
            assertThat(lines.count()).isLessThan(75);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n8n-workflow | [220, 0]| [260, 40] | n8n/workflows/Late-loans/arrangement.yaml",
                "n8n-workflow | \"Wording\": {\"main\": [[{\"node\": \"Mail/Send\"| \"Wording\": {\"main\": [[{\"node\": \"Loans due\" | n8n/workflows/Late-loans/nodes/Wording.yaml",
                "n8n-workflow | due < now()| due <= now() | n8n/workflows/Late-loans/nodes/Loans-due.sql",
                "n8n-workflow | \"triggerCount\": 1| \"triggerCount\": 2 | n8n/workflows/Late-loans/derived.yaml",
                "n8n-workflow | \"updatedAt\": \"2026-03-02| \"updatedAt\": \"2026-03-04 | ''",
                "nodered-flows | \"x\": 300.5| \"x\": 301 | nodered/tabs/Greenhouse/arrangement.yaml",
                "nodered-flows | return msg;| return null; | nodered/subflows/Smooth/nodes/mean.js",
                "grafana-dashboard | \"w\": 12, \"x\": 0, \"y\": 4| \"w\": 6, \"x\": 0, \"y\": 4 | grafana/dashboards/Bakery-Ovens/arrangement.yaml",
                "grafana-dashboard | \"version\": 12| \"version\": 13 | grafana/dashboards/Bakery-Ovens/derived.yaml",
                "grafana-dashboard | *Karim*| *Leila* | grafana/dashboards/Bakery-Ovens/panels/Read-me.md",
                "lowcoder-app | \"x\": 1, \"y\": 1| \"x\": 2, \"y\": 1 | lowcoder/apps/Seed-bank/components/card/arrangement.yaml",
                "lowcoder-app | \"text\": \"Sow\"| \"text\": \"Sow them\" | lowcoder/apps/Seed-bank/components/card/components/sow.yaml"
            })
    void oneChangeTouchesOneFile(String name, String before, String after, String file) throws IOException {
        String text = golden(name);
        assertThat(text).contains(before);
        FileTree one =
                explode(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).files();
        FileTree other = explode(
                        JsonReader.read(text.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after))
                                .getBytes(StandardCharsets.UTF_8)))
                .files();
        assertThat(differing(one, other)).isEqualTo(file.isEmpty() ? List.of() : List.of(file));
    }

    @Test
    void connectionsOfANodeThatIsDeletedByHandGoWithIt() throws IOException {
        JsonObject back = (JsonObject)
                edited("n8n-workflow", files -> without(files, "n8n/workflows/Late-loans/nodes/Wording.yaml"));
        assertThat(back.object("connections").orElseThrow().keys())
                .containsExactlyInAnyOrder("Every morning", "Loans due", "A node that was deleted");
    }

    @Test
    void aSecondNodeOfANameIsReported() throws IOException {
        Exploded exploded = explode(document("n8n-workflow"));
        TreePath wording = TreePath.of("n8n/workflows/Late-loans/nodes/Wording.yaml");
        FileTree files = exploded.files()
                .with(FileTree.of(Map.of(
                        TreePath.of("n8n/workflows/Late-loans/nodes/Zebra.yaml"),
                        exploded.files().find(wording).orElseThrow())));
        Assembled back = engine.assemble(
                new MemorySource(files), exploded.ledger(), exploded.document(), NAMESPACE, Selection.ALL);
        assertThat(back.findings())
                .anyMatch(f -> f.where().endsWith("Zebra.yaml") && f.message().contains("Wording"));
    }

    @Test
    void orderOfPanelsIsThatOfTheOrderFile() throws IOException {
        TreePath order = TreePath.of("grafana/dashboards/Bakery-Ovens/panels.order");
        JsonObject back = (JsonObject) edited(
                "grafana-dashboard",
                files -> files.with(FileTree.of(Map.of(order, Content.utf8("Flour\nHeat\nTemperature\n")))));
        assertThat(back.array("panels").orElseThrow().items())
                .extracting(p -> ((JsonObject) p).text("title").orElse(""))
                .containsExactly("Flour", "Heat", "Temperature", "Read me", "Temperature");
    }

    @Test
    void orderOfTabsIsThatOfTheOrderFile() throws IOException {
        TreePath order = TreePath.of("nodered/tabs.order");
        JsonArray back = (JsonArray) edited(
                "nodered-flows", files -> files.with(FileTree.of(Map.of(order, Content.utf8("Alarms\nGreenhouse\n")))));
        assertThat(back.items().subList(0, 2))
                .extracting(t -> ((JsonObject) t).text("label").orElse(""))
                .containsExactly("Alarms", "Greenhouse");
    }

    @Test
    void besideAListNothingCanStand() throws IOException {
        TreePath document = TreePath.of("nodered/document.yaml");
        assertThatThrownBy(() -> edited(
                        "nodered-flows",
                        files -> files.with(FileTree.of(Map.of(document, Content.utf8("nodes: []\nrev: 1\n"))))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("nodered/document.yaml")
                .hasMessageContaining("nodes");
    }

    @Test
    void warningsAboutAListPointIntoTheList() throws IOException {
        String broken = golden("nodered-flows")
                .replace("\"mqtt-broker\", \"name\"", "\"mqtt-broker\", \"z\": \"2222333344445555\", \"name\"");
        Exploded exploded = explode(JsonReader.read(broken.getBytes(StandardCharsets.UTF_8)));
        assertThat(exploded.findings()).allMatch(f -> !f.where().startsWith("/nodes"));
    }

    private JsonValue edited(String name, UnaryOperator<FileTree> edit) throws IOException {
        Exploded exploded = explode(document(name));
        return assemble(edit.apply(exploded.files()), exploded.ledger(), exploded);
    }

    private Exploded explode(JsonValue document) {
        return engine.explode(document, KnownDefinitions.NONE);
    }

    private JsonValue assemble(FileTree files, Ledger ledger, Exploded of) {
        return engine.assemble(new MemorySource(files), ledger, of.document(), NAMESPACE, Selection.ALL)
                .document();
    }

    private static FileTree without(FileTree files, String path) {
        var rest = new TreeMap<>(files.files());
        assertThat(rest.remove(TreePath.of(path))).isNotNull();
        return FileTree.of(rest);
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/golden", name, "input.json"));
    }

    private static JsonValue document(String name) throws IOException {
        return JsonReader.read(golden(name).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> differing(FileTree a, FileTree b) {
        TreeSet<TreePath> all = new TreeSet<>(a.files().keySet());
        all.addAll(b.files().keySet());
        List<String> found = new ArrayList<>();
        all.forEach(p -> {
            if (!a.find(p).equals(b.find(p))) {
                found.add(p.value());
            }
        });
        return found;
    }
}
