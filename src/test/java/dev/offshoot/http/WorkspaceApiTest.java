package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceApiTest {
    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void areCreatedListedShownAndDeleted() {
        Answer created = server.post("/api/workspaces", "{\"name\": \"team\"}").expect(201);
        assertThat(created.header("Location")).isEqualTo("/api/workspaces/team");
        UUID id = UUID.fromString(created.text("id"));
        server.post("/api/workspaces", "{\"name\": \"a-team\"}").expect(201);

        JsonArray all = server.get("/api/workspaces")
                .expect(200)
                .json()
                .array("workspaces")
                .orElseThrow();
        assertThat(all.items())
                .extracting(w -> ((JsonObject) w).text("name").orElseThrow())
                .containsExactly("a-team", "team");

        Answer shown = server.get("/api/workspaces/team").expect(200);
        assertThat(shown.text("id")).isEqualTo(id.toString());
        assertThat(shown.text("defaultBranch")).isEqualTo("main");
        assertThat(shown.text("commit")).matches("[0-9a-f]{40}");

        server.delete("/api/workspaces/team").expect(204);
        server.get("/api/workspaces/team").expect(404);
        server.delete("/api/workspaces/team").expect(404);
    }

    @Test
    void aTakenNameIsAConflict() {
        server.with("team");
        Answer again = server.post("/api/workspaces", "{\"name\": \"team\"}").expect(409);
        assertThat(again.text("type")).isEqualTo("urn:offshoot:problem:already-exists");
    }

    @Test
    void anUnknownOneIsAnsweredWithThoseThereAre() {
        server.with("sales").with("support");
        Answer answer = server.get("/api/workspaces/team").expect(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("detail")).contains("team").contains("sales, support");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "a b",
                "../x",
                "..",
                "a/b",
                "a\\\\b",
                "con",
                "-a",
                "a-",
                "a.git",
                ".git",
                "ä",
                "a\\u0000"
            })
    void namesHaveAGrammar(String name) {
        Answer answer =
                server.post("/api/workspaces", "{\"name\": \"" + name + "\"}").expect(400);
        assertThat(answer.text("type")).isEqualTo("urn:offshoot:problem:invalid-name");
        assertThat(answer.text()).contains("/name");
        assertThat(data.resolve("repositories")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"name\": 1}",
                "{}",
                "{\"name\": \"x\", \"color\": \"red\"}",
                "{\"name\": \"x\"} x"
            })
    void bodiesAreChecked(String body) {
        Answer answer = server.post("/api/workspaces", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(data.resolve("repositories")).isEmptyDirectory();
    }

    @Test
    void aHugeBodyIsRefusedWithTheLimit() {
        Answer answer = server.post("/api/workspaces", " ".repeat(100_000)).expect(413);
        assertThat(answer.text("detail")).contains("65536");
    }
}
