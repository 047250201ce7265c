package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person with stock Git sees of a workspace. */
class GitAccessTest {
    @TempDir
    Path folder;

    private TestServer server;
    private GitClient git;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data")).with("team");
        server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
        git = new GitClient(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCloneIsTheAppAsFiles() throws Exception {
        git.run("clone", "-q", server.gitUrl("team"), "clone");
        Path app = folder.resolve("clone/tooljet/apps/CRM");
        assertThat(Files.readString(app.resolve("app.yaml"))).contains("name: CRM");
        assertThat(app.resolve("versions/v2/queries/listOpenRepairs.sql"))
                .content()
                .contains("FROM repairs");
        assertThat(new GitClient(folder.resolve("clone")).run("status", "--porcelain"))
                .isEmpty();
    }

    @Test
    void aFetchBringsTheNextImport() {
        git.run("clone", "-q", server.gitUrl("team"), "clone");
        GitClient clone = new GitClient(folder.resolve("clone"));
        String changed = new String(Sample.crmBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .replace("Workshop board", "Board");
        String commit =
                server.post("/api/workspaces/team/imports", changed).expect(200).text("commit");
        clone.run("pull", "-q");
        assertThat(clone.run("rev-parse", "HEAD")).isEqualTo(commit);
    }

    @Test
    void theLedgerIsOutOfReach() {
        String ledger = new GitClient(folder.resolve("data/repositories/team.git"))
                .run("rev-parse", "refs/offshoot/ledger/main");
        assertThat(git.run("ls-remote", server.gitUrl("team")))
                .contains("refs/heads/main")
                .doesNotContain("offshoot");
        git.run("clone", "-q", "--mirror", server.gitUrl("team"), "mirror.git");
        GitClient mirror = new GitClient(folder.resolve("mirror.git"));
        assertThat(mirror.run("for-each-ref")).doesNotContain("offshoot");
        assertThat(mirror.attempt("cat-file", "-e", ledger).status()).isNotZero();
        assertThat(mirror.attempt("fetch", "-q", server.gitUrl("team"), ledger).status())
                .isNotZero();
        assertThat(mirror.attempt("fetch", "-q", server.gitUrl("team"), "refs/offshoot/ledger/main")
                        .status())
                .isNotZero();
    }

    @Test
    void anUnknownRepositoryIsNotFound() {
        assertThat(git.attempt("ls-remote", server.gitUrl("nope")).output()).contains("not found");
        server.get("/git/../data").expect(400);
        server.get("/git/team.git/objects/info/packs").expect(404);
        server.get("/git/team.git/config").expect(404);
    }
}
