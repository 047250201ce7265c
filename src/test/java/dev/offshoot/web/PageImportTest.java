package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.testing.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document on its way in: sent, looked at, confirmed. */
class PageImportTest {
    private static final String IMPORTS = "/workspaces/team/imports";
    private static final String EXPORT = "/api/workspaces/team/definitions/tooljet/apps/orders/export";

    @TempDir
    Path data;

    private TestServer server;
    private Visitor visitor;

    @BeforeEach
    void start() {
        server = TestServer.start(data, 1 << 20).with("team");
        visitor = Visitor.signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String send(byte[] document) {
        return visitor.upload(IMPORTS, "orders.json", document, "branch", "main")
                .expect(303)
                .header("Location");
    }

    private Answer confirm(String draft, Answer plan) {
        return visitor.submit(
                draft, "fingerprint", Visitor.field(plan, "fingerprint"), "mode", Visitor.field(plan, "mode"));
    }

    private String head() {
        return server.get("/api/workspaces/team").text("commit");
    }

    @Test
    void aDryRunWritesNothingAndSaysWhatWouldBeDone() {
        String before = head();
        String draft = send(TinyApp.bytes("orders", 1, "Save"));
        assertThat(draft).matches("/workspaces/team/imports/[A-Za-z0-9_-]{22}");
        String page = visitor.get(draft).expect(200).text();
        assertThat(page).contains("orders.json", "tooljet/apps/orders", "created", "Import into main");
        // Its data source is new here.
        assertThat(page).contains("To configure afterwards", "postgres");
        assertThat(head()).isEqualTo(before);
        server.get(EXPORT).expect(404);
    }

    @Test
    void whatWasShownIsImportedAndComesOutAgain() {
        byte[] document = TinyApp.bytes("orders", 1, "Save");
        String draft = send(document);
        Answer plan = visitor.get(draft).expect(200);
        assertThat(confirm(draft, plan).expect(303).header("Location")).isEqualTo(draft);
        String done = visitor.get(draft).expect(200).text();
        assertThat(done).contains("Imported", head(), "To go back to");
        assertThat(SameJson.differences(
                        JsonReader.read(document),
                        server.get(EXPORT).expect(200).value()))
                .isEmpty();
        // Pressed twice, loaded again: it stays one import.
        String head = head();
        confirm(draft, plan).expect(303);
        visitor.get(draft).expect(200);
        assertThat(head()).isEqualTo(head);
    }

    @Test
    void whatADefinitionNeedsHereIsListed() {
        JsonArray needs = server.post("/api" + IMPORTS + "?dry_run=true", Sample.crmBytes())
                .expect(200)
                .json()
                .array("needs")
                .orElseThrow();
        assertThat(needs.size()).isPositive();
        String draft = send(Sample.crmBytes());
        Answer plan = visitor.get(draft).expect(200);
        confirm(draft, plan).expect(303);
        for (String page : new String[] {plan.text(), visitor.get(draft).text()}) {
            String section = page.substring(page.indexOf("To configure afterwards"));
            needs.forEach(need -> assertThat(section)
                    .contains(((JsonObject) need).text("name").orElseThrow()));
        }
    }

    @Test
    void changesAndRemovalsAreCountedAndNamed() {
        server.post("/api" + IMPORTS, TinyApp.bytes("orders", 1, "Save")).expect(201);
        String without = new String(TinyApp.bytes("orders", 1, "Send"), StandardCharsets.UTF_8)
                .replaceFirst("(?s),\\s*\\{\"id\": \"[^\"]*\", \"name\": \"text1\".*?\"layouts\": \\[\\]\\}\\]", "]");
        String draft = send(without.getBytes(StandardCharsets.UTF_8));
        String page = visitor.get(draft).expect(200).text();
        assertThat(page)
                .contains("1 changed", "1 deleted", "button1", "text1")
                .containsPattern("<details open=\"\"><summary>1 deleted</summary>");
    }

    @Test
    void aTargetThatMovedIsToldAndShownAnew() {
        server.post("/api" + IMPORTS, TinyApp.bytes("orders", 1, "Save")).expect(201);
        String draft = send(TinyApp.bytes("orders", 1, "Send"));
        Answer plan = visitor.get(draft).expect(200);
        server.post("/api" + IMPORTS, TinyApp.bytes("orders", 1, "Somebody else"))
                .expect(200);
        String head = head();
        String moved = confirm(draft, plan).expect(303).header("Location");
        assertThat(head()).isEqualTo(head);
        Answer fresh = visitor.get(moved).expect(200);
        assertThat(fresh.text()).contains("meanwhile, so nothing was imported");
        assertThat(Visitor.field(fresh, "fingerprint"))
                .startsWith(head)
                .isNotEqualTo(Visitor.field(plan, "fingerprint"));
        confirm(draft, fresh).expect(303);
        assertThat(head()).isNotEqualTo(head);
        assertThat(server.get(EXPORT).text()).contains("\"Send\"");
    }

    @Test
    void dataIsLostOnlyWhenTheBoxIsTicked() {
        server.post("/api" + IMPORTS, Sample.crmBytes()).expect(201);
        String head = head();
        JsonValue less = Edits.at(
                Sample.crm(),
                "/tooljet_database/1/schema/columns",
                list -> JsonArray.of(((JsonArray) list).items().subList(0, ((JsonArray) list).size() - 1)));
        String draft = send(JsonWriter.compact(less));
        Answer plan = visitor.get(draft).expect(200);
        assertThat(plan.text())
                .contains("What goes", "ordered_on", "no import brings it back", "listOrders", "Data will be lost");
        String[] fields = {"fingerprint", Visitor.field(plan, "fingerprint"), "mode", "update"};
        assertThat(visitor.submit(draft, fields).expect(409).text()).contains("loses what is stored there");
        assertThat(head()).isEqualTo(head);
        visitor.submit(draft, fields[0], fields[1], "confirm", Visitor.field(plan, "confirm"))
                .expect(303);
        assertThat(head()).isNotEqualTo(head);
        assertThat(visitor.get(draft).text()).contains("Imported");
    }

    @Test
    void anotherDefinitionCanBeChosen() {
        server.post("/api" + IMPORTS, TinyApp.bytes("orders", 1, "Save")).expect(201);
        String draft = send(TinyApp.bytes("orders", 1, "Copy"));
        Answer plan = visitor.get(draft + "?mode=create&name=orders+too").expect(200);
        assertThat(plan.text()).contains("orders too", "created");
        visitor.submit(draft, "fingerprint", Visitor.field(plan, "fingerprint"), "mode", "create", "name", "orders too")
                .expect(303);
        assertThat(server.get("/api/workspaces/team/definitions").text()).contains("orders too");
        assertThat(server.get(EXPORT).text()).contains("\"Save\"");
    }

    @Test
    void anUnclearOneAsksForAChoice() {
        server.post("/api" + IMPORTS, TinyApp.bytes("orders", 1, "Save")).expect(201);
        String other = new String(TinyApp.bytes("orders", 2, "X"), StandardCharsets.UTF_8)
                .replace("\"button1\"", "\"a\"")
                .replace("\"text1\"", "\"b\"")
                .replace("\"name\": \"Home\"", "\"name\": \"Start\"")
                .replace("\"name\": \"v1\"", "\"name\": \"first\"");
        String draft = send(other.getBytes(StandardCharsets.UTF_8));
        Answer asks = visitor.get(draft).expect(409);
        assertThat(asks.text()).contains("cannot be imported as it is", "<details open=\"\">", "tooljet/apps/orders");
        visitor.get(draft + "?mode=create&name=others").expect(200);
    }

    @Test
    void refusalsSayWhatWhereAndWhatToDo() {
        String twice = send("{\"app\": [], \"app\": []}".getBytes(StandardCharsets.UTF_8));
        assertThat(visitor.get(twice).expect(422).text()).contains("twice", "/app", "Remove one");
        String unknown = send("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
        visitor.get(unknown).expect(422);
        String broken = send("{".getBytes(StandardCharsets.UTF_8));
        assertThat(visitor.get(broken).expect(400).text()).contains("line 1");
        assertThat(visitor.upload(IMPORTS, "x.json", new byte[0], "branch", "main")
                        .expect(400)
                        .text())
                .contains("No file came");
        assertThat(visitor.upload(IMPORTS, "x.json", new byte[4 << 20], "branch", "main")
                        .expect(413)
                        .text())
                .contains("larger than the limit");
        assertThat(visitor.upload(IMPORTS, "x.json", new byte[2 << 20], "branch", "main")
                        .expect(413)
                        .text())
                .contains("larger than the limit");
        String nowhere = visitor.upload(IMPORTS, "x.json", TinyApp.bytes("orders", 1, "S"), "branch", "nope")
                .expect(303)
                .header("Location");
        assertThat(visitor.get(nowhere).expect(404).text()).contains("nope", "main");
    }

    @Test
    void aDraftBelongsToOneSessionAndEndsWithIt() {
        String draft = send(TinyApp.bytes("orders", 1, "Save"));
        Answer plan = visitor.get(draft).expect(200);
        Visitor other = Visitor.signedIn(server);
        assertThat(other.get(draft).expect(404).text()).contains("not kept any more");
        other.submit(draft, "fingerprint", Visitor.field(plan, "fingerprint")).expect(404);
        other.submit(draft + "/discard").expect(404);
        visitor.get(draft.replace("/team/", "/other/")).expect(404);
        visitor.submit(draft + "/discard").expect(303);
        visitor.get(draft).expect(404);
    }

    @Test
    void onlySoManyAreKept() {
        String first = send(TinyApp.bytes("orders", 1, "Save"));
        for (int i = 0; i < 5; i++) {
            send(TinyApp.bytes("orders", 1, "Save" + i));
        }
        visitor.get(first).expect(404);
    }

    @Test
    void withoutTheFormsTokenNothingIsTaken() {
        Visitor other = Visitor.signedIn(server);
        String draft = send(TinyApp.bytes("orders", 1, "Save"));
        Answer plan = visitor.get(draft);
        visitor.send(draft, "fingerprint", Visitor.field(plan, "fingerprint"), "form", other.formToken())
                .expect(403);
        server.get(EXPORT).expect(404);
    }
}
