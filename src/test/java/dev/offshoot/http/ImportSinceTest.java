package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
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

/** Imports that say what their sender started from: what was changed here since is merged or reported, never overwritten. */
class ImportSinceTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String IMPORTS = TEAM + "/imports";
    private static final String SHOP = TEAM + "/definitions/tooljet/apps/Shop";
    private static final String APP = "/app/0/definition/appV2";
    private static final String COMPONENTS = APP + "/components";
    private static final String SQL = APP + "/dataQueries/0/options/query";
    private static final String BUTTON = "tooljet/apps/Shop/versions/v1/pages/Home/components/button1.yaml";

    @TempDir
    Path data;

    private TestServer server;
    private String base;
    private JsonValue exported;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        base = server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Go")).expect(201).text("commit");
        exported = export();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitClient stored() {
        return new GitClient(data.resolve("repositories/team.git"));
    }

    private Answer send(JsonValue document, String query) {
        return server.post(IMPORTS + query, JsonWriter.compact(document));
    }

    private String since() {
        return "?base=" + base;
    }

    private JsonValue export() {
        return server.get(SHOP + "/export").expect(200).value();
    }

    private static JsonValue with(JsonValue document, String pointer, String text) {
        return Edits.set(document, pointer, new JsonString(text));
    }

    private static JsonValue label(JsonValue document, int component, String text) {
        return with(document, COMPONENTS + "/" + component + "/properties/text/value", text);
    }

    @Test
    void whatWasChangedHereMeanwhileIsStillThere() {
        JsonValue here = with(label(exported, 1, "Good morning"), SQL, "select 2\nfrom orders");
        send(here, "").expect(200);
        JsonValue sent = label(exported, 0, "Buy");
        String refs = stored().run("for-each-ref");
        Answer plan = send(sent, since() + "&dry_run=true").expect(200);
        assertThat(stored().run("for-each-ref")).isEqualTo(refs);
        JsonObject since = plan.json().object("since").orElseThrow();
        assertThat(since.text("base")).contains(base);
        assertThat(since.array("changedHere").orElseThrow().toString())
                .contains("components/text1.yaml", "queries/orders.sql")
                .doesNotContain("button1");
        assertThat(since.array("changedThere").orElseThrow().toString()).isEqualTo("[\"" + BUTTON + "\"]");
        assertThat(plan.json().object("changes").orElseThrow().toString())
                .isEqualTo("{component: {created: 0, changed: 1, deleted: 0}}");

        Answer done = send(sent, since()).expect(200);
        assertThat(done.text("message")).isEqualTo("Update Shop: button1 changed on page Home");
        assertThat(done.text("before")).isEqualTo(plan.text("base"));
        assertThat(done.json().get("since")).isEqualTo(plan.json().get("since"));
        assertThat(SameJson.differences(label(here, 0, "Buy"), export())).isEmpty();

        // Without the base it would be gone: the document says so.
        send(sent, "").expect(200);
        assertThat(SameJson.differences(sent, export())).isEmpty();
    }

    @Test
    void sentAgainItChangesNothing() {
        send(label(exported, 1, "Good morning"), "").expect(200);
        JsonValue sent = label(exported, 0, "Buy");
        send(sent, since()).expect(200);
        String head = stored().run("rev-parse", "main");
        assertThat(send(sent, since()).expect(200).text()).contains("\"committed\": false");
        assertThat(stored().run("rev-parse", "main")).isEqualTo(head);
    }

    /** The same bytes were imported before and all that they touched stands: the answer still says what happened since the base. */
    @Test
    void aDocumentThatIsKnownIsNoShortcut() {
        JsonValue sent = label(exported, 0, "Buy");
        send(sent, "").expect(200);
        Answer again = send(sent, since()).expect(200);
        assertThat(again.text()).contains("\"committed\": false");
        assertThat(again.json().object("since").orElseThrow().text("base")).contains(base);
        send(label(exported, 0, "Pay"), since()).expect(409);
    }

    @Test
    void whatBothChangedDifferentlyIsReportedAndNothingIsWritten() {
        send(with(label(exported, 0, "Pay"), SQL, "select 2\nfrom orders"), "").expect(200);
        JsonValue sent = with(label(exported, 0, "Buy"), SQL, "select 3\nfrom orders");
        String refs = stored().run("for-each-ref");
        for (String dryRun : List.of("", "&dry_run=true")) {
            Answer refused = send(sent, since() + dryRun).expect(409);
            JsonArray conflicts = refused.json().array("conflicts").orElseThrow();
            assertThat(conflicts.size()).isEqualTo(2);
            JsonObject field = (JsonObject) conflicts.get(0);
            assertThat(field.text("path")).contains(BUTTON);
            assertThat(field.text("base")).contains("\"Go\"");
            assertThat(field.text("ours")).contains("\"Pay\"");
            assertThat(field.text("theirs")).contains("\"Buy\"");
            assertThat(refused.json().array("errors").orElseThrow().size()).isEqualTo(2);
        }
        assertThat(stored().run("for-each-ref")).isEqualTo(refs);
    }

    @Test
    void whatIsNewOnEitherSideStays() {
        JsonObject button = (JsonObject) Edits.get(exported, COMPONENTS + "/0");
        JsonValue here = Edits.at(
                exported,
                COMPONENTS,
                list -> ((JsonArray) list)
                        .plus(button.with("id", new JsonString("11111111-1111-4111-8111-111111111111"))
                                .with("name", new JsonString("hereButton"))));
        JsonValue sent = Edits.at(
                exported,
                COMPONENTS,
                list -> ((JsonArray) list)
                        .plus(button.with("id", new JsonString("22222222-2222-4222-8222-222222222222"))
                                .with("name", new JsonString("thereButton"))));
        send(here, "").expect(200);
        send(sent, since()).expect(200);
        assertThat(export().toString())
                .contains("hereButton", "11111111-1111-4111-8111-111111111111")
                .contains("thereButton", "22222222-2222-4222-8222-222222222222");
    }

    @Test
    void whatIsGoneOnOneSideAndChangedOnTheOtherIsReported() {
        JsonValue without = Edits.at(exported, COMPONENTS, list -> JsonArray.of(((JsonArray) list).get(1)));
        send(without, "").expect(200);
        Answer refused = send(label(exported, 0, "Buy"), since()).expect(409);
        assertThat(refused.text()).contains("changed-and-removed", "keep-theirs", BUTTON);
        send(label(exported, 1, "Good morning"), since()).expect(200);
        assertThat(export().toString()).contains("Good morning").doesNotContain("button1");
        // And the other way round: what the sender removed and nobody here touched goes.
        server.delete(SHOP).expect(200);
        String again = send(exported, "").expect(201).text("commit");
        send(label(exported, 1, "Good evening"), "").expect(200);
        send(without, "?base=" + again).expect(200);
        assertThat(export().toString()).contains("Good evening").doesNotContain("button1");
    }

    /** Known by its id, whatever it is called. */
    @Test
    void whatOneSideRenamedAndTheOtherChangedIsBoth() {
        String name = COMPONENTS + "/0/name";
        JsonValue renamed = with(with(exported, name, "payButton"), SQL, "select 2\nfrom orders");
        JsonValue both = label(renamed, 0, "Buy");
        send(renamed, "").expect(200);
        send(label(exported, 0, "Buy"), since()).expect(200);
        assertThat(SameJson.differences(both, export())).isEmpty();
        assertThat(stored().run("ls-tree", "-r", "--name-only", "main"))
                .contains("components/payButton.yaml")
                .doesNotContain("button1");
        // And the other way round.
        server.delete(SHOP).expect(200);
        String again = send(exported, "").expect(201).text("commit");
        send(label(exported, 0, "Buy"), "").expect(200);
        send(renamed, "?base=" + again).expect(200);
        assertThat(SameJson.differences(both, export())).isEmpty();
        assertThat(stored().run("ls-tree", "-r", "--name-only", "main")).doesNotContain("button1");
        // Two names for one thing are for a person to decide.
        Answer refused =
                send(with(exported, name, "buyButton"), "?base=" + again).expect(409);
        assertThat(refused.text()).contains("renamed-twice");
    }

    @Test
    void aRevertFollowsWhatWasRenamedSince() {
        String edited = send(label(exported, 0, "Buy"), "").expect(200).text("commit");
        JsonValue renamed = with(label(exported, 0, "Buy"), COMPONENTS + "/0/name", "payButton");
        send(renamed, "").expect(200);
        server.post(TEAM + "/reverts", "{\"commit\": \"" + edited + "\"}").expect(200);
        assertThat(SameJson.differences(with(exported, COMPONENTS + "/0/name", "payButton"), export()))
                .isEmpty();
    }

    @Test
    void theBaseMayBeABranch() {
        server.post(TEAM + "/branches", "{\"name\": \"next\"}").expect(201);
        send(label(exported, 1, "Good morning"), "").expect(200);
        send(label(exported, 0, "Buy"), "?base=next").expect(200);
        assertThat(export().toString()).contains("Good morning", "Buy");
        // What was made on a branch comes to another one without taking anything from it.
        send(with(exported, APP + "/icon", "cart"), "?branch=next").expect(200);
        send(with(with(exported, APP + "/icon", "cart"), APP + "/slug", "shop"), "?base=next")
                .expect(200);
        assertThat(export().toString())
                .contains("Good morning", "Buy", "\"shop\"")
                .doesNotContain("cart");
    }

    @Test
    void whatCannotBeIsRefused() {
        send(exported, "?base=nowhere").expect(404);
        send(exported, "?base=0123456789012345678901234567890123456789").expect(404);
        send(exported, since() + "&mode=create").expect(400);
        String start = stored().run("rev-list", "--max-parents=0", "main");
        assertThat(send(label(exported, 0, "Buy"), "?base=" + start).expect(409).text())
                .contains("added-twice");
        send(exported, "?base=" + start).expect(200);
    }

    @Test
    void aPlanHoldsForTheStateItWasMadeFrom() {
        send(label(exported, 1, "Good morning"), "").expect(200);
        JsonValue sent = label(exported, 0, "Buy");
        String fingerprint = send(sent, since() + "&dry_run=true").expect(200).text("fingerprint");
        server.post(IMPORTS, TinyApp.bytes("Stock", 2, "Count")).expect(201);
        send(sent, since() + "&fingerprint=" + fingerprint).expect(412);
        fingerprint = send(sent, since() + "&dry_run=true").expect(200).text("fingerprint");
        send(sent, since() + "&fingerprint=" + fingerprint).expect(200);
    }

    /** Many people start from one state and change something each: all of it is there in the end. */
    @Test
    void nothingIsLostInARace() throws Exception {
        JsonValue many = exported;
        JsonObject button = (JsonObject) Edits.get(exported, COMPONENTS + "/0");
        for (int i = 0; i < 8; i++) {
            JsonValue one = button.with("id", new JsonString("0000000" + i + "-1111-4111-8111-111111111111"))
                    .with("name", new JsonString("b" + i));
            many = Edits.at(many, COMPONENTS, list -> ((JsonArray) list).plus(one));
        }
        String start = send(many, "").expect(200).text("commit");
        JsonValue from = export();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                JsonValue sent = label(from, 2 + i, "Changed " + i);
                answers.add(threads.submit(() -> send(sent, "?base=" + start)));
            }
            for (Future<Answer> answer : answers) {
                answer.get().expect(200);
            }
        } finally {
            threads.shutdownNow();
        }
        JsonValue expected = from;
        for (int i = 0; i < 8; i++) {
            expected = label(expected, 2 + i, "Changed " + i);
        }
        assertThat(SameJson.differences(expected, export())).isEmpty();
    }
}
