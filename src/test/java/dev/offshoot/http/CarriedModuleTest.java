package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module stands on its own and comes along with apps: neither of its two documents undoes what the other one said. */
class CarriedModuleTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String DEFINITIONS = "/api/workspaces/team/definitions/tooljet/";

    @TempDir
    Path data;

    @Test
    void itsOwnExportAndTheAppsTakeTurnsWithoutACommit() {
        try (TestServer server = TestServer.start(data).with("team")) {
            server.post(IMPORTS, Sample.crmBytes()).expect(201);
            String module = server.get("/api/workspaces/team/definitions").text();
            String name = module.replaceAll("(?s).*\"tooljet/modules/([^\"/]+)\".*", "$1");
            GitClient stored = new GitClient(data.resolve("repositories/team.git"));
            String head = stored.run("rev-parse", "main");
            for (int turn = 0; turn < 3; turn++) {
                byte[] own = server.get(DEFINITIONS + "modules/" + name + "/export?versions=all")
                        .expect(200)
                        .bytes();
                server.post(IMPORTS, own).expect(200);
                assertThat(stored.run("log", "--name-status", "--format=%s", head + "..main"))
                        .as("its own, turn " + turn)
                        .isEmpty();
                byte[] app = server.get(DEFINITIONS + "apps/CRM/export?versions=all")
                        .expect(200)
                        .bytes();
                server.post(IMPORTS, app).expect(200);
                assertThat(stored.run("log", "--name-status", "--format=%s", head + "..main"))
                        .as("the app's, turn " + turn)
                        .isEmpty();
            }
        }
    }

    @Test
    void whatStandsAroundItSurvivesTheAppsThatCarryIt() {
        try (TestServer server = TestServer.start(data).with("team")) {
            server.post(IMPORTS, Sample.crmBytes()).expect(201);
            String name = server.get("/api/workspaces/team/definitions")
                    .text()
                    .replaceAll("(?s).*\"tooljet/modules/([^\"/]+)\".*", "$1");
            String path = DEFINITIONS + "modules/" + name + "/export?versions=all";
            String own = server.get(path).text().replaceFirst("\\{", "{\"exported_by\": \"somebody\",");
            server.post(IMPORTS, own).expect(200);
            GitClient stored = new GitClient(data.resolve("repositories/team.git"));
            String head = stored.run("rev-parse", "main");
            server.post(IMPORTS, Sample.crmBytes()).expect(200);
            assertThat(stored.run("log", "--name-status", "--format=%s", head + "..main"))
                    .isEmpty();
            assertThat(server.get(path).text()).contains("somebody");
        }
    }
}
