package dev.offshoot.layout;

import static dev.offshoot.testing.Trees.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Damage;
import dev.offshoot.testing.FlowRunnerDocs;
import dev.offshoot.testing.Loose;
import dev.offshoot.testing.SameJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The laws of design.md section 2 over generated FlowRunner exports and the synthetic ones of the corpus. */
class FlowRunnerLawsTest {
    private static final int GENERATED = 150;

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void everyDocumentComesBackExactly() {
        generated().forEach(this::comesBack);
    }

    @Test
    void syntheticDocumentsComeBackExactly() throws Exception {
        corpus().forEach(this::comesBack);
    }

    private void comesBack(String name, JsonObject document) {
        Exploded exploded = explode(document);
        assertThat(exploded.document().value()).as(name).startsWith("flowrunner/flows/");
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        assertThat(ledger).as(name).isEqualTo(exploded.ledger());
        assertThat(SameJson.differences(exploded.expected(), assemble(exploded, ledger)))
                .as(name)
                .isEmpty();
        // The files alone.
        JsonValue bare = assemble(exploded, Ledger.EMPTY);
        assertThat(SameJson.differences(Loose.of(exploded.expected(), Set.of()), Loose.of(bare, Set.of())))
                .as(name + ", without ledger")
                .isEmpty();
        assertThat(differing(explode((JsonObject) bare).files(), exploded.files()))
                .as(name + ", without ledger")
                .isEmpty();
        // Another instance.
        JsonObject twin = FlowRunnerDocs.twin(document, 7);
        Exploded other = explode(twin);
        assertThat(differing(exploded.files(), other.files()))
                .as(name + ", twin")
                .isEmpty();
        assertThat(SameJson.differences(other.expected(), assemble(exploded, other.ledger())))
                .as(name + ", tree of one with the ledger of the other")
                .isEmpty();
    }

    @Test
    void damagedDocumentsComeBackExactly() throws Exception {
        Map<String, JsonObject> all = generated();
        all.values().removeIf(d -> d.hashCode() % 4 != 0);
        all.putAll(corpus());
        all.forEach((name, document) -> {
            for (long seed = 0; seed < 20; seed++) {
                JsonObject damaged = Damage.done(document, seed);
                if (!engine.layouts().all().stream().anyMatch(l -> l.recognises(damaged))) {
                    continue;
                }
                Exploded exploded = explode(damaged);
                JsonValue back =
                        assemble(exploded, Ledger.fromFiles(exploded.ledger().toFiles()));
                assertThat(SameJson.differences(exploded.expected(), back))
                        .as(name + " damaged by " + seed)
                        .isEmpty();
            }
        });
    }

    @Test
    void versionsOfAFlowStandSideBySideAndEachComesBack() {
        JsonObject nine = named(FlowRunnerDocs.full(1), "9");
        JsonObject ten = named(FlowRunnerDocs.twin(nine, 3), "10")
                .with("flowId", nine.get("flowId").orElseThrow());
        Exploded first = explode(nine);
        Exploded second = explode(ten);
        FileTree both = first.files().with(second.files());
        assertThat(below(both, "9")).isNotEmpty().isEqualTo(below(both, "10"));
        MemorySource source = new MemorySource(both);
        assertThat(version(source, second.ledger(), second.document(), Optional.empty()))
                .as("the newest, as 10 comes after 9")
                .isEqualTo(second.expected());
        assertThat(version(source, first.ledger(), first.document(), Optional.of("9")))
                .isEqualTo(first.expected());
        assertThat(engine.versions(source, Ledger.EMPTY, first.document()))
                .extracting(VersionHeader::name)
                .containsExactlyInAnyOrder("9", "10");
    }

    private static JsonObject named(JsonObject document, String version) {
        return document.with("name", JsonValue.of("Approval"))
                .with("version", JsonValue.of(version))
                .with("id", JsonValue.of(new UUID(5, version.length()).toString()));
    }

    /** Files of a version, by what follows its folder; the version's number is in one of them. */
    private static Map<String, String> below(FileTree files, String version) {
        String folder = "flowrunner/flows/Approval/versions/" + version + "/";
        Map<String, String> found = new LinkedHashMap<>();
        files.forEach((path, content) -> {
            if (path.value().startsWith(folder)) {
                found.put(
                        path.value().substring(folder.length()),
                        content.utf8().replace("version: '" + version + "'", "version: '…'"));
            }
        });
        return found;
    }

    private JsonValue version(TreeSource source, Ledger ledger, TreePath flow, Optional<String> version) {
        return engine.assemble(source, ledger, flow, new UUID(1, 2), new Selection(version, Set.of(), Set.of()))
                .document();
    }

    @Test
    void wrapperIsRememberedInTheFiles() {
        JsonObject flow = FlowRunnerDocs.full(2).with("name", JsonValue.of("Approval"));
        Exploded exploded = explode(JsonObject.EMPTY.with("whatever", flow).with("by", JsonValue.of("console")));
        assertThat(text(exploded, "flowrunner/flows/Approval/flow.yaml"))
                .contains("name: Approval")
                .contains("$key: whatever");
        assertThat(text(exploded, "flowrunner/flows/Approval/document.yaml")).isEqualTo("by: console\n");
        assertThat(((JsonObject) assemble(exploded, Ledger.EMPTY)).keys()).containsExactlyInAnyOrder("whatever", "by");
    }

    @Test
    void callbackAddressIsStoredNowhere() {
        generated().forEach((name, document) -> {
            Exploded exploded = explode(document);
            exploded.files()
                    .forEach((path, content) -> assertThat(content.utf8()).doesNotContain("secret-"));
            exploded.ledger()
                    .toFiles()
                    .forEach((path, content) -> assertThat(content.utf8()).doesNotContain("secret-"));
            boolean has = document.toString().contains("secret-");
            assertThat(exploded.withheld().isEmpty()).as(name).isEqualTo(!has);
        });
    }

    @Test
    void changedBlockTouchesItsOwnFileOnly() {
        JsonObject document = FlowRunnerDocs.full(4);
        JsonArray elements = document.array("elements").orElseThrow();
        for (int i = 0; i < elements.size(); i++) {
            JsonObject changed = ((JsonObject) elements.get(i)).with("remark", JsonValue.of("changed"));
            assertThat(differing(
                            explode(document).files(),
                            explode(document.with("elements", elements.with(i, changed)))
                                    .files()))
                    .hasSize(1)
                    .allMatch(p -> p.contains("/elements/"));
        }
    }

    @Test
    void nothingIsRequiredButElements() {
        assertThat(explode(JsonObject.EMPTY.with("elements", JsonArray.EMPTY)).document())
                .isEqualTo(TreePath.of("flowrunner/flows/flow"));
    }

    private Exploded explode(JsonObject document) {
        return engine.explode(document, KnownDefinitions.NONE);
    }

    private JsonValue assemble(Exploded exploded, Ledger ledger) {
        return engine.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), new UUID(1, 2), Selection.ALL)
                .document();
    }

    private static String text(Exploded exploded, String path) {
        return exploded.files().find(TreePath.of(path)).orElseThrow().utf8();
    }

    private static Map<String, JsonObject> generated() {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        for (long seed = 0; seed < GENERATED; seed++) {
            all.put("flow " + seed, FlowRunnerDocs.flow(seed));
        }
        return all;
    }

    private static Map<String, JsonObject> corpus() throws Exception {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        for (Path file : Corpus.json("flowrunner")) {
            all.put(file.getFileName().toString(), (JsonObject) JsonReader.read(Files.readAllBytes(file)));
        }
        return all;
    }
}
