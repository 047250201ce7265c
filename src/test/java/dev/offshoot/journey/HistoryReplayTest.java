package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.CommandRun;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TinyApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A native history is repeated once, makes no commit for what changes nothing here, and ends where its head alone would. */
class HistoryReplayTest {
    @TempDir
    Path folder;

    private TestServer server;
    private GitClient git;
    private GitClient stored;

    /** A ToolJet repository of the first generation: whole exports, and notes that say when they were written. */
    @BeforeEach
    void begin() throws IOException {
        server = TestServer.start(folder.resolve("server")).with("team");
        server.post("/api/workspaces", "{\"name\": \"head\"}").expect(201);
        new GitClient(folder).run("init", "-q", "-b", "main", "shops");
        git = new GitClient(folder.resolve("shops"));
        stored = new GitClient(folder.resolve("server/repositories/team.git"));
        commit("Begin", "One", TinyApp.bytes("One", 1, "x"));
        commit("A second shop", "Two", TinyApp.bytes("Two", 2, "x"));
        write("README.md", "notes".getBytes());
        commit("Foreign", "One", TinyApp.bytes("One", 1, "x"));
        // Pushed again: only a time is another, and the notes.
        commit(
                "Again",
                "One",
                new String(TinyApp.bytes("One", 1, "x"))
                        .replace("2026-01-02T00:00:00.000Z", "2026-02-02T00:00:00.000Z")
                        .getBytes());
        commit("Change", "One", TinyApp.bytes("One", 1, "y"));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = git.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void commit(String message, String app, byte[] document) throws IOException {
        write(".meta/meta.json", ("{\"" + message + "\": {}}").getBytes());
        write(app + "/v1.json", document);
        git.run("add", "-A");
        git.run("-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-q", "-m", message);
    }

    private CommandRun replay(String workspace) {
        return CommandRun.against(
                server,
                "import",
                "--history",
                git.folder().toString(),
                "--server",
                server.address().toString(),
                "-w",
                workspace);
    }

    @Test
    void whatChangesNothingHereMakesNoCommit() {
        CommandRun done = replay("team");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(stored.run("log", "-3", "--format=%s", "main")).isEqualTo("Change\nA second shop\nBegin");
        assertThat(stored.run("diff", "--name-only", "main~", "main"))
                .isEqualTo("tooljet/apps/One/versions/v1/pages/Home/components/button1.yaml");
    }

    @Test
    void whatOneCommitChangedIsOneCommitHere() throws IOException {
        write("Two/v1.json", TinyApp.bytes("Two", 2, "z"));
        write("Three/v1.json", TinyApp.bytes("Three", 3, "z"));
        commit("Both, and a third", "One", TinyApp.bytes("One", 1, "z"));
        CommandRun done = replay("team");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("4 commits made here");
        assertThat(stored.run("log", "-2", "--format=%an %s", "main")).isEqualTo("B Both, and a third\nB Change");
        assertThat(stored.run("diff", "--name-only", "main~", "main").lines())
                .contains(
                        "tooljet/apps/One/versions/v1/pages/Home/components/button1.yaml",
                        "tooljet/apps/Two/versions/v1/pages/Home/components/button1.yaml",
                        "tooljet/apps/Three/app.yaml");
    }

    @Test
    void severalDocumentsComeTogetherOrNotAtAll() {
        String one = new String(TinyApp.bytes("Four", 4, "x"));
        String before = stored.run("for-each-ref");
        String path = "/api/workspaces/team/imports/together";
        assertThat(server.post(path, "{\"imports\": [{\"document\": " + one + "}, {\"document\": {\"a\": 1}}]}")
                        .expect(422)
                        .text())
                .contains("/imports/1");
        assertThat(server.post(path, "{\"imports\": [{\"document\": " + one + "}, {\"document\": " + one + "}]}")
                        .expect(409)
                        .text())
                .contains("/imports/1", "name-taken");
        server.post(path, "{\"imports\": []}").expect(400);
        server.post(path, "{\"imports\": [{\"target\": \"tooljet/apps/Four\"}]}")
                .expect(400);
        server.post(path, "{\"imports\": [{\"target\": \"tooljet/apps/Four\", \"document\": " + one + "}]}")
                .expect(404);
        assertThat(stored.run("for-each-ref")).isEqualTo(before);
        server.post(path, "{\"imports\": [{\"document\": " + one + "}]}").expect(200);
    }

    @Test
    void theListOfDefinitionsComesInPages() {
        assertThat(replay("team").code()).isZero();
        String all = server.get("/api/workspaces/team/definitions").expect(200).text();
        assertThat(all).contains("tooljet/apps/One", "tooljet/apps/Two").doesNotContain("\"next\"");
        String first = server.get("/api/workspaces/team/definitions?limit=1").text();
        assertThat(first).contains("\"next\"").doesNotContain("tooljet/apps/Two");
        String rest = server.get("/api/workspaces/team/definitions?after=tooljet/apps/One")
                .text();
        assertThat(rest).contains("tooljet/apps/Two").doesNotContain("tooljet/apps/One", "\"next\"");
        server.get("/api/workspaces/team/definitions?limit=1001").expect(400);
    }

    @Test
    void theEndIsWhatTheHeadAloneWouldBe() {
        assertThat(replay("team").code()).isZero();
        git.run("checkout", "-q", "--orphan", "alone");
        git.run("-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-q", "-m", "All of it");
        assertThat(replay("head").code()).isZero();
        GitClient head = new GitClient(folder.resolve("server/repositories/head.git"));
        assertThat(head.run("rev-parse", "main:tooljet")).isEqualTo(stored.run("rev-parse", "main:tooljet"));
    }

    @Test
    void aSecondTimeIsRefusedBeforeAnythingIsSent() throws IOException {
        assertThat(replay("team").code()).isZero();
        String before = stored.run("for-each-ref");
        commit("Later", "Three", TinyApp.bytes("Three", 3, "x"));
        CommandRun again = replay("team");
        assertThat(again.code()).isNotZero();
        assertThat(again.err())
                .contains(
                        "tooljet/apps/One",
                        "tooljet/apps/Two",
                        "[name-taken]",
                        "--branch",
                        "--target tooljet/apps/One");
        assertThat(stored.run("for-each-ref")).isEqualTo(before);
    }
}
