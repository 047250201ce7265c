package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteDefinitionTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String DEFINITIONS = "/api/workspaces/team/definitions/";
    private static final String CRM = DEFINITIONS + "tooljet/apps/CRM";

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitClient stored() {
        return new GitClient(data.resolve("repositories/team.git"));
    }

    @Test
    void itGoesInOneCommitWithAllThatIsItsOwn() {
        Answer answer = server.delete(CRM).expect(200);
        assertThat(answer.text("commit")).isEqualTo(stored().run("rev-parse", "main"));
        assertThat(answer.text("before")).isEqualTo(stored().run("rev-parse", "main~"));
        assertThat(stored().run("log", "-1", "--format=%s", "main")).isEqualTo("Remove CRM");
        assertThat(stored().run("ls-tree", "-r", "--name-only", "main").lines())
                .noneMatch(path -> path.startsWith("tooljet/apps/"))
                .anyMatch(path -> path.startsWith("tooljet/datasources/"));
        server.get(CRM).expect(404);
        server.delete(CRM).expect(404);
        server.get(CRM + "/export?ref=" + answer.text("before")).expect(200);
    }

    @Test
    void itComesBackWithItsOwnIds() {
        JsonValue before = server.get(CRM + "/export").expect(200).value();
        server.delete(CRM).expect(200);
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        assertThat(SameJson.differences(
                        before, server.get(CRM + "/export").expect(200).value()))
                .isEmpty();
    }

    @Test
    void whatOthersReferToStays() {
        Answer refused =
                server.delete(DEFINITIONS + "tooljet/modules/Customer-header").expect(409);
        assertThat(refused.text()).contains("tooljet/apps/CRM/", "remove these references first");
        server.delete(DEFINITIONS + "tooljet/datasources/workshop").expect(400);
        server.delete(CRM).expect(200);
        server.delete(DEFINITIONS + "tooljet/modules/Customer-header").expect(200);
    }

    @Test
    void authorDateAndMessageMayBeThoseOfElsewhere() {
        String by =
                "author=Anna+M%C3%BCller+%3Canna%40example.org%3E&date=2025-02-03T04:05:06%2B01:00&message=Tidy+up%0A%0AReally.";
        server.delete(CRM + "?" + by).expect(200);
        server.post(IMPORTS + "?" + by, TinyApp.bytes("Shop", 1, "x")).expect(201);
        for (String commit : new String[] {"main", "main~"}) {
            assertThat(stored().run("log", "-1", "--format=%an <%ae> %at %B", commit))
                    .isEqualTo("Anna Müller <anna@example.org> 1738551906 Tidy up\n\nReally.");
        }
        server.delete(CRM + "?author=nobody").expect(400);
        server.delete(CRM + "?date=yesterday").expect(400);
    }

    /** A module may use another one that its document does not carry. */
    @Test
    void aModuleMayReferToAnother() {
        String id = ((JsonString) Edits.get(Sample.crm(), "/app/0/definition/appV2/modules/0/appV2/id")).value();
        JsonValue using = Edits.at(
                TinyApp.of("Using", 1, "x"),
                "/app/0/definition/appV2",
                app -> ((JsonObject) app).with("type", new JsonString("module")).with("icon", new JsonString(id)));
        server.post(IMPORTS, JsonWriter.compact(using)).expect(201);
        assertThat(SameJson.differences(
                        using,
                        server.get(DEFINITIONS + "tooljet/modules/Using/export")
                                .expect(200)
                                .value()))
                .isEmpty();
        assertThat(stored().run("show", "main:tooljet/modules/Using/module.yaml"))
                .contains("@{/modules/Customer-header}");
        server.delete(CRM).expect(200);
        assertThat(server.delete(DEFINITIONS + "tooljet/modules/Customer-header")
                        .expect(409)
                        .text())
                .contains("tooljet/modules/Using/module.yaml");
    }
}
