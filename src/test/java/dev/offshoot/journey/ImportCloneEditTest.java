package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.Main;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.FileTree;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.Trees;
import dev.offshoot.testing.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's way through the product: import, clone, read, change a file, assemble, import again. */
class ImportCloneEditTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String V1 = "tooljet/apps/CRM/versions/v1/";
    private static final String SQL = V1 + "queries/listOpenRepairs.sql";
    private static final String BUTTON = V1 + "pages/Home/components/newButton.yaml";

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data.resolve("server")).with("team");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitClient cloned() {
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "clone");
        return new GitClient(data.resolve("clone"));
    }

    private JsonValue export() {
        return server.get("/api/workspaces/team/definitions/tooljet/apps/CRM/export")
                .expect(200)
                .value();
    }

    /** The document that the packaged program would make of the clone. */
    private JsonValue assembled() throws Exception {
        Path out = data.resolve("assembled.json");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "assemble",
                        data.resolve("clone").toString(),
                        "--definition",
                        "tooljet/apps/CRM",
                        "-o",
                        out.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return JsonReader.read(Files.readAllBytes(out));
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void anEditInACloneIsThatEditInTheDocumentAndInTheNextCommit() throws Exception {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        assertThat(SameJson.differences(Sample.crm(), export())).isEmpty();
        GitClient clone = cloned();
        assertThat(Files.readString(clone.folder().resolve(SQL))).contains("FROM repairs r");

        JsonValue before = assembled();
        edit(clone.folder().resolve(SQL), "ORDER BY r.due_on, r.id;", "ORDER BY r.id;");
        edit(clone.folder().resolve(BUTTON), "left: 36", "left: 35");
        JsonValue after = assembled();
        assertThat(SameJson.differences(before, after))
                .hasSize(2)
                .allSatisfy(place -> assertThat(place)
                        .matches("(?s)/app/0/definition/appV2/(dataQueries/.*/options/query|components/.*/left): .*"));

        server.post(IMPORTS, JsonWriter.compact(after)).expect(200);
        clone.run("fetch", "-q");
        assertThat(clone.run("diff", "--name-only", "HEAD", "origin/main").lines())
                .containsExactly(BUTTON, SQL);
        assertThat(clone.run("diff", "origin/main"))
                .as("what was edited here is what was imported there, byte for byte")
                .isEqualTo("");
    }

    @Test
    void whatStaysTheSameMakesNoCommitAndOneChangeTouchesItsFileAlone() throws Exception {
        JsonValue document = Sample.crm();
        server.post(IMPORTS, JsonWriter.compact(document)).expect(201);
        GitClient clone = cloned();
        String first = clone.run("rev-parse", "origin/main");

        server.post(IMPORTS, JsonWriter.compact(document)).expect(200);
        server.post(IMPORTS, JsonWriter.compact(Twin.ofToolJet(document, 7))).expect(200);
        clone.run("fetch", "-q");
        assertThat(clone.run("rev-parse", "origin/main")).isEqualTo(first);

        JsonValue changed = Edits.at(
                document,
                "/app/0/definition/appV2/components/0/properties",
                properties -> ((JsonObject) properties).with("note", new JsonString("new")));
        server.post(IMPORTS, JsonWriter.compact(changed)).expect(200);
        clone.run("fetch", "-q");
        assertThat(clone.run("rev-list", "--count", first + "..origin/main")).isEqualTo("1");
        assertThat(clone.run("diff", "--name-only", first, "origin/main").lines())
                .singleElement()
                .asString()
                .matches(".*/components/.*\\.yaml");
        assertThat(SameJson.differences(changed, export())).isEmpty();
    }

    @Test
    void aNameMayChangeItsLetterCaseAlone() throws Exception {
        JsonValue document = Sample.crm();
        server.post(IMPORTS, JsonWriter.compact(document)).expect(201);
        GitClient clone = cloned();
        JsonValue renamed = Edits.at(
                document,
                "/app/0/definition/appV2/pages",
                pages -> JsonArray.of(((JsonArray) pages)
                        .items().stream()
                                .map(page -> ((JsonObject) page).with("name", new JsonString(upper((JsonObject) page))))
                                .toList()));
        server.post(IMPORTS, JsonWriter.compact(renamed)).expect(200);
        assertThat(SameJson.differences(renamed, export())).isEmpty();
        clone.run("pull", "-q");
        assertThat(clone.folder().resolve(V1 + "pages/HOME/page.yaml")).exists();
        server.post(IMPORTS, JsonWriter.compact(document)).expect(200);
        assertThat(SameJson.differences(document, export())).isEmpty();
    }

    private static String upper(JsonObject page) {
        return page.text("name").orElseThrow().toUpperCase(Locale.ROOT);
    }

    /** Real apps as people changed them: each step commits what its files say, and nothing when they say the same. */
    @Test
    void aSeriesOfRealExportsBecomesTheHistoryOfItsChanges() throws Exception {
        LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        Map<Path, List<Path>> series = new TreeMap<>();
        Corpus.json("tooljet-series")
                .forEach(file -> series.computeIfAbsent(file.getParent(), f -> new ArrayList<>())
                        .add(file));
        int number = 0;
        for (List<Path> steps : series.values()) {
            steps.sort(null);
            String workspace = "series" + number++;
            server.with(workspace);
            GitClient stored = new GitClient(data.resolve("server/repositories/" + workspace + ".git"));
            String head = stored.run("rev-parse", "main");
            FileTree before = FileTree.of(Map.of());
            for (Path step : steps) {
                byte[] bytes = Files.readAllBytes(step);
                FileTree files = engine.explode(JsonReader.read(bytes), KnownDefinitions.NONE)
                        .files();
                Answer receipt = server.post("/api/workspaces/" + workspace + "/imports", bytes);
                if (receipt.status() == 409) { // somebody removed a column, and meant it
                    String confirm = receipt.text("confirm");
                    receipt = server.post("/api/workspaces/" + workspace + "/imports?confirm=" + confirm, bytes);
                }
                assertThat(receipt.status()).as(step + receipt.text()).isIn(200, 201);
                String now = stored.run("rev-parse", "main");
                Set<String> committed = new TreeSet<>(
                        stored.run("-c", "core.quotePath=false", "diff", "--name-only", "--no-renames", head, now)
                                .lines()
                                .toList());
                Set<String> expected = new TreeSet<>(Trees.differing(before, files));
                assertThat(committed).as("%s", step).isSubsetOf(expected);
                // Shared records stay when an app stops using them; whatever the app owns goes.
                expected.removeIf(p -> !p.matches("tooljet/(apps|modules)/.*"));
                assertThat(committed).as("%s", step).containsAll(expected);
                assertThat(now.equals(head)).as("%s", step).isEqualTo(committed.isEmpty());
                head = now;
                before = files;
            }
        }
        assertThat(number).isEqualTo(4);
    }
}
