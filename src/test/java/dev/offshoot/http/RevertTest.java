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
import dev.offshoot.testing.TinyApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to the state before an operation, over HTTP. */
class RevertTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String IMPORTS = TEAM + "/imports";
    private static final String REVERTS = TEAM + "/reverts";
    private static final String DEFINITIONS = TEAM + "/definitions/";
    private static final String SHOP = DEFINITIONS + "tooljet/apps/Shop";
    private static final String COMPONENTS = "/app/0/definition/appV2/components";
    private static final String SQL = "/app/0/definition/appV2/dataQueries/0/options/query";

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

    private GitClient stored() {
        return new GitClient(data.resolve("repositories/team.git"));
    }

    private Answer send(JsonValue document) {
        return server.post(IMPORTS, JsonWriter.compact(document)).expect(200, 201);
    }

    private Answer revert(String commit) {
        return server.post(REVERTS, "{\"commit\": \"" + commit + "\"}");
    }

    private String export(String definition) {
        return server.get(DEFINITIONS + definition + "/export").expect(200).text();
    }

    private String refs() {
        return stored().run("for-each-ref");
    }

    private static JsonValue shop() {
        return TinyApp.of("Shop", 1, "Go");
    }

    private static JsonValue with(JsonValue document, String pointer, String text) {
        return Edits.set(document, pointer, new JsonString(text));
    }

    private static JsonValue label(JsonValue document, int component, String text) {
        return with(document, COMPONENTS + "/" + component + "/properties/text/value", text);
    }

    private static JsonValue later(JsonValue document, String time) {
        return with(document, COMPONENTS + "/0/updatedAt", time);
    }

    @Test
    void theStateBeforeAnImportComesBackToTheLastByte() {
        send(shop());
        String before = export("tooljet/apps/Shop");
        String tree = stored().run("rev-parse", "main^{tree}");
        Answer changed = send(later(label(shop(), 0, "Buy"), "2026-02-02T00:00:00.000Z"));
        String refs = refs();
        Answer plan = server.post(REVERTS + "?dry_run=true", "{\"commit\": \"" + changed.text("commit") + "\"}")
                .expect(200);
        assertThat(refs()).isEqualTo(refs);
        assertThat(plan.json().object("changes").orElseThrow().toString())
                .isEqualTo("{component: {created: 0, changed: 1, deleted: 0}}");

        Answer done = revert(changed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop")).isEqualTo(before);
        assertThat(stored().run("rev-parse", "main^{tree}")).isEqualTo(tree);
        assertThat(done.text("commit")).isEqualTo(stored().run("rev-parse", "main"));
        assertThat(done.text("before")).isEqualTo(changed.text("commit"));
        assertThat(done.text("to")).isEqualTo(changed.text("before"));
        assertThat(stored().run("log", "-1", "--format=%s", "main"))
                .isEqualTo("Revert \"Update Shop: button1 changed on page Home\"");
        for (String same : List.of("definitions", "changes", "paths", "files", "kept", "warnings", "message")) {
            assertThat(done.json().get(same)).as(same).isEqualTo(plan.json().get(same));
        }
    }

    /** Undoing the undoing is doing it again. */
    @Test
    void aRevertCanBeReverted() {
        send(shop());
        Answer changed = send(later(label(shop(), 0, "Buy"), "2026-02-02T00:00:00.000Z"));
        String after = export("tooljet/apps/Shop");
        String undo = revert(changed.text("commit")).expect(200).text("commit");
        revert(undo).expect(200);
        assertThat(export("tooljet/apps/Shop")).isEqualTo(after);
        Answer nothing = revert(undo).expect(200);
        assertThat(nothing.text()).contains("\"committed\": false");
    }

    @Test
    void whatCameLaterStays() {
        send(shop());
        Answer changed = send(label(shop(), 0, "Buy"));
        send(label(label(shop(), 0, "Buy"), 1, "Good morning"));
        send(TinyApp.of("Stock", 2, "Count"));
        Answer done = revert(changed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop"))
                .contains("\"Go\"", "Good morning")
                .doesNotContain("Buy");
        assertThat(export("tooljet/apps/Stock")).contains("Count");
        assertThat(done.json().array("kept").orElseThrow().toString())
                .isEqualTo("[\"tooljet/apps/Shop/versions/v1/pages/Home/components/text1.yaml\"]");
    }

    /** Times are no change, yet the newest one is the right one. */
    @Test
    void whatTheLedgerLearntLaterStaysToo() {
        send(shop());
        JsonValue buy = label(shop(), 0, "Buy");
        Answer changed = send(later(buy, "2026-02-02T00:00:00.000Z"));
        send(later(label(buy, 1, "Good morning"), "2026-03-03T00:00:00.000Z"));
        revert(changed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop")).contains("\"Go\"", "2026-03-03").doesNotContain("2026-02-02");
    }

    /** Two fields of one file, two lines of one text: each operation is undone without the other. */
    @Test
    void laterChangesOfTheSameFileStayToo() {
        JsonValue one = with(shop(), SQL, "select 1\nfrom orders\nwhere a = 1\nand b = 2\n");
        send(one);
        JsonValue two = with(label(one, 0, "Buy"), SQL, "select 2\nfrom orders\nwhere a = 1\nand b = 2\n");
        Answer changed = send(two);
        JsonValue three = with(
                with(two, SQL, "select 2\nfrom orders\nwhere a = 1\nand b = 3\n"),
                COMPONENTS + "/0/type",
                "IconButton");
        send(three);
        revert(changed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop"))
                .contains("select 1", "b = 3", "\"Go\"", "IconButton")
                .doesNotContain("select 2", "Buy");
    }

    @Test
    void whatLaterOperationsChangedTooIsReportedAndNothingIsWritten() {
        send(shop());
        Answer changed = send(with(label(shop(), 0, "Buy"), SQL, "select 2\nfrom orders"));
        send(with(label(shop(), 0, "Pay"), SQL, "select 3\nfrom orders"));
        String refs = refs();
        Answer refused = revert(changed.text("commit")).expect(409);
        assertThat(refs()).isEqualTo(refs);
        assertThat(refused.header("Content-Type")).contains("application/problem+json");
        assertThat(refused.json().array("errors").orElseThrow().size()).isEqualTo(2);
        JsonArray conflicts = refused.json().array("conflicts").orElseThrow();
        assertThat(conflicts.size()).isEqualTo(2);
        JsonObject field = (JsonObject) conflicts.get(0);
        assertThat(field.text("path")).contains("tooljet/apps/Shop/versions/v1/pages/Home/components/button1.yaml");
        assertThat(field.text("field")).contains("/properties/text/value");
        assertThat(field.text("what")).contains("changed-twice");
        assertThat(field.text("base")).contains("\"Buy\"");
        assertThat(field.text("ours")).contains("\"Pay\"");
        assertThat(field.text("theirs")).contains("\"Go\"");
        assertThat(field.text("hint")).isPresent();
        JsonObject lines = (JsonObject) conflicts.get(1);
        assertThat(lines.text("path")).contains("tooljet/apps/Shop/versions/v1/queries/orders.sql");
        assertThat(lines.object("lines").orElseThrow().toString()).isEqualTo("{base: 1, ours: 1, theirs: 1}");
        assertThat(lines.text("ours")).contains("select 3\n");
        // Undone one after the other, newest first, it goes.
        server.post(REVERTS, "{\"commit\": \"" + stored().run("rev-parse", "main") + "\"}")
                .expect(200);
        revert(changed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop")).contains("\"Go\"", "select 1");
    }

    @Test
    void severalOperationsAreUndoneAtOnce() {
        send(shop());
        String before = export("tooljet/apps/Shop");
        Answer first = send(label(shop(), 0, "Buy"));
        Answer last = send(label(shop(), 0, "Pay"));
        String both = "{\"commit\": \"" + last.text("commit") + "\", \"to\": \"" + first.text("before") + "\"}";
        server.post(REVERTS, both).expect(200);
        assertThat(export("tooljet/apps/Shop")).isEqualTo(before);
    }

    /** The ids of what was removed are kept, so that it comes back as itself. */
    @Test
    void removedEntitiesComeBackWithTheirIds() {
        send(shop());
        String before = export("tooljet/apps/Shop");
        Answer removed = send(Edits.at(shop(), COMPONENTS, list -> JsonArray.of(((JsonArray) list).get(0))));
        send(TinyApp.of("Stock", 2, "Count"));
        assertThat(export("tooljet/apps/Shop")).doesNotContain("text1");
        Answer done = revert(removed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop")).isEqualTo(before);
        assertThat(done.json().object("changes").orElseThrow().toString()).contains("created: 1");
    }

    @Test
    void aRenamedEntityGetsItsNameAndItsIdBack() {
        send(shop());
        String before = export("tooljet/apps/Shop");
        Answer renamed = send(with(shop(), COMPONENTS + "/0/name", "buyButton"));
        revert(renamed.text("commit")).expect(200);
        assertThat(export("tooljet/apps/Shop")).isEqualTo(before);
    }

    @Test
    void aDefinitionThatAnImportMadeGoesAndOneThatWasDeletedComesBack() {
        send(Sample.crm());
        String crm = export("tooljet/apps/CRM");
        Answer added = send(shop());
        Answer undone = revert(added.text("commit")).expect(200);
        server.get(SHOP).expect(404);
        assertThat(undone.json().array("definitions").orElseThrow().toString())
                .contains("address: \"tooljet/apps/Shop\"", "action: \"deleted\"");
        assertThat(export("tooljet/apps/CRM")).isEqualTo(crm);

        Answer deleted = server.delete(DEFINITIONS + "tooljet/apps/CRM").expect(200);
        send(shop());
        Answer back = revert(deleted.text("commit")).expect(200);
        assertThat(back.json().array("definitions").orElseThrow().toString()).contains("action: \"created\"");
        assertThat(export("tooljet/apps/CRM")).isEqualTo(crm);
        server.get(SHOP).expect(200);
    }

    /** A module that came with one app and that another one has begun to use cannot go with the first. */
    @Test
    void whatOthersReferToNowIsReported() {
        Answer first = send(Sample.crm());
        String id = ((JsonString) Edits.get(Sample.crm(), "/app/0/definition/appV2/modules/0/appV2/id")).value();
        send(Edits.at(
                TinyApp.of("Using", 1, "x"),
                "/app/0/definition/appV2",
                app -> ((JsonObject) app).with("type", new JsonString("module")).with("icon", new JsonString(id))));
        String refs = refs();
        Answer refused = revert(first.text("commit")).expect(409);
        assertThat(refs()).isEqualTo(refs);
        JsonObject conflict =
                (JsonObject) refused.json().array("conflicts").orElseThrow().get(0);
        assertThat(conflict.text("what")).contains("refers-to-removed");
        assertThat(conflict.text("path")).contains("tooljet/modules/Using/module.yaml");
        assertThat(conflict.text("ours").orElse("")).contains("@{/modules/Customer-header}");
        assertThat(refused.text()).contains("tooljet/modules/Using/module.yaml:");
    }

    /** What somebody pushed is undone like anything else, the files of the repository's owners by line. */
    @Test
    void aPushCanBeReverted() throws IOException {
        send(shop());
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "clone");
        GitClient clone = new GitClient(data.resolve("clone"));
        Path workflow = data.resolve("clone/build.yaml");
        Files.writeString(workflow, "# ours\nb: 1\na: 2\n\nc: 3\n");
        clone.run("add", "-A");
        commit(clone, "Add a workflow");
        clone.run("push", "-q");
        Files.writeString(workflow, "# ours\nb: 9\na: 2\n\nc: 3\n");
        Path sql = data.resolve("clone/tooljet/apps/Shop/versions/v1/queries/orders.sql");
        Files.writeString(sql, "select 9\nfrom orders");
        clone.run("add", "-A");
        commit(clone, "Change");
        clone.run("push", "-q");
        String change = clone.run("rev-parse", "HEAD");
        Files.writeString(workflow, "# ours\nb: 9\na: 2\n\nc: 4 # four\n");
        clone.run("add", "-A");
        commit(clone, "Four");
        clone.run("push", "-q");
        revert(change).expect(200);
        assertThat(stored().run("show", "main:build.yaml")).isEqualTo("# ours\nb: 1\na: 2\n\nc: 4 # four");
        assertThat(export("tooljet/apps/Shop")).contains("select 1");
    }

    private static void commit(GitClient git, String message) {
        git.run("-c", "user.name=C", "-c", "user.email=c@example.org", "commit", "-q", "-m", message);
    }

    @Test
    void itHoldsForTheBranchThatIsNamed() {
        send(shop());
        server.post(TEAM + "/branches", "{\"name\": \"next\"}").expect(201);
        Answer changed = server.post(IMPORTS + "?branch=next", JsonWriter.compact(label(shop(), 0, "Buy")))
                .expect(200);
        revert(changed.text("commit")).expect(404);
        String main = stored().run("rev-parse", "main");
        String body =
                "{\"commit\": \"" + changed.text("commit") + "\", \"branch\": \"next\", \"message\": \"No, not yet\"}";
        server.post(REVERTS, body).expect(200);
        assertThat(stored().run("log", "-1", "--format=%B", "next").strip()).isEqualTo("No, not yet");
        assertThat(stored().run("rev-parse", "main")).isEqualTo(main);
    }

    @Test
    void aPlanIsRefusedWhenTheBranchHasMoved() {
        send(shop());
        Answer changed = send(label(shop(), 0, "Buy"));
        String commit = "{\"commit\": \"" + changed.text("commit") + "\"";
        String fingerprint =
                server.post(REVERTS + "?dry_run=true", commit + "}").text("fingerprint");
        send(TinyApp.of("Stock", 2, "Count"));
        server.post(REVERTS, commit + ", \"fingerprint\": \"" + fingerprint + "\"}")
                .expect(412);
        fingerprint = server.post(REVERTS + "?dry_run=true", commit + "}").text("fingerprint");
        server.post(REVERTS, commit + ", \"fingerprint\": \"" + fingerprint + "\"}")
                .expect(200);
    }

    @Test
    void whatCannotBeIsRefused() {
        Answer first = send(shop());
        String none = "0123456789012345678901234567890123456789";
        assertThat(revert(none).expect(404).text()).contains("does not lead to a commit");
        revert("main").expect(400);
        assertThat(revert(stored().run("rev-list", "--max-parents=0", "main"))
                        .expect(400)
                        .text())
                .contains("first commit");
        server.post(REVERTS, "{}").expect(400);
        server.post(REVERTS, "{\"commit\": \"" + first.text("commit") + "\", \"too\": \"x\"}")
                .expect(400);
        server.post(REVERTS, "{\"commit\": \"" + first.text("before") + "\", \"to\": \"" + first.text("commit") + "\"}")
                .expect(400);
        server.post("/api/workspaces/none/reverts", "{\"commit\": \"" + none + "\"}")
                .expect(404);
    }

    /** Reverts and imports on one branch at a time: each is there or reported, none overwrites another. */
    @Test
    void nothingIsLostInARace() throws Exception {
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            send(TinyApp.of("App" + i, i, "Go"));
            commits.add(send(TinyApp.of("App" + i, i, "Buy")).text("commit"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String commit = commits.get(i);
                byte[] other = TinyApp.bytes("Other" + i, 10 + i, "Go");
                answers.add(threads.submit(() -> revert(commit)));
                answers.add(threads.submit(() -> server.post(IMPORTS, other)));
            }
            for (Future<Answer> answer : answers) {
                answer.get().expect(200, 201);
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < 6; i++) {
            assertThat(export("tooljet/apps/App" + i)).contains("\"Go\"").doesNotContain("Buy");
            server.get(DEFINITIONS + "tooljet/apps/Other" + i).expect(200);
        }
        assertThat(stored().run("rev-list", "--count", "main")).isEqualTo("25");
    }
}
