package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TinyApp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of {@code docs/http-api.md}, "Test an import": branch, import, compare, delete the branch. */
class TestAnImportTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String EXPORT = TEAM + "/definitions/tooljet/apps/Shop/export";

    @TempDir
    Path data;

    @Test
    void branchImportCompareDelete() {
        try (TestServer server = TestServer.start(data).with("team")) {
            server.post(TEAM + "/imports", TinyApp.bytes("Shop", 1, "Go")).expect(201);
            GitClient stored = new GitClient(data.resolve("repositories/team.git"));
            String before = stored.run("for-each-ref");
            String exported = server.get(EXPORT).expect(200).text();

            server.post(TEAM + "/branches", "{\"name\": \"try\", \"from\": \"main\"}")
                    .expect(201);
            server.post(TEAM + "/imports?branch=try", TinyApp.bytes("Shop", 1, "Buy"))
                    .expect(200);
            assertThat(server.get(TEAM + "/diff?from=main&to=try&format=markdown")
                            .expect(200)
                            .text())
                    .contains("Shop", "button1");
            assertThat(server.get(EXPORT + "?branch=try").expect(200).text()).contains("\"Buy\"");
            assertThat(server.get(EXPORT).expect(200).text()).isEqualTo(exported);
            server.delete(TEAM + "/branches/try").expect(204);

            assertThat(stored.run("for-each-ref", "refs/heads"))
                    .isEqualTo(stored.run("for-each-ref", "refs/heads/main"));
            assertThat(before).contains(stored.run("rev-parse", "main"));
            server.post(TEAM + "/imports", TinyApp.bytes("Shop", 1, "Buy")).expect(200);
            assertThat(server.get(EXPORT).text()).contains("\"Buy\"");
        }
    }
}
