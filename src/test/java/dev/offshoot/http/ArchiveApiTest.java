package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.archive.ArchiveFormat;
import dev.offshoot.archive.ArchiveWriter;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Exports;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All definitions of a workspace in one archive. */
class ArchiveApiTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String INTO = "/api/workspaces/copy/imports/archive";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data"), 4 << 20).with("team").with("copy");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ArchiveApiTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private void fill() throws IOException {
        for (String sample : new String[] {
            "/sample/crm.json",
            "/sample/pickup-reminder.json",
            "/sample/counter.json",
            "/sample/rental.json",
            "/appbuilder/tool-shed.json",
            "/appsmith/workshop.json"
        }) {
            server.post(TEAM + "/imports", resource(sample)).expect(201);
        }
    }

    private byte[] archive(String workspace) {
        return server.get("/api/workspaces/" + workspace + "/archive")
                .expect(200)
                .bytes();
    }

    private String refs(String workspace) {
        return git(workspace).run("for-each-ref");
    }

    private GitClient git(String workspace) {
        return new GitClient(server.data.resolve("repositories/" + workspace + ".git"));
    }

    static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.put(entry.getName(), zip.readAllBytes());
            }
        }
        return found;
    }

    /** The documents with the list that belongs to them. */
    private static byte[] listed(Map<String, byte[]> documents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveWriter archive = new ArchiveWriter(out, ArchiveFormat.DEFINITIONS)) {
            for (Map.Entry<String, byte[]> document : documents.entrySet()) {
                if (!document.getKey().equals("manifest.json")) {
                    archive.add(TreePath.of(document.getKey()), to -> to.write(document.getValue()));
                }
            }
            archive.finish();
        }
        return out.toByteArray();
    }

    /** Byte for byte; what differs is shown by its text. */
    private static void assertSame(byte[] one, byte[] other) throws IOException {
        assertThat(texts(one)).isEqualTo(texts(other));
        assertThat(Arrays.equals(one, other)).isTrue();
    }

    private static Map<String, String> texts(byte[] archive) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        entries(archive).forEach((path, bytes) -> found.put(path, new String(bytes, StandardCharsets.UTF_8)));
        return found;
    }

    @Test
    void whatIsImportedIntoAnEmptyWorkspaceIsArchivedAlike() throws IOException {
        fill();
        byte[] archive = archive("team");
        assertThat(entries(archive).keySet())
                .contains(
                        "appbuilder.json",
                        "appbuilder/apps/Bike-Rental~939d3c15.json",
                        "appbuilder/apps/Tool-Shed~3b9f57eb.json",
                        "appsmith/apps/Bicycle-Workshop.json",
                        "appsmith/apps/Workshop-Counter.json",
                        "flowrunner/flows/Pickup-reminder.json",
                        "tooljet/apps/CRM.json",
                        "tooljet/modules/Customer-header.json",
                        "manifest.json")
                .hasSize(9);
        Answer done = server.post(INTO, archive).expect(200);
        assertThat(done.text()).contains("\"committed\": true");
        byte[] copy = archive("copy");
        // A module that only apps have carried so far had no document whose order of members could be kept.
        assertThat(values(copy)).isEqualTo(values(archive));
        server.with("third");
        server.post("/api/workspaces/third/imports/archive", copy).expect(200);
        assertSame(archive("third"), copy);
        assertThat(git("copy").run("rev-list", "--count", "main")).isEqualTo("2"); // the first, and one for all
        assertThat(treeOf("copy")).isEqualTo(treeOf("team"));
        String head = git("copy").run("rev-parse", "main");
        server.post(INTO, archive).expect(200);
        assertThat(git("copy").run("log", "--stat", "--format=%B", head + "..main"))
                .isEmpty();
    }

    private static Map<String, JsonValue> values(byte[] archive) throws IOException {
        Map<String, JsonValue> found = new LinkedHashMap<>();
        entries(archive).forEach((path, bytes) -> found.put(path, JsonReader.read(bytes)));
        found.remove("manifest.json");
        return found;
    }

    /** All but what stands outside of every definition: documents that were never imported on their own had none of it. */
    private List<String> treeOf(String workspace) {
        return git(workspace)
                .run("ls-tree", "-r", "main")
                .lines()
                .filter(line -> !line.endsWith("/document.yaml"))
                .toList();
    }

    @Test
    void definitionsStandWhereTheyStoodWhateverTheyAreCalledNow() throws IOException {
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        server.post(TEAM + "/imports", TinyApp.bytes("Orders", 2, "Go")).expect(201);
        server.post(TEAM + "/imports?target=tooljet/apps/orders", TinyApp.bytes("stock", 1, "Go"))
                .expect(200);
        byte[] archive = archive("team");
        assertThat(entries(archive).keySet())
                .contains("tooljet/apps/orders.json")
                .anyMatch(path -> path.startsWith("tooljet/apps/Orders~"));
        server.post(INTO, archive).expect(200);
        assertSame(archive("copy"), archive);
    }

    @Test
    void anOldStateIsArchivedAsItWas() throws IOException {
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        byte[] before = archive("team");
        Answer head = server.get(TEAM + "/archive").expect(200);
        String commit = head.header("X-Offshoot-Commit");
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Stop")).expect(200);
        assertThat(archive("team")).isNotEqualTo(before);
        assertThat(server.get(TEAM + "/archive?ref=" + commit).expect(200).bytes())
                .isEqualTo(before);
        server.get(TEAM + "/archive?ref=" + commit, "If-None-Match", head.header("ETag"))
                .expect(304);
        server.get(TEAM + "/archive?ref=nowhere").expect(404);
    }

    @Test
    void anArchiveUpdatesWhatIsThereInOneCommitAndADryRunDoesNot() throws IOException {
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        server.post(TEAM + "/imports", TinyApp.bytes("stock", 2, "Go")).expect(201);
        byte[] before = archive("team");
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Stop")).expect(200);
        server.post(TEAM + "/imports", TinyApp.bytes("stock", 2, "Stop")).expect(200);
        String refs = refs("team");
        Answer plan =
                server.post(TEAM + "/imports/archive?dry_run=true", before).expect(200);
        assertThat(plan.text()).contains("\"files\": 2", "button1");
        assertThat(refs("team")).isEqualTo(refs);
        String commits = git("team").run("rev-list", "--count", "main");
        server.post(TEAM + "/imports/archive?message=Go%20back", before).expect(200);
        assertThat(archive("team")).isEqualTo(before);
        assertThat(Integer.parseInt(git("team").run("rev-list", "--count", "main")))
                .isEqualTo(Integer.parseInt(commits) + 1);
        assertThat(git("team").run("log", "-1", "--format=%s", "main")).isEqualTo("Go back");
    }

    @Test
    void oneDocumentThatIsRefusedRefusesAllAndEveryProblemIsNamed() throws IOException {
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        Map<String, byte[]> documents = entries(archive("team"));
        documents.put("tooljet/apps/broken.json", "{".getBytes(StandardCharsets.UTF_8));
        documents.put("tooljet/apps/other.json", "{\"some\": \"thing\"}".getBytes(StandardCharsets.UTF_8));
        String refs = refs("copy");
        Answer refused = server.post(INTO, listed(documents)).expect(400, 422);
        assertThat(refused.text())
                .contains("tooljet/apps/broken.json", "malformed-json", "tooljet/apps/other.json", "unknown-platform");
        assertThat(refs("copy")).isEqualTo(refs);
        documents.clear();
        documents.put("notes.txt", new byte[1]);
        assertThat(server.post(INTO, listed(documents)).expect(422).text()).contains("holds exports only");
        assertThat(server.post(INTO, listed(Map.of())).expect(422).text()).contains("holds no documents");
        assertThat(server.post(INTO, Sample.crmBytes()).expect(422).text()).contains("no zip file");
        server.post("/api/workspaces/none/imports/archive", listed(documents)).expect(404);
        assertThat(refs("copy")).isEqualTo(refs);
    }

    @Test
    void bombsAndHostileNamesAreRefused() throws IOException {
        String refs = refs("copy");
        byte[] zeros = new byte[13 << 20];
        Arrays.fill(zeros, (byte) ' ');
        assertThat(server.post(INTO, listed(Map.of("a.json", zeros)))
                        .expect(422)
                        .text())
                .contains("larger than the limit of");
        Map<String, byte[]> several = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            several.put(i + ".json", Arrays.copyOf(zeros, 9 << 20));
        }
        assertThat(server.post(INTO, listed(several)).expect(422).text()).contains("all files together");
        byte[] lying = listed(Map.of("a.json", new byte[100_000]));
        byte[] small = new String(lying, StandardCharsets.ISO_8859_1)
                .replace("a.json", "../a.j")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(server.post(INTO, small).expect(422).text()).contains("no file of an archive has such a name");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 5001; i++) {
            many.put(i + ".json", new byte[0]);
        }
        assertThat(server.post(INTO, listed(many)).expect(422).text()).contains("limit of 5000 files");
        server.post(INTO, new byte[(4 << 20) + 1]).expect(413);
        assertThat(refs("copy")).isEqualTo(refs);
    }

    @Test
    void aDamagedArchiveIsRefusedOrImportsTheSame() throws IOException {
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        byte[] whole = archive("team");
        String refs = refs("copy");
        Random random = new Random(20261128);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 4 != 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Answer answer = server.post(INTO + "?dry_run=true", bytes);
            assertThat(answer.status()).as(answer.text()).isIn(200, 422);
            if (answer.status() == 200) {
                assertThat(answer.text()).contains("tooljet/apps/orders");
            }
        }
        assertThat(refs("copy")).isEqualTo(refs);
    }

    @Test
    void aDataSourceThatNobodyUsesIsNamedBecauseNoDocumentCarriesIt() throws IOException {
        server.post(TEAM + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        server.delete(TEAM + "/definitions/tooljet/apps/orders").expect(200);
        assertThat(Exports.at(server, "team", "main")).isEmpty();
        assertThat(new String(entries(archive("team")).get("manifest.json"), StandardCharsets.UTF_8))
                .contains("usedByNoDefinition", "tooljet/datasources/postgres");
    }
}
