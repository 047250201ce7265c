package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.Loose;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.testing.Twin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How ToolJet imports: a test for each row of the table in docs/platforms/tooljet.md. */
class ToolJetImportTest {
    private static final String APP = "/app/0/definition/appV2";
    private static final TreePath SHOP = TreePath.of("tooljet/apps/Shop");
    private static final Set<String> IDS = Set.of("dataSourceId", "organizationId");
    private static final UnaryOperator<ImportWishes> VERSION = w -> w.as(ImportMode.VERSION);
    private static final UnaryOperator<ImportWishes> RULE = r -> r.by(new RuleName("new-app"));

    @TempDir
    Path data;

    private LocalWorkspace workspace;

    @BeforeEach
    void open() {
        workspace = new LocalWorkspace(data);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aNewerVersionIsRefused() {
        JsonValue newer = Edits.set(TinyApp.of("Shop", 1, "x"), "/tooljet_version", new JsonString("3.22.0-ee"));
        assertRefused(newer, Reason.NEWER_VERSION, "3.22.0-ee");
        assertThat(workspace.add(newer).plan().findings())
                .extracting(Problem::reason)
                .contains(Reason.NEWER_VERSION);
        for (String known : List.of("3.21.99-beta-ee", "0.9.1", "2.50.3.2.1", "3.20.208-ee-lts")) {
            JsonValue document = Edits.set(TinyApp.of("v" + known, 2, "x"), "/tooljet_version", new JsonString(known));
            assertThat(workspace.plan(document, RULE).findings())
                    .extracting(Problem::reason)
                    .doesNotContain(Reason.NEWER_VERSION);
        }
    }

    @Test
    void versionAndNameAreNeeded() {
        assertRefused(
                ((JsonObject) TinyApp.of("Shop", 1, "x")).without("tooljet_version"),
                Reason.WRONG_ENVELOPE,
                "tooljet_version must be a string");
        assertRefused(
                Edits.at(TinyApp.of("Shop", 1, "x"), APP, app -> ((JsonObject) app).without("name")),
                Reason.WRONG_ENVELOPE,
                "Invalid params for app import");
    }

    @Test
    void aTakenNameIsRefused() {
        workspace.add(TinyApp.of("Shop", 1, "x"));
        assertRefused(TinyApp.of("Shop", 2, "x"), Reason.NAME_TAKEN, "Shop");
        workspace.add(TinyApp.of("Shop", 2, "x"), r -> RULE.apply(r).named(new DefinitionName("Shop two")));
        assertThat(workspace.definitions()).contains("tooljet/apps/Shop", "tooljet/apps/Shop-two");
    }

    @Test
    void whatBelongsToTheOldPlaceIsReset() {
        JsonValue document = Edits.at(
                TinyApp.of("Shop", 1, "x"),
                APP,
                app -> ((JsonObject) app)
                        .with("isPublic", JsonBoolean.TRUE)
                        .with("slug", new JsonString("our-shop"))
                        .with("creationMode", new JsonString("GIT"))
                        .with("currentVersionId", new JsonString("5f2f8f0e-0000-4000-8000-000000000001")));
        Receipt receipt = workspace.add(document, RULE);
        JsonObject stored = (JsonObject) Edits.get(workspace.export("tooljet/apps/Shop"), APP);
        assertThat(stored.get("isPublic")).contains(JsonBoolean.FALSE);
        assertThat(stored.get("slug")).isEqualTo(stored.get("id"));
        assertThat(stored.text("creationMode")).contains("DEFAULT");
        assertThat(stored.get("currentVersionId")).contains(JsonNull.NULL);
        assertThat(normalisations(receipt))
                .filteredOn(n -> n.startsWith("reset: "))
                .hasSize(4);
    }

    @Test
    void aCopyGetsItsOwnIds() {
        workspace.add(TinyApp.of("Shop", 1, "x"));
        Receipt receipt =
                workspace.add(TinyApp.of("Shop", 1, "x"), r -> RULE.apply(r).named(new DefinitionName("Copy")));
        assertThat(normalisations(receipt)).anyMatch(n -> n.startsWith("new-ids: "));
        assertThat(Edits.get(workspace.export("tooljet/apps/Copy"), APP + "/id"))
                .isNotEqualTo(Edits.get(workspace.export("tooljet/apps/Shop"), APP + "/id"));
    }

    @Test
    void everyVersionIsKept() {
        workspace.add(Sample.crm(), RULE);
        JsonArray sent = (JsonArray) Edits.get(Sample.crm(), APP + "/appVersions");
        assertThat(Edits.get(workspace.export("tooljet/apps/CRM"), APP + "/appVersions"))
                .isEqualTo(sent);
        assertThat(sent.size()).isGreaterThan(1);
    }

    @Test
    void environmentsAreMatchedByName() {
        workspace.add(TinyApp.of("One", 1, "x"));
        JsonValue other = Edits.set(TinyApp.of("Two", 2, "x"), APP + "/appEnvironments/0/isDefault", JsonBoolean.FALSE);
        Receipt receipt = workspace.add(other, RULE);
        assertThat(normalisations(receipt)).anyMatch(n -> n.startsWith("linked: "));
        assertThat(Edits.get(workspace.export("tooljet/apps/Two"), APP + "/appEnvironments/0/isDefault"))
                .isEqualTo(JsonBoolean.TRUE);
        assertExports("One", TinyApp.of("One", 1, "x"));
    }

    @Test
    void dataSourcesAreMatchedByIdThenCorrelationIdThenNameAndKind() {
        JsonValue one = Edits.at(
                TinyApp.of("One", 1, "x"),
                APP + "/dataSources/0",
                s -> ((JsonObject) s).with("co_relation_id", new JsonString("c-1")));
        workspace.add(one);
        List<UnaryOperator<JsonObject>> same = List.of(
                s -> s.with("id", Edits.get(one, APP + "/dataSources/0/id")).with("name", new JsonString("renamed")),
                s -> s.with("co_relation_id", new JsonString("c-1")).with("name", new JsonString("renamed")),
                s -> s.with("type", new JsonString("sample")));
        for (int i = 0; i < same.size(); i++) {
            Receipt receipt = workspace.add(source(TinyApp.of("Other " + i, 10 + i, "x"), same.get(i)), RULE);
            assertThat(workspace.definitions())
                    .as("case %d", i)
                    .filteredOn(d -> d.startsWith("tooljet/datasources/"))
                    .containsExactly("tooljet/datasources/postgres");
            assertThat(normalisations(receipt)).as("case %d", i).anyMatch(n -> n.startsWith("linked: "));
        }
        assertExports("One", one);
        workspace.add(source(TinyApp.of("Kind", 20, "x"), s -> s.with("kind", new JsonString("mysql"))), RULE);
        assertThat(workspace.definitions())
                .filteredOn(d -> d.startsWith("tooljet/datasources/"))
                .hasSize(2);
    }

    @Test
    void aNewDataSourceIsListed() {
        assertThat(workspace.add(TinyApp.of("One", 1, "x"), RULE).plan().findings())
                .filteredOn(f -> f.reason() == Reason.UNCONFIGURED)
                .extracting(Problem::where)
                .containsExactly("tooljet/datasources/postgres");
        assertThat(workspace.add(TinyApp.of("Two", 2, "x"), RULE).plan().findings())
                .extracting(Problem::reason)
                .doesNotContain(Reason.UNCONFIGURED);
    }

    @Test
    void modulesAreLinkedByNameOrCreated() {
        workspace.add(Sample.crm(), RULE);
        JsonValue before = workspace.export("tooljet/apps/CRM");
        assertThat(workspace.definitions()).contains("tooljet/modules/Customer-header");
        JsonValue twin =
                Edits.set(Twin.ofToolJet(Sample.crm(), 7), APP + "/modules/0/appV2/icon", new JsonString("other"));
        Receipt receipt = workspace.add(twin, r -> RULE.apply(r).named(new DefinitionName("CRM again")));
        assertThat(receipt.plan().definitions())
                .filteredOn(s -> s.kind().equals("module"))
                .extracting(Plan.Step::action)
                .containsExactly(Plan.Action.LINKED);
        assertExports("CRM", before);
    }

    @Test
    void aTableIsCreatedOrRenamed() {
        workspace.add(withTables("Shop", 1), RULE);
        assertExports("Shop", withTables("Shop", 1));
        Receipt receipt = workspace.add(withTables("Shop two", 1), RULE);
        String renamed = "orders_" + LocalWorkspace.NOW.toEpochMilli();
        JsonValue export = workspace.export("tooljet/apps/Shop-two");
        JsonArray tables =
                (JsonArray) ((JsonObject) export).get("tooljet_database").orElseThrow();
        JsonObject orders = (JsonObject) tables.get(0);
        assertThat(orders.text("table_name")).contains(renamed);
        JsonObject key = (JsonObject) Edits.get(tables.get(1), "/schema/foreign_keys/0");
        assertThat(key.text("referenced_table_name")).contains(renamed);
        assertThat(key.text("referenced_table_id")).isEqualTo(orders.text("id"));
        assertThat(Edits.get(export, APP + "/dataQueries/0/options/table_id"))
                .isEqualTo(orders.get("id").orElseThrow());
        assertThat(normalisations(receipt)).anyMatch(n -> n.contains(renamed));
        assertExports("Shop", withTables("Shop", 1));
    }

    @Test
    void aRefusedImportLeavesNothing() {
        workspace.add(TinyApp.of("Shop", 1, "x"));
        List<String> before = workspace.definitions();
        assertRefused(withTables("Shop", 3), Reason.NAME_TAKEN, "Shop");
        assertThat(workspace.definitions()).isEqualTo(before);
        assertExports("Shop", TinyApp.of("Shop", 1, "x"));
    }

    @Test
    void widgetsAreNotMigratedAndOrphansStay() {
        JsonValue odd = Edits.at(TinyApp.of("Old", 1, "x"), APP, app -> {
            JsonObject button = (JsonObject) Edits.get(app, "/components/0");
            JsonObject orphan = button.with("id", new JsonString("5f2f8f0e-0000-4000-8000-000000000002"))
                    .with("name", new JsonString("orphan"))
                    .with("parent", new JsonString("5f2f8f0e-0000-4000-8000-00000000dead"));
            JsonObject event = (JsonObject) JsonReader.read("""
                    {"id": "5f2f8f0e-0000-4000-8000-000000000003", "name": "onClick", "index": 0, "event": {"actionId": "run-query"},
                     "sourceId": "5f2f8f0e-0000-4000-8000-00000000dead", "target": "component",
                     "appVersionId": "x", "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}""".getBytes(StandardCharsets.UTF_8));
            return ((JsonObject) app)
                    .with(
                            "components",
                            ((JsonObject) app).array("components").orElseThrow().plus(orphan))
                    .with("events", JsonArray.of(event.with("appVersionId", Edits.get(app, "/appVersions/0/id"))));
        });
        JsonValue old = Edits.set(odd, "/tooljet_version", new JsonString("2.30.0"));
        assertThat(normalisations(workspace.add(old, RULE))).isEmpty();
        assertExports("Old", old);
    }

    @Test
    void theExportIsTheNormalisedDocument() {
        for (int seed = 1; seed <= 6; seed++) {
            JsonValue document = Edits.at(GeneratedApp.document(20 + seed, seed, "app " + seed), APP, app -> {
                JsonObject o = (JsonObject) app;
                return o.with("isPublic", JsonBoolean.TRUE).with("slug", new JsonString("mine"));
            });
            workspace.add(document, RULE);
            JsonValue expected = Edits.at(document, APP, app -> {
                JsonObject o = (JsonObject) app;
                return o.with("isPublic", JsonBoolean.FALSE)
                        .with("slug", o.get("id").orElseThrow());
            });
            assertExports("app-" + seed, expected);
        }
    }

    @Test
    void appsOfOtherInstancesNeverChangeEachOther() throws Exception {
        Map<String, JsonValue> first = new LinkedHashMap<>();
        List<String> linked = new ArrayList<>();
        for (Path file : Corpus.json("tooljet")) {
            if (Files.size(file) > 60_000) {
                continue; // enough of them are small
            }
            try {
                Receipt receipt = workspace.add(JsonReader.read(Files.readAllBytes(file)));
                String address = receipt.plan().document().value();
                first.put(address, workspace.export(address));
                if (!normalisations(receipt).isEmpty()) {
                    linked.add(address);
                }
            } catch (Failure refused) {
                // Broken on purpose, or another app of the same name.
                assertThat(refused.reason()).isIn(Reason.MALFORMED_JSON, Reason.AMBIGUOUS_DEFINITION);
            }
        }
        int changed = 0;
        for (Map.Entry<String, JsonValue> e : first.entrySet()) {
            changed += SameJson.differences(e.getValue(), workspace.export(e.getKey()))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(changed).as("of " + first.size()).isZero();
        assertThat(first).hasSizeGreaterThan(20);
        assertThat(linked.size()).isLessThan(first.size() / 4);
    }

    @Test
    void aVersionGoesIntoAnAppAsItIs() {
        JsonValue shop = TinyApp.of("Shop", 1, "x");
        workspace.add(shop);
        // Version v2 of another export of the same app: its rows are new here, so they keep their ids.
        JsonValue sent = Edits.set(
                Edits.set(version(TinyApp.of("Shop", 2, "y"), "v2"), APP + "/id", Edits.get(shop, APP + "/id")),
                APP + "/icon",
                new JsonString("star"));
        Receipt receipt = workspace.add(sent, VERSION.andThen(w -> w.into(SHOP))::apply);
        assertThat(receipt.plan().document()).isEqualTo(SHOP);
        assertThat(normalisations(receipt)).containsExactly("version: stored as version v2 of " + SHOP);
        assertThat(receipt.plan().files().changes().keySet())
                .allSatisfy(path -> assertThat(path.value()).startsWith("tooljet/apps/Shop/versions/v2/"));
        JsonValue export = workspace.export(SHOP);
        assertSame(shop, workspace.export(SHOP, "v1"));
        for (String list : List.of("appVersions", "pages", "components", "dataQueries")) {
            JsonArray here = (JsonArray) Edits.get(shop, APP + "/" + list);
            JsonArray came = (JsonArray) Edits.get(sent, APP + "/" + list);
            assertThat(((JsonArray) Edits.get(export, APP + "/" + list)).size())
                    .as(list)
                    .isEqualTo(here.size() + came.size());
        }
        assertThat(Edits.get(export, APP + "/icon")).isEqualTo(new JsonString("bug"));
        assertThat(Edits.get(workspace.export(SHOP, "v2"), APP + "/components"))
                .isEqualTo(Edits.get(sent, APP + "/components"));
        // Its data source is the one that is here: of that name and kind.
        assertThat(Edits.get(workspace.export(SHOP, "v2"), APP + "/dataQueries/0/dataSourceId"))
                .isEqualTo(Edits.get(shop, APP + "/dataSources/0/id"));
        assertThat(workspace.add(export).moved()).isFalse();
    }

    @Test
    void aVersionWhoseNameIsTakenGetsTheNextOne() {
        JsonValue shop = TinyApp.of("Shop", 1, "x");
        workspace.add(shop);
        JsonValue changed = Edits.set(shop, APP + "/components/0/properties/text/value", new JsonString("y"));
        // Without a target it is a version of the app that has its id.
        Receipt receipt = workspace.add(changed, VERSION);
        assertThat(normalisations(receipt))
                .anyMatch(n -> n.startsWith("version: stored as version v2"))
                .anyMatch(n -> n.startsWith("new-ids: "));
        assertSame(shop, workspace.export(SHOP, "v1"));
        JsonValue second = workspace.export(SHOP, "v2");
        assertThat(Edits.get(second, APP + "/components/0/properties/text/value"))
                .isEqualTo(new JsonString("y"));
        for (String row : List.of("/appVersions/0", "/pages/0", "/components/0", "/dataQueries/0")) {
            assertThat(Edits.get(second, APP + row + "/id")).isNotEqualTo(Edits.get(shop, APP + row + "/id"));
        }
        assertThat(Edits.get(second, APP + "/components/0/pageId")).isEqualTo(Edits.get(second, APP + "/pages/0/id"));
        assertThat(normalisations(workspace.add(changed, VERSION)))
                .anyMatch(n -> n.startsWith("version: stored as version v3"));
        // No folder can stand beside v2 under this name on every system.
        assertThat(normalisations(workspace.add(version(changed, "V2"), VERSION)))
                .anyMatch(n -> n.startsWith("version: stored as version V4 "));
        assertThat(normalisations(workspace.add(version(changed, "draft"), VERSION)))
                .anyMatch(n -> n.startsWith("version: stored as version draft"));
        assertThat(normalisations(workspace.add(version(changed, "draft"), VERSION)))
                .anyMatch(n -> n.startsWith("version: stored as version draft_1"));
    }

    @Test
    void ofSeveralVersionsOneIsNamed() {
        workspace.add(Sample.crm());
        JsonArray versions = (JsonArray) Edits.get(Sample.crm(), APP + "/appVersions");
        assertThat(versions.size()).isGreaterThan(1);
        assertThatThrownBy(() -> workspace.add(Sample.crm(), VERSION))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_PARAMETER))
                .hasMessageContaining("version=");
        assertThatThrownBy(() -> workspace.add(Sample.crm(), VERSION.andThen(w -> w.only(List.of("v99")))::apply))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.NOT_FOUND));
        String first = ((JsonObject) versions.get(0)).text("name").orElseThrow();
        Receipt receipt = workspace.add(Sample.crm(), VERSION.andThen(w -> w.only(List.of(first)))::apply);
        assertThat(receipt.plan().files().changes().keySet())
                .allSatisfy(path -> assertThat(path.value()).startsWith("tooljet/apps/CRM/versions/"));
        JsonArray now = (JsonArray) Edits.get(workspace.export("tooljet/apps/CRM"), APP + "/appVersions");
        assertThat(now.size()).isEqualTo(versions.size() + 1);
    }

    @Test
    void aVersionOfWhatIsNotHereIsRefused() {
        assertThatThrownBy(() -> workspace.add(TinyApp.of("Shop", 1, "x"), VERSION))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.NOT_FOUND))
                .hasMessageContaining("target=");
        assertThatThrownBy(() -> workspace.add(TinyApp.of("Shop", 1, "x"), VERSION.andThen(w -> w.into(SHOP))::apply))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(workspace.definitions()).isEmpty();
    }

    @Test
    void whatAVersionBringsAlongComesOnlyWhenItIsNotHere() {
        workspace.add(withTables("Shop", 1));
        JsonValue before = workspace.export("tooljet/apps/Shop");
        JsonValue sent = source(
                version(withTables("Shop two", 2), "v7"),
                s -> s.with("name", new JsonString("mysql")).with("kind", new JsonString("mysql")));
        workspace.add(sent, VERSION.andThen(w -> w.into(SHOP))::apply);
        assertThat(workspace.definitions())
                .contains("tooljet/datasources/mysql", "tooljet/datasources/postgres")
                .doesNotContain("tooljet/apps/Shop-two");
        assertThat(Edits.get(workspace.export(SHOP, "v7"), APP + "/dataSources/0/kind"))
                .isEqualTo(new JsonString("mysql"));
        assertSame(before, workspace.export(SHOP, "v1"));
    }

    @Test
    void anyDocumentsVersionGoesIntoAnyApp() {
        workspace.add(TinyApp.of("Shop", 1, "x"));
        for (int seed = 1; seed <= 6; seed++) {
            JsonValue sent = version(GeneratedApp.document(20 + seed, seed, "app " + seed), "g" + seed);
            workspace.add(sent, VERSION.andThen(w -> w.into(SHOP))::apply);
            JsonValue back = workspace.export(SHOP, "g" + seed);
            for (String list : List.of("pages", "components", "events", "dataQueries")) {
                assertThat(Loose.of(Edits.get(back, APP + "/" + list), IDS))
                        .as(seed + " " + list)
                        .isEqualTo(Loose.of(Edits.get(sent, APP + "/" + list), IDS));
            }
        }
        assertSame(TinyApp.of("Shop", 1, "x"), workspace.export(SHOP, "v1"));
    }

    private static JsonValue version(JsonValue document, String name) {
        return Edits.set(document, APP + "/appVersions/0/name", new JsonString(name));
    }

    private void assertSame(JsonValue expected, JsonValue actual) {
        assertThat(SameJson.differences(workspace.stored(expected), actual)).isEmpty();
    }

    private static JsonValue source(JsonValue document, UnaryOperator<JsonObject> change) {
        return Edits.at(document, APP + "/dataSources/0", s -> {
            JsonObject changed = change.apply((JsonObject) s);
            return changed;
        });
    }

    /** An app with two tables, one of which refers to the other, as the query does. */
    private static JsonValue withTables(String name, int seed) {
        String orders = "5f2f8f0e-1111-4000-8000-00000000000" + seed;
        String lines = "5f2f8f0e-2222-4000-8000-00000000000" + seed;
        JsonValue tables =
                JsonReader.read("""
                [{"id": "%1$s", "table_name": "orders", "schema": {"columns": [{"column_name": "id"}], "foreign_keys": []}},
                 {"id": "%2$s", "table_name": "lines%3$d", "schema": {"columns": [{"column_name": "id"}], "foreign_keys": [
                   {"referenced_table_name": "orders", "referenced_table_id": "%1$s", "column_names": ["id"]}]}}]""".formatted(orders, lines, name.length()).getBytes(StandardCharsets.UTF_8));
        JsonValue document = Edits.at(
                TinyApp.of(name, name.length(), "x"),
                APP + "/dataQueries/0/options",
                o -> ((JsonObject) o).with("table_id", new JsonString(orders)));
        return ((JsonObject) document).with("tooljet_database", tables);
    }

    private void assertRefused(JsonValue document, Reason reason, String words) {
        List<String> before = workspace.definitions();
        assertThatThrownBy(() -> workspace.add(document, RULE))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(reason))
                .hasMessageContaining(words);
        assertThat(workspace.definitions()).isEqualTo(before);
    }

    private void assertExports(String name, JsonValue document) {
        assertThat(SameJson.differences(workspace.stored(document), workspace.export("tooljet/apps/" + name)))
                .isEmpty();
    }

    private static List<String> normalisations(Receipt receipt) {
        return receipt.plan().normalisations().stream().map(Problem::message).toList();
    }
}
