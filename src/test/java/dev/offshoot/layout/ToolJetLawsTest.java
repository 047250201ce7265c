package dev.offshoot.layout;

import static dev.offshoot.testing.Trees.differing;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.Twin;
import dev.offshoot.testing.VersionCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The laws of design.md section 2 over our sample and over every real ToolJet document at hand. */
class ToolJetLawsTest {
    private static final UUID NAMESPACE = new UUID(1, 2);
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void sampleComesBackExactly() {
        assertRoundTrip("sample", Sample.crm());
    }

    @Test
    void everyDocumentComesBackExactly() throws Exception {
        for (Path file : parseable()) {
            assertRoundTrip(file.getFileName().toString(), read(file));
        }
    }

    private void assertRoundTrip(String name, JsonValue document) {
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        assertThat(ledger).as(name).isEqualTo(exploded.ledger());
        assertThat(assemble(exploded, ledger)).as(name).isEqualTo(exploded.expected());
    }

    @Test
    void optionsOfAModuleWithoutEnvironmentsAreKeyedByThoseOfItsApp() {
        assertRoundTrip(
                "sample",
                Edits.set(
                        Sample.crm(),
                        "/app/0/definition/appV2/modules/0/appV2/appEnvironments",
                        JsonArray.of(JsonArray.EMPTY)));
    }

    @Test
    void theVersionInTheEditorLacksWhatTheVersionLacks() {
        String app = "/app/0/definition/appV2";
        JsonValue versions = Edits.at(
                Sample.crm(),
                app + "/appVersions",
                list -> JsonArray.of(((JsonArray) list)
                        .items().stream()
                                .map(v -> ((JsonObject) v).without("appId"))
                                .toList()));
        JsonValue document = Edits.at(
                versions,
                app + "/editingVersion",
                v -> ((JsonObject) v).without("appId").with("updatedAt", JsonValue.of("2026-09-09T09:09:09.009Z")));
        assertRoundTrip("sample", document);
    }

    @Test
    void modulesInAMapComeBack() {
        assertRoundTrip(
                "sample",
                Edits.at(
                        Sample.crm(),
                        "/app/0/definition/appV2/modules",
                        list -> JsonObject.EMPTY.with("first", ((JsonArray) list).get(0))));
    }

    @Test
    void anotherInstanceGivesTheSameTree() throws Exception {
        assertTwin("sample", Sample.crm());
        for (Path file : parseable()) {
            assertTwin(file.getFileName().toString(), read(file));
        }
    }

    private void assertTwin(String name, JsonValue document) {
        FileTree one = engine.explode(document, KnownDefinitions.NONE).files();
        FileTree other = engine.explode(Twin.ofToolJet(document, 42), KnownDefinitions.NONE)
                .files();
        assertThat(differing(one, other)).as(name).isEmpty();
    }

    @Test
    void ledgerOfTheTwinGivesTheTwin() throws Exception {
        for (Path file : parseable()) {
            JsonValue document = read(file);
            Exploded one = engine.explode(document, KnownDefinitions.NONE);
            Exploded twin = engine.explode(Twin.ofToolJet(document, 7), KnownDefinitions.NONE);
            assertThat(assemble(one, twin.ledger())).as(file.toString()).isEqualTo(twin.expected());
        }
    }

    @Test
    void copiedVersionDiffersOnlyInItsName() throws Exception {
        assertCopy("sample", Sample.crm(), "v2");
        for (Path file : parseable()) {
            JsonValue document = read(file);
            for (String version : versions(document)) {
                assertCopy(file.getFileName().toString(), document, version);
            }
        }
    }

    private void assertCopy(String name, JsonValue document, String version) {
        Optional<JsonValue> copied = VersionCopy.ofToolJet(document, version, "copy-of-it", 3);
        if (copied.isEmpty()) {
            return;
        }
        FileTree files = engine.explode(copied.get(), KnownDefinitions.NONE).files();
        TreeMap<String, Content> original = new TreeMap<>();
        TreeMap<String, Content> copy = new TreeMap<>();
        files.forEach((path, content) -> {
            below(path, "/versions/" + dev.offshoot.model.FileName.slug(version) + "/")
                    .ifPresent(p -> original.put(p, content));
            below(path, "/versions/copy-of-it/").ifPresent(p -> copy.put(p, content));
        });
        assertThat(copy).as(name).isNotEmpty();
        original.remove("version.yaml");
        copy.remove("version.yaml");
        assertThat(copy).as(name + " " + version).isEqualTo(original);
    }

    private static Optional<String> below(TreePath path, String folder) {
        int at = path.value().indexOf(folder);
        return at < 0 || !path.value().startsWith("tooljet/apps/")
                ? Optional.empty()
                : Optional.of(path.value().substring(at + folder.length()));
    }

    private static List<String> versions(JsonValue document) {
        List<String> names = new ArrayList<>();
        Pointer.parse("app/0/definition/appV2/appVersions/*/name")
                .each(document, (p, v) -> Values.text(v).ifPresent(names::add));
        return names.size() == names.stream().distinct().count() ? names : List.of();
    }

    @Test
    void treeWithoutLedgerGivesADocumentOfTheSameTree() throws Exception {
        assertFixPoint("sample", Sample.crm());
        for (Path file : parseable()) {
            assertFixPoint(file.getFileName().toString(), read(file));
        }
    }

    private void assertFixPoint(String name, JsonValue document) {
        Exploded exploded = engine.explode(document, KnownDefinitions.NONE);
        JsonValue bare = assemble(exploded, Ledger.EMPTY);
        assertThat(differing(engine.explode(bare, KnownDefinitions.NONE).files(), exploded.files()))
                .as(name)
                .isEmpty();
    }

    @Test
    void stepsOfASeriesTouchOnlyWhatAPersonChanged() throws Exception {
        // Steps of the corpus in which nothing but times, row ids and their like moved.
        int quiet = 0;
        int steps = 0;
        for (List<Path> series : series()) {
            Optional<FileTree> before = Optional.empty();
            Optional<JsonValue> previous = Optional.empty();
            for (Path file : series) {
                JsonValue document = read(file);
                FileTree files = engine.explode(document, KnownDefinitions.NONE).files();
                if (before.isPresent()) {
                    steps++;
                    List<String> changed = differing(before.get(), files);
                    if (changed.isEmpty()) {
                        quiet++;
                    }
                    assertThat(changed.isEmpty())
                            .as(
                                    "%s: a step without a change of meaning, and only such a step, leaves the tree as it is",
                                    file)
                            .isEqualTo(withoutInstance(previous.get()).equals(withoutInstance(document)));
                }
                before = Optional.of(files);
                previous = Optional.of(document);
            }
        }
        assertThat(steps).isEqualTo(25);
        assertThat(quiet).isGreaterThan(0);
    }

    /** The document without row ids and times, and without the environment a version happens to be looked at in. */
    private static JsonValue withoutInstance(JsonValue value) {
        if (value instanceof dev.offshoot.format.JsonString s) {
            return JsonValue.of(s.value().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id"));
        }
        if (value instanceof JsonObject o) {
            return o.without(java.util.Set.of(
                            "createdAt",
                            "updatedAt",
                            "currentEnvironmentId",
                            "promotedFrom",
                            "publishedAt",
                            "releasedAt",
                            "pulledAt",
                            "parentVersionId"))
                    .map(ToolJetLawsTest::withoutInstance);
        }
        return value instanceof dev.offshoot.format.JsonArray a
                ? dev.offshoot.format.JsonArray.of(
                        a.items().stream().map(ToolJetLawsTest::withoutInstance).toList())
                : value;
    }

    private JsonValue assemble(Exploded exploded, Ledger ledger) {
        return engine.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), NAMESPACE, Selection.ALL)
                .document();
    }

    private static JsonValue read(Path file) throws Exception {
        return JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT);
    }

    private static List<Path> parseable() {
        return Corpus.json("tooljet").stream()
                .filter(p -> !p.toString().endsWith("BROKEN.json"))
                .toList();
    }

    private static List<List<Path>> series() {
        Map<Path, List<Path>> folders = new TreeMap<>();
        Corpus.json("tooljet-series")
                .forEach(p -> folders.computeIfAbsent(p.getParent(), f -> new ArrayList<>())
                        .add(p));
        folders.values().forEach(l -> l.sort(null));
        return new ArrayList<>(folders.values());
    }

    @Test
    void brokenDocumentIsRefused() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                Failure.class,
                                () -> engine.explode(
                                        JsonReader.read("{\"hello\": 1}".getBytes(), Limits.DEFAULT),
                                        KnownDefinitions.NONE))
                        .reason())
                .isEqualTo(dev.offshoot.model.Reason.UNKNOWN_PLATFORM);
    }
}
