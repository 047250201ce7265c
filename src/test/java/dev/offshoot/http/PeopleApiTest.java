package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People, their tokens and what they did, over HTTP. */
class PeopleApiTest {
    private static final String ADA =
            "{\"name\": \"Ada\", \"email\": \"ada@example.org\", \"password\": \"correct horse\"}";

    private static final String APP = new String(TinyApp.bytes("crm", 1, "Customers"), StandardCharsets.UTF_8);

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String basic(String email, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Answer as(String authorization, String method, String path, String body) {
        return server.sendAs(authorization, method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    private String signIn() {
        Answer answer = as(basic("Ada@example.org", "correct horse"), "POST", "/api/tokens", "{\"label\": \"laptop\"}");
        return "Bearer " + answer.expect(201).json().text("token").orElseThrow();
    }

    @Test
    void aPersonSignsInAndDoesWhatTheirRoleAllows() {
        server.post("/api/accounts", ADA).expect(201);
        String token = signIn();
        as(token, "GET", "/api/workspaces/team", "").expect(404);
        assertThat(as(token, "GET", "/api/workspaces", "")
                        .expect(200)
                        .json()
                        .array("workspaces")
                        .orElseThrow()
                        .size())
                .isZero();

        server.put("/api/workspaces/team/members/ada@example.org", "{\"role\": \"end-user\"}")
                .expect(200);
        as(token, "GET", "/api/workspaces/team", "").expect(200);
        as(token, "POST", "/api/workspaces/team/imports", APP).expect(403);

        server.put("/api/workspaces/team/members/ada@example.org", "{\"role\": \"builder\"}")
                .expect(200);
        as(token, "POST", "/api/workspaces/team/imports", APP).expect(201);
        as(token, "DELETE", "/api/workspaces/team", "").expect(403);
    }

    @Test
    void aWrongPasswordIsNoWayInAndManyAreSlowedDown() {
        server.post("/api/accounts", ADA).expect(201);
        for (int i = 0; i < 10; i++) {
            as(basic("ada@example.org", "wrong horse"), "POST", "/api/tokens", "{}")
                    .expect(401);
        }
        Answer throttled = as(basic("ada@example.org", "correct horse"), "POST", "/api/tokens", "{}")
                .expect(429);
        assertThat(throttled.header("Retry-After")).isNotEmpty();
    }

    @Test
    void aServiceGetsItsTokenFromAnAdministrator() {
        String id = server.post(
                        "/api/accounts", "{\"name\": \"CI\", \"email\": \"ci@example.org\", \"kind\": \"service\"}")
                .expect(201)
                .json()
                .text("id")
                .orElseThrow();
        server.put("/api/workspaces/team/members/" + id, "{\"role\": \"builder\"}")
                .expect(200);
        JsonObject issued = server.post(
                        "/api/tokens", "{\"account\": \"" + id + "\", \"scope\": \"read\", \"workspace\": \"team\"}")
                .expect(201)
                .json();
        String token = "Bearer " + issued.text("token").orElseThrow();
        as(token, "GET", "/api/workspaces/team/definitions", "").expect(200);
        as(token, "POST", "/api/workspaces/team/imports", APP).expect(403);

        assertThat(server.get("/api/tokens").expect(200).text()).doesNotContain(token.substring(7));
        server.delete("/api/tokens/" + issued.text("id").orElseThrow()).expect(204);
        as(token, "GET", "/api/workspaces/team", "").expect(401);
    }

    @Test
    void nobodyMakesTokensForAnotherPersonNorOutOfAToken() {
        String id =
                server.post("/api/accounts", ADA).expect(201).json().text("id").orElseThrow();
        server.post("/api/tokens", "{\"account\": \"" + id + "\"}").expect(403);
        server.post("/api/tokens", "{}").expect(403);
        as(signIn(), "POST", "/api/tokens", "{}").expect(403);
    }

    @Test
    void whatWasDoneIsWrittenDownWithItsCommit(@TempDir Path folder) {
        server.post("/api/accounts", ADA).expect(201);
        server.put("/api/workspaces/team/members/ada@example.org", "{\"role\": \"builder\"}")
                .expect(200);
        String token = signIn();
        Answer imported = as(token, "POST", "/api/workspaces/team/imports", APP).expect(201);
        as(token, "DELETE", "/api/workspaces/team", "").expect(403);
        String pushed = push(folder, token.substring("Bearer ".length()));

        List<JsonObject> entries = entries("/api/workspaces/team/audit");
        assertThat(entries.stream()
                        .filter(e -> "Ada".equals(e.text("who").orElse("")))
                        .map(PeopleApiTest::line))
                .containsExactly(
                        "POST /git/{workspace}.git/git-receive-pack 200 " + pushed,
                        "DELETE /api/workspaces/{workspace} 403 -",
                        "POST /api/workspaces/{workspace}/imports 201 "
                                + imported.json().text("commit").orElseThrow());
        as(token, "GET", "/api/workspaces/team/audit", "").expect(403);
    }

    private String push(Path folder, String token) {
        GitClient git = new GitClient(folder);
        git.run("clone", "-q", server.gitUrl("team").replace(server.token, token), "clone");
        GitClient clone = new GitClient(folder.resolve("clone"));
        clone.run("-c", "user.name=Ada", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", "nothing");
        clone.run("push", "-q", "origin", "HEAD");
        return clone.run("rev-parse", "HEAD").strip();
    }

    private List<JsonObject> entries(String path) {
        JsonArray entries = server.get(path).expect(200).json().array("entries").orElseThrow();
        List<JsonObject> found = new ArrayList<>();
        entries.forEach(entry -> found.add((JsonObject) entry));
        return found;
    }

    private static String line(JsonObject entry) {
        return entry.text("action").orElseThrow()
                + " "
                + entry.get("status").orElseThrow()
                + " "
                + entry.text("commit").orElse("-");
    }

    @Test
    void whoIsErasedIsGoneFromEverywhereButTheHistory() {
        String id =
                server.post("/api/accounts", ADA).expect(201).json().text("id").orElseThrow();
        server.put("/api/workspaces/team/members/" + id, "{\"role\": \"builder\"}")
                .expect(200);
        String token = signIn();
        as(token, "POST", "/api/workspaces/team/imports", APP).expect(201);

        server.delete("/api/accounts/" + id).expect(204);

        as(token, "GET", "/api/workspaces", "").expect(401);
        assertThat(server.get("/api/audit").expect(200).text())
                .doesNotContain("\"Ada\"")
                .doesNotContain(id);
        assertThat(server.get("/api/accounts").expect(200).text()).doesNotContain("ada@example.org");
        assertThat(server.get("/api/workspaces/team/members").expect(200).text())
                .doesNotContain("Ada");
        server.delete("/api/accounts/" + id).expect(404);
    }

    @Test
    void badInputSaysWhatAndWhere() {
        server.post("/api/accounts", "{\"name\": \"Ada\"}").expect(400);
        server.post("/api/accounts", "{\"name\": \"Ada\", \"email\": \"nobody\"}")
                .expect(400);
        server.post("/api/accounts", ADA.replace("correct horse", "abc")).expect(400);
        server.post("/api/accounts", ADA).expect(201);
        server.post("/api/accounts", ADA).expect(409);
        server.put("/api/workspaces/team/members/ada@example.org", "{\"role\": \"king\"}")
                .expect(400);
        server.put("/api/workspaces/team/members/eve@example.org", "{\"role\": \"builder\"}")
                .expect(404);
        server.put("/api/workspaces/none/members/ada@example.org", "{\"role\": \"builder\"}")
                .expect(404);
        server.get("/api/accounts/nonsense").expect(400);
        server.delete("/api/tokens/nonsense").expect(400);
    }
}
