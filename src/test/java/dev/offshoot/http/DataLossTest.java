package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.Shed;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes is graded, and nobody loses stored data without having agreed to exactly that. */
class DataLossTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String IMPORTS = TEAM + "/imports";
    private static final String PRICE = "88e29bd4";
    private static final String TOOL_PRICE = "appbuilder/objects/tool~5e82a75b/fields/price~88e29bd4";
    private static final String ORDERS = "/tooljet_database/1/schema/columns";

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(
                        data.resolve("a"),
                        TestRemotes.allowing(
                                data.resolve("incoming"), OutboundLimits.DEFAULT, "file:" + data.resolve("git")))
                .with("team");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitClient stored() {
        return new GitClient(data.resolve("a/repositories/team.git"));
    }

    private Answer send(JsonValue document, String query) {
        return server.post(IMPORTS + query, JsonWriter.compact(document));
    }

    private static List<JsonObject> removals(Answer answer, String member) {
        return answer.json().array(member).orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject rows(JsonObject shed, UnaryOperator<JsonObject> change) {
        JsonArray rows = shed.array("definitions").orElseThrow();
        return shed.with(
                "definitions",
                JsonArray.of(rows.items().stream()
                        .map(row -> change.apply((JsonObject) row))
                        .filter(row -> !row.isEmpty())
                        .toList()));
    }

    private static boolean is(JsonObject row, String id) {
        return row.text("id").orElse("").startsWith(id);
    }

    /** The tool shed without the price of the tools: the column and its row, not the widget that shows it. */
    private static JsonObject withoutPrice() {
        return rows(Shed.toolShed(), row -> {
            if (is(row, PRICE)) {
                return JsonObject.EMPTY;
            }
            return is(row, "5e82a75b")
                    ? (JsonObject) Edits.at(
                            row,
                            "/json/fieldIDs",
                            ids -> JsonArray.of(((JsonArray) ids)
                                    .items().stream()
                                            .filter(id ->
                                                    !((JsonString) id).value().startsWith(PRICE))
                                            .toList()))
                    : row;
        });
    }

    @Test
    void aColumnThatGoesIsListedWithItsDependentsAndRefusedUntilConfirmed() {
        send(Shed.toolShed(), "").expect(201);
        send(Shed.phone(), "").expect(201);
        String refs = stored().run("for-each-ref");
        Answer plan = send(withoutPrice(), "?dry_run=true").expect(200);
        JsonObject removal = removals(plan, "removals").get(0);
        assertThat(removal.text("address")).contains(TOOL_PRICE);
        assertThat(removal.text("grade")).contains("data-loss");
        assertThat(removal.text("message")).contains("removed");
        assertThat(removal.array("dependents").orElseThrow().toString()).contains("widgets/numberbox-price-number");
        assertThat(plan.json().array("affected").orElseThrow().toString())
                .contains("appbuilder/objects/tool~5e82a75b", "appbuilder/apps/");

        Answer refused = send(withoutPrice(), "").expect(409);
        assertThat(refused.text("type")).endsWith(":data-loss");
        assertThat(refused.text("confirm")).isEqualTo(plan.text("confirm"));
        assertThat(removals(refused, "losses")).contains(removal);
        assertThat(stored().run("for-each-ref")).isEqualTo(refs);

        // Another document, another state: the token agrees to neither.
        send(
                        rows(withoutPrice(), row -> is(row, "97773620") ? row.with("name", new JsonString("x")) : row),
                        "?confirm=" + plan.text("confirm"))
                .expect(412);
        send(Sample.crm(), "").expect(201);
        send(withoutPrice(), "?confirm=" + plan.text("confirm")).expect(412);
        send(withoutPrice(), "?confirm=yes").expect(400);

        String token = send(withoutPrice(), "").expect(409).text("confirm");
        Answer done = send(withoutPrice(), "?confirm=" + token).expect(200);
        assertThat(removals(done, "removals").get(0).text("address")).contains(TOOL_PRICE);
        assertThat(stored().run("ls-tree", "-r", "--name-only", "main")).doesNotContain("price~88e29bd4");
        // Sent again it takes nothing away any more.
        send(withoutPrice(), "").expect(200);
    }

    @Test
    void aColumnThatChangesItsTypeLosesItsDataButOneThatChangesItsNameDoesNot() {
        send(Shed.toolShed(), "").expect(201);
        JsonObject typed = rows(
                Shed.toolShed(),
                row -> is(row, PRICE) ? (JsonObject) Edits.set(row, "/json/key", new JsonString("string")) : row);
        Answer refused = send(typed, "").expect(409);
        JsonObject loss = removals(refused, "losses").get(0);
        assertThat(loss.text("address")).contains(TOOL_PRICE);
        assertThat(loss.text("field")).contains("/json/key");
        assertThat(loss.text("message")).contains("changed from number to string");

        JsonObject named =
                rows(Shed.toolShed(), row -> is(row, PRICE) ? row.with("name", new JsonString("tool->cost")) : row);
        assertThat(removals(send(named, "").expect(200), "removals")).isEmpty();
    }

    @Test
    void aTableOfToolJetKeepsItsColumns() {
        send(Sample.crm(), "").expect(201);
        JsonValue less = Edits.at(
                Sample.crm(),
                ORDERS,
                list -> JsonArray.of(((JsonArray) list).items().subList(0, ((JsonArray) list).size() - 1)));
        JsonValue typed = Edits.set(less, ORDERS + "/3/data_type", new JsonString("bigint"));
        Answer refused = send(typed, "").expect(409);
        assertThat(removals(refused, "losses"))
                .extracting(loss -> loss.text("field").orElse("") + " "
                        + loss.text("message").orElse(""))
                .containsExactly(
                        "/schema/columns/ordered_on removed",
                        "/schema/columns/quantity/data_type changed from integer to bigint");
        assertThat(removals(refused, "losses")
                        .get(0)
                        .array("dependents")
                        .orElseThrow()
                        .toString())
                .contains("tooljet/apps/CRM/versions/v1/queries/listOrders.yaml");
        send(typed, "?confirm=" + refused.text("confirm")).expect(200);
    }

    /** What a document does not speak of at all is no deletion. */
    @Test
    void aDocumentThatSaysNothingOfTablesTakesNoneAway() {
        send(Sample.crm(), "").expect(201);
        JsonObject silent = ((JsonObject) Sample.crm()).without("tooljet_database");
        assertThat(removals(send(silent, "").expect(200), "removals")).isEmpty();
        assertThat(stored().run("ls-tree", "-r", "--name-only", "main")).contains("tooljet/tables/orders.yaml");
    }

    @Test
    void otherRemovalsAreGradedAndNotRefused() {
        send(Sample.crm(), "").expect(201);
        JsonValue less = Edits.at(Sample.crm(), "/app/0/definition/appV2/dataQueryFolders", folders -> JsonArray.EMPTY);
        Answer done = send(less, "").expect(200);
        assertThat(removals(done, "removals")).isNotEmpty().allSatisfy(removal -> {
            assertThat(removal.text("kind")).contains("folder");
            assertThat(removal.text("grade")).contains("cosmetic");
        });
        // Version v2 goes with all that is in it: one removal.
        String v2 = ((JsonString) Edits.get(Sample.crm(), "/app/0/definition/appV2/appVersions/1/id")).value();
        server.delete(TEAM + "/definitions/tooljet/apps/CRM").expect(200);
        send(Sample.crm(), "").expect(201);
        String page = ((JsonString) Edits.get(Sample.crm(), "/app/0/definition/appV2/pages/0/id")).value();
        JsonValue without = Edits.at(
                Sample.crm(),
                "/app/0/definition/appV2/pages",
                pages -> JsonArray.of(((JsonArray) pages)
                        .items().stream()
                                .filter(p ->
                                        !((JsonObject) p).text("id").orElse("").equals(page))
                                .toList()));
        Answer plan = send(without, "?dry_run=true");
        assertThat(v2).isNotEmpty();
        assertThat(removals(plan, "removals"))
                .filteredOn(r -> r.text("kind").orElse("").equals("page"))
                .hasSize(1)
                .allSatisfy(r -> assertThat(r.text("grade")).contains("behaviour"));
    }

    @Test
    void aRevertThatTakesColumnsAwayIsRefusedUntilConfirmed() {
        send(withoutPrice(), "").expect(201);
        String added = send(Shed.toolShed(), "").expect(200).text("commit");
        String body = "{\"commit\": \"" + added + "\"";
        Answer plan = server.post(TEAM + "/reverts?dry_run=true", body + "}").expect(200);
        assertThat(removals(plan, "removals").get(0).text("address")).contains(TOOL_PRICE);
        Answer refused = server.post(TEAM + "/reverts", body + "}").expect(409);
        assertThat(refused.text("confirm")).isEqualTo(plan.text("confirm"));
        server.post(TEAM + "/reverts", body + ", \"confirm\": \"" + refused.text("confirm") + "\"}")
                .expect(200);
    }

    @Test
    void whatComesFromARepositoryIsHeldToTheSame() throws Exception {
        send(Shed.toolShed(), "").expect(201);
        Files.createDirectories(data.resolve("git"));
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "git/work");
        GitClient git = new GitClient(data.resolve("git/work"));
        Path object = data.resolve("git/work/appbuilder/objects/tool~5e82a75b");
        Files.delete(object.resolve("fields/price~88e29bd4.yaml"));
        String text = Files.readString(object.resolve("object.yaml"));
        Files.writeString(
                object.resolve("object.yaml"),
                text.lines().filter(line -> !line.contains("88e29bd4")).reduce("", (all, line) -> all + line + "\n"));
        git.run("-c", "user.name=C", "-c", "user.email=c@example.org", "commit", "-qam", "No price");
        String from = "{\"url\": \"file://" + data.resolve("git/work")
                + "\", \"mode\": \"update\", \"target\": \"appbuilder/apps/Tool-Shed~3b9f57eb\"";
        String refs = stored().run("for-each-ref");
        Answer plan = server.post(IMPORTS + "/from-repository?dry_run=true", from + "}")
                .expect(200);
        Answer refused = server.post(IMPORTS + "/from-repository", from + "}").expect(409);
        assertThat(stored().run("for-each-ref")).isEqualTo(refs);
        assertThat(removals(refused, "losses").get(0).text("address")).contains(TOOL_PRICE);
        assertThat(plan.text("confirm")).isEqualTo(refused.text("confirm"));
        server.post(IMPORTS + "/from-repository", from + ", \"confirm\": \"" + refused.text("confirm") + "\"}")
                .expect(200);
    }

    @Test
    void whatIsDeletedIsHeldToTheSame() {
        send(Shed.toolShed(), "").expect(201);
        send(Shed.phone(), "").expect(201);
        String tool = TEAM + "/definitions/appbuilder/objects/tool~5e82a75b";
        // References are no matter of consent.
        assertThat(server.delete(tool).expect(409).text()).contains("others refer to it: appbuilder/apps/");
        stored().run("ls-tree", "-d", "--name-only", "main", "appbuilder/apps/")
                .lines()
                .forEach(this::deleteWithConsent);
        String refs = stored().run("for-each-ref");
        Answer plan = server.delete(tool + "?dry_run=true").expect(200);
        assertThat(removals(plan, "removals").get(0).text("address")).contains("appbuilder/objects/tool~5e82a75b");
        Answer refused = server.delete(tool).expect(409);
        assertThat(refused.text("type")).endsWith(":data-loss");
        assertThat(refused.text()).contains("the platform loses what is stored there");
        assertThat(removals(refused, "losses"))
                .anySatisfy(loss -> assertThat(
                                loss.array("dependents").orElseThrow().toString())
                        .contains("appbuilder/objects/"));
        assertThat(refused.text("confirm")).isEqualTo(plan.text("confirm"));
        assertThat(stored().run("for-each-ref")).isEqualTo(refs);
        server.delete(tool + "?confirm=" + "0".repeat(64)).expect(412);
        send(Sample.crm(), "").expect(201);
        server.delete(tool + "?confirm=" + plan.text("confirm")).expect(412);
        String token = server.delete(tool).expect(409).text("confirm");
        server.delete(tool + "?confirm=" + token).expect(200);
        assertThat(stored().run("ls-tree", "-r", "--name-only", "main")).doesNotContain("objects/tool~5e82a75b");
    }

    /** The objects hold the id of the app that they were made in. Nothing is lost with it, yet it is asked. */
    private void deleteWithConsent(String app) {
        Answer refused = server.delete(TEAM + "/definitions/" + app);
        if (refused.status() == 409) {
            assertThat(refused.text("type")).endsWith(":conflict");
            assertThat(refused.text()).contains("others still speak of it, appbuilder/objects/");
            refused = server.delete(TEAM + "/definitions/" + app + "?confirm=" + refused.text("confirm"));
        }
        refused.expect(200);
    }

    @Test
    void aPushIsToldWhatThePlatformWouldLose() throws Exception {
        send(Shed.toolShed(), "").expect(201);
        send(Sample.crm(), "").expect(201);
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "work");
        GitClient git = new GitClient(data.resolve("work"));
        git.run("config", "user.name", "C");
        git.run("config", "user.email", "c@example.org");
        Path orders = data.resolve("work/tooljet/tables/orders.yaml");
        String was = Files.readString(orders);
        assertThat(was).contains("integer");
        Files.writeString(orders, was.replaceFirst("integer", "bigint"));
        git.run("commit", "-qam", "Larger");
        Files.writeString(orders, was + "# looked at\n");
        git.run("commit", "-qam", "And back");
        // What a later commit brings back is not lost.
        assertThat(git.attempt("push").output()).doesNotContain("warning");
        Path object = data.resolve("work/appbuilder/objects/tool~5e82a75b");
        Files.delete(object.resolve("fields/price~88e29bd4.yaml"));
        String text = Files.readString(object.resolve("object.yaml"));
        Files.writeString(
                object.resolve("object.yaml"),
                text.lines().filter(line -> !line.contains("88e29bd4")).reduce("", (all, line) -> all + line + "\n"));
        Files.writeString(orders, was.replaceFirst("integer", "bigint"));
        git.run("commit", "-qam", "No price");
        GitClient.Outcome push = git.attempt("push");
        assertThat(push.status()).as(push.output()).isZero();
        assertThat(push.output())
                .contains("remote: warning: " + TOOL_PRICE)
                .contains("remote: warning: tooljet/tables/orders#/schema/columns/")
                .contains(
                        "changed from integer to bigint: the platform loses what is stored there when this is imported there");
        assertThat(push.output().lines().filter(l -> l.contains("warning:"))).hasSize(2);
    }
}
