package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportApiTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String CRM = "/api/workspaces/team/definitions/tooljet/apps/CRM";
    private static final String APP = "/app/0/definition/appV2";

    @TempDir
    static Path data;

    private static TestServer server;
    private static String first;
    private static JsonValue second;

    @BeforeAll
    static void start() {
        server = TestServer.start(data).with("team");
        first = server.post(IMPORTS, Sample.crmBytes()).expect(201).text("commit");
        second = Edits.set(Sample.crm(), APP + "/icon", new JsonString("second"));
        server.post(IMPORTS, JsonWriter.compact(second)).expect(200);
        GitClient git = new GitClient(data.resolve("repositories/team.git"));
        git.run("tag", "release-1", first);
        git.run("branch", "feature/x", first);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anyCommitBranchOrTagCanBeExported() {
        assertThat(SameJson.differences(
                        second, server.get(CRM + "/export").expect(200).value()))
                .isEmpty();
        for (String ref : List.of(first, "release-1", "feature/x")) {
            Answer export = server.get(CRM + "/export?ref=" + ref).expect(200);
            assertThat(SameJson.differences(Sample.crm(), export.value())).isEmpty();
            assertThat(export.header("X-Offshoot-Commit")).isEqualTo(first);
        }
        assertThat(server.get(CRM + "/export?branch=feature/x").value()).isEqualTo(Sample.crm());
    }

    @Test
    void unknownStatesAreAnsweredWithThoseThereAre() {
        assertThat(server.get(CRM + "/export?ref=nope").expect(404).text("detail"))
                .contains("feature/x, main");
        server.get(CRM + "/export?ref=" + "0".repeat(40)).expect(404);
        server.get(CRM + "/export?ref=main%5Etree").expect(400);
        server.get(CRM + "/export?ref=main&branch=main").expect(400);
        // What only the ledger reaches is not for clients.
        String ledger =
                new GitClient(data.resolve("repositories/team.git")).run("rev-parse", "refs/offshoot/ledger/main");
        server.get(CRM + "/export?ref=" + ledger).expect(404);
    }

    @Test
    void oneVersionIsThatVersionAlone() {
        JsonObject app = (JsonObject)
                Edits.get(server.get(CRM + "/export?version=v1").expect(200).value(), APP);
        JsonArray versions = app.array("appVersions").orElseThrow();
        assertThat(versions.items()).hasSize(1);
        String id = ((JsonObject) versions.get(0)).text("id").orElseThrow();
        assertThat(app.array("pages").orElseThrow().items())
                .isNotEmpty()
                .allMatch(
                        p -> ((JsonObject) p).text("appVersionId").orElseThrow().equals(id));
        assertThat(server.get(CRM + "/export?version=" + id).bytes())
                .isEqualTo(server.get(CRM + "/export?version=v1").bytes());
        assertThat(server.get(CRM + "/export?versions=all").bytes())
                .isEqualTo(server.get(CRM + "/export").bytes());
        assertThat(server.get(CRM + "/export?version=v9").expect(404).text("detail"))
                .contains("v1, v2");
        server.get(CRM + "/export?version=v1&versions=all").expect(400);
        server.get(CRM + "/export?versions=some").expect(400);
    }

    @Test
    void tablesComeOrStay() {
        assertThat(server.get(CRM + "/export?tables=false").json().has("tooljet_database"))
                .isFalse();
        assertThat(server.get(CRM + "/export?tables=true")
                        .json()
                        .array("tooljet_database")
                        .orElseThrow()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void theSameStateIsTheSameBytesAndNeedNotBeSentTwice() {
        Answer one = server.get(CRM + "/export").expect(200);
        assertThat(server.get(CRM + "/export").bytes()).isEqualTo(one.bytes());
        Answer not =
                server.get(CRM + "/export", "If-None-Match", one.header("ETag")).expect(304);
        assertThat(not.bytes()).isEmpty();
        assertThat(not.header("ETag")).isEqualTo(one.header("ETag"));
        server.get(CRM + "/export?ref=" + first, "If-None-Match", one.header("ETag"))
                .expect(200);
        server.get(CRM + "/export?tables=false", "If-None-Match", one.header("ETag"))
                .expect(200);
        Answer shown = server.get(CRM).expect(200);
        server.get(CRM, "If-None-Match", "\"0\", " + shown.header("ETag")).expect(304);
    }

    @Test
    void aDownloadHasTheAppsNameInAnyScript() {
        server.post(IMPORTS, TinyApp.bytes("Büro \"Überblick\" 日本/1", 9, "x")).expect(201);
        Answer list = server.get("/api/workspaces/team/definitions");
        String url = list.json().array("definitions").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .filter(d -> d.text("name").orElseThrow().startsWith("Büro"))
                .map(d -> d.text("url").orElseThrow())
                .findFirst()
                .orElseThrow();
        Answer export = server.get(url + "/export").expect(200);
        assertThat(export.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"B_ro __berblick_ ___1.json\"; "
                        + "filename*=UTF-8''B%C3%BCro%20%22%C3%9Cberblick%22%20%E6%97%A5%E6%9C%AC%2F1.json");
        assertThat(export.value()).isEqualTo(TinyApp.of("Büro \"Überblick\" 日本/1", 9, "x"));
    }

    /** A document of everything is no definition: it is found by its address. */
    @Test
    void everythingOfAPlatformIsOneDocument() throws Exception {
        JsonValue rental;
        try (var in = ExportApiTest.class.getResourceAsStream("/sample/rental.json")) {
            rental = JsonReader.read(in.readAllBytes());
        }
        server.post("/api/workspaces", "{\"name\": \"rental\"}").expect(201);
        server.post("/api/workspaces/rental/imports", JsonWriter.compact(rental))
                .expect(201);
        JsonArray all = server.get("/api/workspaces/rental/export?document=appbuilder")
                .expect(200)
                .json()
                .array("definitions")
                .orElseThrow();
        assertThat(all.size())
                .isEqualTo(
                        ((JsonObject) rental).array("definitions").orElseThrow().size());
        server.get("/api/workspaces/rental/export?document=appbuilder/access").expect(200);
        server.get("/api/workspaces/rental/export").expect(400);
        server.get("/api/workspaces/rental/export?document=nowhere").expect(404);
        assertThat(server.get("/api/workspaces/team/export?document=tooljet/apps/CRM")
                        .expect(200)
                        .bytes())
                .isEqualTo(server.get(CRM + "/export").bytes());
    }

    @Test
    void versionsAreListed() {
        JsonObject listed = server.get(CRM + "/versions").expect(200).json();
        assertThat(listed.array("versions").orElseThrow().items())
                .extracting(v -> ((JsonObject) v).text("name").orElseThrow())
                .containsExactly("v1", "v2");
    }

    @Test
    void theHistoryOfADefinitionIsItsCommitsNewestFirst() {
        server.post(IMPORTS, TinyApp.bytes("Elsewhere", 10, "x")).expect(201);
        JsonArray all = commits(CRM + "/history");
        assertThat(all.items()).hasSize(2);
        assertThat(((JsonObject) all.get(1)).text("id")).contains(first);
        assertThat(((JsonObject) all.get(0)).text("message")).contains("Update CRM: app CRM changed");
        JsonArray page = commits(CRM + "/history?limit=1");
        assertThat(page.items()).containsExactly(all.get(0));
        String after = ((JsonObject) page.get(0)).text("id").orElseThrow();
        assertThat(commits(CRM + "/history?limit=1&after=" + after).items()).containsExactly(all.get(1));
        assertThat(commits(CRM + "/history?ref=release-1").items()).containsExactly(all.get(1));
        server.get(CRM + "/history?limit=0").expect(400);
        server.get(CRM + "/history?limit=many").expect(400);
        server.get(CRM + "/history?after=main").expect(400);
    }

    private static JsonArray commits(String path) {
        return server.get(path).expect(200).json().array("commits").orElseThrow();
    }

    @Test
    void exportsWriteNothing() {
        GitClient git = new GitClient(data.resolve("repositories/team.git"));
        String before = git.run("for-each-ref") + git.run("count-objects", "-v");
        server.get(CRM + "/export").expect(200);
        server.get(CRM + "/export?version=v2").expect(200);
        assertThat(git.run("for-each-ref") + git.run("count-objects", "-v")).isEqualTo(before);
    }

    @Test
    void sharedDefinitionsAreShownButAreNoDocuments() {
        server.get("/api/workspaces/team/definitions/tooljet/datasources/workshop")
                .expect(200);
        assertThat(server.get("/api/workspaces/team/definitions/tooljet/datasources/workshop/export")
                        .status())
                .isBetween(400, 499);
        server.get("/api/workspaces/team/definitions/tooljet/modules/Customer-header/export")
                .expect(200);
    }
}
