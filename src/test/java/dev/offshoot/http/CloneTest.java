package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TinyApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stock Git client gets from the whole server, and what it does not. */
class CloneTest {
    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        server.post("/api/workspaces/team/imports", TinyApp.bytes("crm", 1, "one"))
                .expect(201);
        server.post("/api/workspaces/team/imports", TinyApp.bytes("crm", 1, "two"))
                .expect(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCloneHoldsTheAppAsFiles() throws Exception {
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "clone");
        Path app = data.resolve("clone/tooljet/apps/crm/versions/v1");
        assertThat(Files.readString(app.resolve("pages/Home/components/button1.yaml")))
                .contains("two");
        assertThat(Files.readString(app.resolve("queries/orders.sql"))).isEqualTo("select 1\nfrom orders\n");
        assertThat(new GitClient(data.resolve("clone")).run("status", "--porcelain"))
                .isEmpty();
    }

    @Test
    void theLedgerIsNobodysToSee() {
        GitClient stored = new GitClient(data.resolve("repositories/team.git"));
        List<String> ledger = stored.run("rev-list", "--objects", "--no-object-names", "refs/offshoot/ledger/main")
                .lines()
                .toList();
        List<String> shown = stored.run("rev-list", "--objects", "--no-object-names", "main")
                .lines()
                .toList();
        List<String> hidden = ledger.stream().filter(id -> !shown.contains(id)).toList();
        assertThat(hidden).hasSizeGreaterThan(4);

        assertThat(new GitClient(data).run("ls-remote", server.gitUrl("team")).lines())
                .extracting(line -> line.replaceFirst("\\S+\\s+", ""))
                .containsExactly("HEAD", "refs/heads/main");
        new GitClient(data).run("clone", "-q", "--mirror", server.gitUrl("team"), "mirror.git");
        GitClient mirror = new GitClient(data.resolve("mirror.git"));
        for (String id : hidden) {
            assertThat(mirror.attempt("fetch", "-q", "origin", id).status())
                    .as(id)
                    .isNotZero();
        }
        assertThat(mirror.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
                        .lines())
                .containsExactlyInAnyOrderElementsOf(shown);
    }
}
