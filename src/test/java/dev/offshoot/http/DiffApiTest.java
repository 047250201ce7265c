package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed between two states, and what a document would change. */
class DiffApiTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String DIFF = TEAM + "/diff";
    private static final String QUERY = "/app/0/definition/appV2/dataQueries/9";

    @TempDir
    Path data;

    private TestServer server;
    private String first;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        first = server.post(TEAM + "/imports", Sample.crmBytes()).expect(201).text("commit");
        server.post(TEAM + "/branches", "{\"name\": \"next\"}").expect(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] bytes(JsonValue document) {
        return JsonWriter.compact(document);
    }

    private static JsonValue withSql(JsonValue document) {
        return Edits.at(
                document,
                QUERY + "/options/query",
                sql -> new JsonString(((JsonString) sql).value().replace("late DESC, ", "")));
    }

    /** Another name and, but for three lines, another text: only the id says that it is the same query. */
    private static JsonValue renamed(JsonValue document) {
        JsonValue named = Edits.set(document, QUERY + "/name", new JsonString("board"));
        return Edits.set(named, QUERY + "/options", JsonObject.EMPTY.with("query", new JsonString("SELECT 1;\n")));
    }

    private static List<String> summaries(Answer answer) {
        List<String> found = new ArrayList<>();
        answer.json()
                .array("definitions")
                .orElseThrow()
                .forEach(d -> ((JsonObject) d)
                        .array("changes")
                        .orElseThrow()
                        .forEach(c -> found.add(((JsonObject) c).text("summary").orElseThrow())));
        return found;
    }

    @Test
    void twoBranchesAreComparedAsTheyAre() {
        server.post(TEAM + "/imports?branch=next", bytes(withSql(Sample.crm()))).expect(200);
        Answer answer = server.get(DIFF + "?from=main&to=next").expect(200);
        assertThat(summaries(answer)).containsExactly("query listOpenRepairs: 1 line of SQL changed");
        assertThat(answer.json().object("from").orElseThrow().text("commit")).contains(first);
        assertThat(answer.text()).contains("-ORDER BY late DESC, r.due_on, r.id;", "+ORDER BY r.due_on, r.id;");
        assertThat(summaries(server.get(DIFF + "?to=next").expect(200))).hasSize(1);
        assertThat(summaries(server.get(DIFF + "?from=" + first + "&to=main").expect(200)))
                .isEmpty();
    }

    @Test
    void anIdOfTheLedgerTellsWhatWasRenamed() {
        server.post(TEAM + "/imports?branch=next", bytes(renamed(Sample.crm()))).expect(200);
        assertThat(summaries(server.get(DIFF + "?from=main&to=next").expect(200)))
                .anyMatch(s -> s.startsWith("query listOpenRepairs renamed to board"))
                .noneMatch(s -> s.matches("query \\S+ (added|removed).*"));
    }

    @Test
    void markdownOnRequest() {
        server.post(TEAM + "/imports?branch=next", bytes(withSql(Sample.crm()))).expect(200);
        Answer asked = server.get(DIFF + "?from=main&to=next&format=markdown").expect(200);
        assertThat(asked.header("Content-Type")).startsWith("text/markdown");
        assertThat(asked.text())
                .startsWith("### What changed from `main` to `next`")
                .contains("- query `listOpenRepairs`: 1 line of SQL changed", "```diff");
        assertThat(server.get(DIFF + "?from=main&to=next", "Accept", "text/markdown")
                        .text())
                .isEqualTo(asked.text());
    }

    @Test
    void aDocumentIsComparedWithABranchAndNothingIsWritten() throws Exception {
        String refs = refs();
        Answer answer =
                server.post(DIFF + "?branch=next", bytes(withSql(Sample.crm()))).expect(200);
        assertThat(summaries(answer)).containsExactly("query listOpenRepairs: 1 line of SQL changed");
        assertThat(answer.json().object("from").orElseThrow().text("name")).contains("next");
        assertThat(summaries(server.post(DIFF, bytes(renamed(Sample.crm()))).expect(200)))
                .anyMatch(s -> s.startsWith("query listOpenRepairs renamed to board"));
        assertThat(refs()).isEqualTo(refs);
    }

    private String refs() throws Exception {
        return new GitClient(data.resolve("repositories/team.git")).run("for-each-ref");
    }

    @Test
    void anExportOfAnotherInstanceDoesNotDiffer() {
        for (long seed = 1; seed <= 3; seed++) {
            Answer answer =
                    server.post(DIFF, bytes(Twin.ofToolJet(Sample.crm(), seed))).expect(200);
            assertThat(answer.json().get("files")).contains(JsonValue.of(0));
            assertThat(answer.json().array("definitions")).contains(JsonArray.EMPTY);
        }
    }

    @Test
    void whatADocumentWouldCreateIsAdded() {
        server.with("empty");
        Answer answer =
                server.post("/api/workspaces/empty/diff", Sample.crmBytes()).expect(200);
        assertThat(summaries(answer)).anyMatch(s -> s.startsWith("app CRM added with"));
        assertThat(summaries(server.post(DIFF + "?mode=create&name=Other", Sample.crmBytes())
                        .expect(200)))
                .anyMatch(s -> s.startsWith("app Other added"))
                .anyMatch(s -> s.contains("a copy of CRM"));
    }

    @Test
    void oneDefinitionAlone() {
        server.post(TEAM + "/imports?branch=next", bytes(withSql(Sample.crm()))).expect(200);
        String range = DIFF + "?from=main&to=next&definition=";
        assertThat(summaries(server.get(range + "tooljet/apps/CRM").expect(200)))
                .hasSize(1);
        assertThat(summaries(server.get(range + "tooljet/datasources/workshop").expect(200)))
                .isEmpty();
        server.get(range + "tooljet/apps/none").expect(404);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(server.get(DIFF).expect(400).text()).contains("from=BRANCH&to=BRANCH");
        assertThat(server.get(DIFF + "?from=main&to=nowhere").expect(404).text())
                .contains("main, next");
        server.get(DIFF + "?from=main&to=next&format=html").expect(400);
        server.get(DIFF + "?from=main&to=next&noise=loud").expect(400);
        server.get(DIFF + "?from=main&to=next&depth=1").expect(400);
        server.get(DIFF + "?from=main&to=..%2Fx").expect(400);
        server.get("/api/workspaces/none/diff?from=main&to=next").expect(404);
        server.post(DIFF, "{}").expect(422);
        server.post(DIFF + "?mode=update&rule=new-app", Sample.crmBytes()).expect(400);
        server.post(DIFF + "?dry_run=true", Sample.crmBytes()).expect(400);
    }
}
