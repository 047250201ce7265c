package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo does with the sample repository. */
class DemoTest {
    private static final Path SAMPLE = Path.of("sample-repo");

    @TempDir
    Path data;

    @Test
    void theSampleBecomesAWorkspaceThatKnowsItsIds() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            List<TreePath> documents =
                    server.useCases().loadFolder().run(new WorkspaceName("demo"), SAMPLE, new Person("demo", "d@d"));
            assertThat(documents).contains(TreePath.of("tooljet/apps/CRM"));
            GitClient git = new GitClient(data.resolve("repositories/demo.git"));
            assertThat(git.run("log", "--format=%s", "main").lines())
                    .containsExactly("Load sample-repo", "Create the workspace");
            assertThat(git.run("show", "main:tooljet/apps/CRM/app.yaml") + "\n")
                    .isEqualTo(Files.readString(SAMPLE.resolve("tooljet/apps/CRM/app.yaml")));

            String app = "/api/workspaces/demo/definitions/tooljet/apps/CRM";
            assertThat(server.get(app).expect(200).text("id")).isNotEmpty();
            JsonObject again = server.post(
                            "/api/workspaces/demo/imports",
                            server.get(app + "/export").bytes())
                    .expect(200)
                    .json();
            assertThat(again.get("committed").orElseThrow()).isEqualTo(dev.offshoot.format.JsonBoolean.FALSE);
        }
    }
}
