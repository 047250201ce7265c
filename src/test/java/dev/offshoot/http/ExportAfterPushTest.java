package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that has exported before answers, after each push, what one answers that has just started. */
class ExportAfterPushTest {
    private static final String TEAM = "/api/workspaces/team";

    @TempDir
    Path folder;

    /** The ledger has no order for tables that only pushed files refer to: the document has them as it meets them. */
    @Test
    void tablesComeInTheOrderInWhichPushedFilesReferToThem() throws Exception {
        Path data = folder.resolve("data");
        try (TestServer server = TestServer.start(data).with("team")) {
            server.post(TEAM + "/imports", JsonWriter.compact(Sample.crm())).expect(201);
            String app = server.post(TEAM + "/imports", JsonWriter.compact(GeneratedApp.document(20, 3)))
                    .expect(201)
                    .text("document");
            Path clone = folder.resolve("clone");
            new GitClient(folder).run("clone", "-q", server.gitUrl("team"), clone.toString());
            GitClient git = new GitClient(clone);
            Path component = component(clone.resolve(app));
            String text = Files.readString(component);
            List<String> exports = new ArrayList<>();
            for (List<String> tables : List.of(List.of("customers", "orders"), List.of("orders", "customers"))) {
                Files.writeString(
                        component,
                        text + "one: '@{/tables/" + tables.get(0) + "}'\ntwo: '@{/tables/" + tables.get(1) + "}'\n");
                git.run("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-qam", "tables");
                git.run("push", "-q", "origin", "HEAD:main");
                exports.add(export(server, app));
            }
            assertThat(exports.get(1)).isNotEqualTo(exports.get(0));
            server.close();
            try (TestServer fresh = TestServer.start(data)) {
                assertThat(exports.get(1)).isEqualTo(export(fresh, app));
            }
        }
    }

    private static String export(TestServer server, String app) {
        return server.get(TEAM + "/definitions/" + app + "/export").expect(200).text();
    }

    private static Path component(Path app) throws IOException {
        try (Stream<Path> files = Files.walk(app)) {
            return files.filter(p -> p.getParent().endsWith("components"))
                    .filter(p -> p.toString().endsWith(".yaml"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
