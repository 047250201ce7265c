package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.testing.Twin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with the service: import, look, change, import again. */
class ImportApiTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String DEFINITIONS = "/api/workspaces/team/definitions";
    private static final String APP = "/app/0/definition/appV2";

    @TempDir
    Path data;

    private TestServer server;
    private GitClient git;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        git = new GitClient(data.resolve("repositories/team.git"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer send(JsonValue document, String query) {
        return server.post(IMPORTS + query, JsonWriter.compact(document));
    }

    private JsonValue export(String app) {
        return server.get(DEFINITIONS + "/tooljet/apps/" + app + "/export")
                .expect(200)
                .value();
    }

    private void assertExports(String app, JsonValue document) {
        assertThat(SameJson.differences(document, export(app))).isEmpty();
    }

    private int commits() {
        return Integer.parseInt(git.run("rev-list", "--count", "main"));
    }

    private List<String> lastChanges() {
        return git.run("diff-tree", "-r", "--no-commit-id", "--name-only", "main")
                .lines()
                .toList();
    }

    @Test
    void anExportComesBackAsItWasSent() {
        Answer receipt = server.post(IMPORTS, Sample.crmBytes()).expect(201);
        assertThat(receipt.text("roundTrip")).isEqualTo("verified");
        assertThat(receipt.text("message")).startsWith("Add CRM: ");
        assertThat(receipt.text("commit")).isEqualTo(git.run("rev-parse", "main"));
        assertThat(receipt.text("before")).isEqualTo(git.run("rev-parse", "main~1"));
        assertThat(receipt.text("tree")).isEqualTo(git.run("rev-parse", "main^{tree}"));
        assertThat(receipt.header("Location")).isEqualTo(DEFINITIONS + "/tooljet/apps/CRM");

        assertExports("CRM", Sample.crm());
        assertThat(git.run("fsck", "--strict")).isEmpty();
        assertThat(git.run("log", "-1", "--format=%an", "main")).isEqualTo("admin");
    }

    @Test
    void theReceiptIsKeptWithTheLedger() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        assertThat(git.run("log", "-1", "--format=%B", "refs/offshoot/ledger/main"))
                .contains("\"source\":\"sha256:")
                .contains("\"roundTrip\":\"verified\"");
    }

    @Test
    void importingItAgainMakesNoCommit() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        String ledger = git.run("rev-parse", "refs/offshoot/ledger/main");
        for (byte[] same : List.of(Sample.crmBytes(), JsonWriter.pretty(Sample.crm()))) {
            JsonObject receipt = server.post(IMPORTS, same).expect(200).json();
            assertThat(receipt.get("committed")).contains(JsonValue.of(false));
            assertThat(receipt.object("changes")).contains(JsonObject.EMPTY);
        }
        assertThat(commits()).isEqualTo(2);
        assertThat(git.run("rev-parse", "refs/offshoot/ledger/main")).isEqualTo(ledger);
    }

    @Test
    void oneChangedComponentIsOneCommitThatTouchesItsFile() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        JsonValue changed = Edits.set(
                Sample.crm(), APP + "/components/0/properties/text/value", new JsonString("<h2>Workshop</h2>"));
        Answer receipt = send(changed, "").expect(200);
        assertThat(commits()).isEqualTo(3);
        assertThat(lastChanges()).hasSize(1).first().asString().endsWith("/components/boardTitle.yaml");
        assertThat(receipt.text("message")).isEqualTo("Update CRM: boardTitle changed on page Home");
        assertThat(git.run("log", "-1", "--format=%s", "main")).isEqualTo(receipt.text("message"));
        assertExports("CRM", changed);
    }

    @Test
    void goingBackToTheFirstDocumentIsACommitToo() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        String tree = git.run("rev-parse", "main^{tree}");
        send(Edits.set(Sample.crm(), APP + "/icon", new JsonString("other")), "")
                .expect(200);
        server.post(IMPORTS, Sample.crmBytes()).expect(200);
        assertThat(commits()).isEqualTo(4);
        assertThat(git.run("rev-parse", "main^{tree}")).isEqualTo(tree);
    }

    @Test
    void theSameAppFromAnotherInstanceMakesNoCommit() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        JsonValue twin = Twin.ofToolJet(Sample.crm(), 7);
        JsonObject receipt = send(twin, "").expect(200).json();
        assertThat(receipt.get("committed")).as(receipt.toString()).contains(JsonValue.of(false));
        assertThat(commits()).isEqualTo(2);
    }

    @Test
    void theModuleOfAnotherInstanceIsLinkedByItsName() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        JsonValue twin = Twin.ofToolJet(Sample.crm(), 7);
        Answer same = send(twin, "").expect(200);
        assertThat(same.text()).contains("\"linked\"");
        assertThat(same.json().array("normalisations")).contains(JsonArray.EMPTY);
        assertExports("CRM", twin);
        assertThat(server.get(DEFINITIONS + "/tooljet/modules/Customer-header")
                        .expect(200)
                        .text("id"))
                .isEqualTo(((JsonString) Edits.get(Sample.crm(), APP + "/modules/0/appV2/id")).value());

        JsonValue changed = Edits.set(twin, APP + "/modules/0/appV2/icon", new JsonString("other"));
        Answer linked = send(changed, "").expect(200);
        assertThat(linked.json().get("committed")).contains(JsonValue.of(false));
        assertThat(linked.json().array("normalisations").orElseThrow().toString())
                .contains("Customer-header");
    }

    @Test
    void aModuleThatItsNamesakeCannotReplaceIsStoredBesideIt() {
        // The namesake here has no versions, and the app refers to one: linked, it could never be exported again.
        JsonValue twin = Twin.ofToolJet(Sample.crm(), 7);
        JsonObject bare = ((JsonObject) Edits.get(Sample.crm(), APP + "/modules/0/appV2"))
                .with("appVersions", JsonArray.EMPTY)
                .with("pages", JsonArray.EMPTY)
                .with("components", JsonArray.EMPTY)
                .with("events", JsonArray.EMPTY)
                .with("dataQueries", JsonArray.EMPTY);
        JsonValue carrier = Edits.at(
                TinyApp.of("Carrier", 1, "x"),
                APP,
                app -> ((JsonObject) app)
                        .with(
                                "modules",
                                JsonArray.of(
                                        JsonObject.builder().put("appV2", bare).build())));
        send(carrier, "").expect(201);
        Answer receipt = send(twin, "").expect(201);
        assertExports("CRM", twin);
        assertExports("Carrier", carrier);
        assertThat(receipt.json().array("normalisations")).contains(JsonArray.EMPTY);
        assertThat(git.run("ls-tree", "--name-only", "main", "tooljet/modules/").lines())
                .hasSize(2);
        assertThat(send(twin, "").expect(200).json().get("committed")).contains(JsonValue.of(false));
    }

    @Test
    void everyAppComesBackAsItWasSentThoughTheyShareDefinitions() {
        // Their instances know the data source and the environment by other ids.
        server.post(IMPORTS, TinyApp.bytes("One", 1, "x")).expect(201);
        server.post(IMPORTS, TinyApp.bytes("Two", 2, "x")).expect(201);
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        server.post(IMPORTS, TinyApp.bytes("Three", 3, "x")).expect(201);
        assertExports("One", TinyApp.of("One", 1, "x"));
        assertExports("Two", TinyApp.of("Two", 2, "x"));
        assertExports("CRM", Sample.crm());
        assertExports("Three", TinyApp.of("Three", 3, "x"));
        assertThat(git.run("ls-tree", "-r", "--name-only", "main", "tooljet/datasources/"))
                .contains("postgres.yaml")
                .doesNotContain("postgres~2");
    }

    @Test
    void aRemovedEntityTakesItsFilesAlongAndKeepsItsIds() {
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Buy")).expect(201);
        JsonValue without = Edits.at(
                TinyApp.of("Shop", 1, "Buy"), APP + "/components", list -> JsonArray.of(((JsonArray) list).get(1)));
        Answer receipt = send(without, "").expect(200);
        assertThat(receipt.text("message")).isEqualTo("Update Shop: button1 removed on page Home");
        assertThat(git.run("ls-tree", "-r", "--name-only", "main")).doesNotContain("button1");
        assertExports("Shop", without);
        assertThat(git.run("grep", "-l", "button1", "refs/offshoot/ledger/main"))
                .contains("facts.json");
    }

    @Test
    void aDryRunShowsThePlanAndChangesNothing() {
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Buy")).expect(201);
        String refs = git.run("for-each-ref");
        JsonObject plan = send(TinyApp.of("Shop", 1, "Buy now"), "?dry_run=true")
                .expect(200)
                .json();
        assertThat(git.run("for-each-ref")).isEqualTo(refs);
        assertThat(plan.text("message")).contains("Update Shop: button1 changed on page Home");
        assertThat(plan.object("changes")
                        .orElseThrow()
                        .object("component")
                        .orElseThrow()
                        .get("changed"))
                .contains(JsonValue.of(1));

        String fingerprint = plan.text("fingerprint").orElseThrow();
        send(TinyApp.of("Shop", 1, "Buy now"), "?fingerprint=" + fingerprint).expect(200);
        assertThat(commits()).isEqualTo(3);
    }

    @Test
    void aFingerprintHoldsForOneStateAndOneDocument() {
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Buy")).expect(201);
        String fingerprint = send(TinyApp.of("Shop", 1, "Two"), "?dry_run=true").text("fingerprint");
        Answer other = send(TinyApp.of("Shop", 1, "Three"), "?fingerprint=" + fingerprint)
                .expect(412);
        assertThat(other.text("type")).isEqualTo("urn:offshoot:problem:stale-plan");
        server.post(IMPORTS, TinyApp.bytes("Other", 2, "x")).expect(201);
        send(TinyApp.of("Shop", 1, "Two"), "?fingerprint=" + fingerprint).expect(412);
        assertThat(commits()).isEqualTo(3);
    }

    @Test
    void ifMatchHoldsForTheDefinitionOnly() {
        Answer first = server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Buy")).expect(201);
        String tag = first.header("ETag");
        assertThat(server.get(DEFINITIONS + "/tooljet/apps/Shop").header("ETag"))
                .isEqualTo(tag);
        String exported = server.get(DEFINITIONS + "/tooljet/apps/Shop/export").header("ETag");
        server.post(IMPORTS, TinyApp.bytes("Other", 2, "x")).expect(201);

        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "2"), "If-Match", "\"00\"")
                .expect(412);
        String second = server.post(IMPORTS, TinyApp.bytes("Shop", 1, "2"), "If-Match", tag)
                .expect(200)
                .header("ETag");
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "3"), "If-Match", tag).expect(412);
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "3"), "If-Match", exported)
                .expect(412);
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "3"), "If-Match", tag + ", " + second)
                .expect(200);
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "4"), "If-None-Match", "*")
                .expect(412);
        server.post(IMPORTS, TinyApp.bytes("New", 3, "1"), "If-Match", "*").expect(412);
        server.post(IMPORTS, TinyApp.bytes("New", 3, "1"), "If-None-Match", "*").expect(201);
        server.post(IMPORTS, TinyApp.bytes("New", 3, "2"), "If-Match", "nonsense")
                .expect(400);
    }

    @Test
    void modeCreateMakesACopyUnderANameOfItsOwn() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        Answer taken = server.post(IMPORTS + "?mode=create", Sample.crmBytes()).expect(409);
        assertThat(taken.text("type")).isEqualTo("urn:offshoot:problem:name-taken");
        assertThat(taken.text()).contains("name=");

        Answer copy = server.post(IMPORTS + "?mode=create&name=CRM%20copy", Sample.crmBytes())
                .expect(201);
        assertThat(copy.text("document")).isEqualTo("tooljet/apps/CRM-copy");
        assertThat(copy.text()).contains("renamed").contains("new-ids");
        JsonValue exported = export("CRM-copy");
        assertThat(Edits.get(exported, APP + "/name")).isEqualTo(new JsonString("CRM copy"));
        assertThat(Edits.get(exported, APP + "/id")).isNotEqualTo(Edits.get(Sample.crm(), APP + "/id"));
        assertExports("CRM", Sample.crm());
        // The original is still the one that its document means; the copy answers to its own export.
        server.post(IMPORTS, Sample.crmBytes()).expect(200);
        JsonObject again = send(exported, "").expect(200).json();
        assertThat(again.get("committed")).contains(JsonValue.of(false));
        assertThat(again.text("document")).contains("tooljet/apps/CRM-copy");
        assertThat(git.run(
                        "diff", "--name-only", "main:tooljet/apps/CRM/versions", "main:tooljet/apps/CRM-copy/versions"))
                .isEmpty();
    }

    @Test
    void aRenamedAppIsKnownByItsIdAndKeepsItsPlace() {
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Buy")).expect(201);
        Answer receipt = server.post(IMPORTS, TinyApp.bytes("Store", 1, "Buy")).expect(200);
        assertThat(receipt.text("document")).isEqualTo("tooljet/apps/Shop");
        assertThat(lastChanges()).containsExactly("tooljet/apps/Shop/app.yaml");
        assertExports("Shop", TinyApp.of("Store", 1, "Buy"));
        // Its old name is free for another app, which gets another place.
        Answer other = server.post(IMPORTS, TinyApp.bytes("Shop", 2, "Buy")).expect(201);
        assertThat(other.text("document")).isNotEqualTo("tooljet/apps/Shop").startsWith("tooljet/apps/Shop");
        assertExports("Shop", TinyApp.of("Store", 1, "Buy"));
    }

    @Test
    void anAppThatOnlySharesTheNameIsNotReplaced() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        Answer refused = server.post(IMPORTS, TinyApp.bytes("CRM", 5, "x")).expect(409);
        assertThat(refused.text("type")).isEqualTo("urn:offshoot:problem:ambiguous-definition");
        assertThat(refused.text()).contains("target=tooljet/apps/CRM").contains("mode=create");
        assertThat(commits()).isEqualTo(2);

        server.post(IMPORTS + "?mode=create&name=Other", TinyApp.bytes("CRM", 5, "x"))
                .expect(201);
        assertExports("CRM", Sample.crm());
        server.post(IMPORTS + "?target=tooljet/apps/CRM", TinyApp.bytes("CRM", 6, "x"))
                .expect(200);
        assertExports("CRM", TinyApp.of("CRM", 6, "x"));
    }

    @Test
    void targetsAreChecked() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        assertThat(server.post(IMPORTS + "?target=tooljet/apps/nope", Sample.crmBytes())
                        .expect(404)
                        .text("detail"))
                .contains("CRM");
        server.post(IMPORTS + "?target=tooljet/modules/Customer-header", Sample.crmBytes())
                .expect(400);
        server.post(IMPORTS + "?target=tooljet/apps/CRM&mode=create", Sample.crmBytes())
                .expect(400);
        server.post(IMPORTS + "?target=../../etc", Sample.crmBytes()).expect(400);
        server.post(IMPORTS + "?mode=destroy", Sample.crmBytes()).expect(400);
        server.post(IMPORTS + "?branch=nope", Sample.crmBytes()).expect(404);
        server.post(IMPORTS + "?unknown=1", Sample.crmBytes()).expect(400);
        server.post(IMPORTS + "?dry_run=yes", Sample.crmBytes()).expect(400);
        server.post(IMPORTS + "?fingerprint=abc", Sample.crmBytes()).expect(400);
        server.post(IMPORTS + "?name=a%0Ab", Sample.crmBytes()).expect(400);
        assertThat(commits()).isEqualTo(2);
    }

    @Test
    void sharedDefinitionsAreNeverDeletedByOmission() {
        server.post(IMPORTS, Sample.crmBytes()).expect(201);
        JsonValue without = Edits.at(Sample.crm(), "", d -> ((JsonObject) d).without("tooljet_database"));
        send(without, "").expect(200);
        assertThat(git.run("ls-tree", "-r", "--name-only", "main")).contains("tooljet/tables/orders.yaml");
        assertExports("CRM", without);
        assertThat(server.get(DEFINITIONS + "/tooljet/apps/CRM/export?tables=true")
                        .text())
                .contains("tooljet_database");
    }

    @Test
    void aRuleOfThePlatformIsAParameter() {
        JsonValue open = Edits.set(TinyApp.of("Shop", 1, "x"), APP + "/isPublic", JsonValue.of(true));
        Answer receipt = send(open, "?rule=new-app").expect(201);
        assertThat(receipt.text()).contains("reset: ");
        assertThat(send(open, "?rule=new-app").expect(409).text()).contains("name-taken");
        assertThat(send(open, "?rule=nothing").expect(400).text()).contains("new-app");
        assertThat(send(open, "?rule=new-app&mode=update").expect(400).text()).contains("leave out mode");
        assertThat(send(open, "?mode=merge").expect(400).text()).contains("mode=update");
    }

    @Test
    void anIndentedDocumentIsNotTooLargeForItsIndentation() throws Exception {
        byte[] compact = JsonWriter.compact(Sample.crm());
        byte[] pretty = JsonWriter.pretty(Sample.crm());
        try (TestServer small =
                TestServer.start(data.resolve("small"), compact.length).with("team")) {
            assertThat(pretty.length).isGreaterThan(compact.length);
            small.post(IMPORTS, pretty).expect(201);
        }
        try (TestServer small =
                TestServer.start(data.resolve("smaller"), compact.length - 1000).with("team")) {
            small.post(IMPORTS, pretty).expect(413);
        }
    }

    @Test
    void aChangedSharedDataSourceIsReported() {
        server.post(IMPORTS, TinyApp.bytes("One", 1, "x")).expect(201);
        // Of the same instance: the data source has the id that is known here.
        JsonValue id = Edits.get(TinyApp.of("One", 1, "x"), APP + "/dataSources/0/id");
        JsonValue other = Edits.set(TinyApp.of("Two", 2, "x"), APP + "/dataSources/0/type", new JsonString("sample"));
        other = Edits.set(other, APP + "/dataSources/0/id", id);
        other = Edits.set(other, APP + "/dataQueries/0/dataSourceId", id);
        Answer receipt = send(other, "").expect(201);
        assertThat(receipt.text()).contains("shared-changed").contains("share it: tooljet/apps/One");
        assertThat(git.run("ls-tree", "-r", "--name-only", "main", "tooljet/datasources/"))
                .isEqualTo("tooljet/datasources/postgres.yaml");
    }

    @Test
    void aDocumentThatWouldNotComeBackIsNeverStored() {
        // A reference to an id that is twice in the document may lead to one of the two only; whatever happens, no
        // loss.
        JsonValue twice = Edits.at(TinyApp.of("Shop", 1, "Buy"), APP + "/components", list -> {
            JsonArray components = (JsonArray) list;
            return components.plus(((JsonObject) components.get(0)).with("name", new JsonString("button2")));
        });
        Answer answer = send(twice, "");
        if (answer.status() == 201) {
            assertExports("Shop", twice);
        } else {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("type")).isEqualTo("urn:offshoot:problem:not-lossless");
            assertThat(commits()).isEqualTo(1);
        }
    }

    @Test
    void aBranchIsImportedIntoAlone() {
        server.post(IMPORTS, TinyApp.bytes("Shop", 1, "Buy")).expect(201);
        git.run("branch", "side", "main");
        server.post(IMPORTS + "?branch=side", TinyApp.bytes("Shop", 1, "Side")).expect(200);
        assertExports("Shop", TinyApp.of("Shop", 1, "Buy"));
        assertThat(server.get(DEFINITIONS + "/tooljet/apps/Shop/export?branch=side")
                        .value())
                .isEqualTo(TinyApp.of("Shop", 1, "Side"));
    }

    @Test
    void nullsAndUnknownFieldsSurvive() {
        JsonValue odd = Edits.at(
                TinyApp.of("Shop", 1, "Buy"),
                APP,
                app -> ((JsonObject) app)
                        .with("future", JsonReader.read("{\"a\": [1.0, 1e5, null, {}], \"@{b}\": \"@{c}\"}".getBytes()))
                        .with("nothing", JsonNull.NULL));
        send(odd, "").expect(201);
        assertExports("Shop", odd);
    }
}
