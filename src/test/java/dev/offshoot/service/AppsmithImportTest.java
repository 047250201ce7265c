package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.SameJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Appsmith imports: a test for each row of the table in docs/platforms/appsmith.md. */
class AppsmithImportTest {
    private static final TreePath WORKSHOP = TreePath.of("appsmith/apps/Bicycle-Workshop");
    private static final String APP = "/exportedApplication";
    private static final RuleName NEW = new RuleName("new-app");
    private static final RuleName REPLACE = new RuleName("replace-app");
    private static final RuleName APPEND = new RuleName("append-pages");
    private static final RuleName PARTIAL = new RuleName("partial");

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
    void aTakenNameGetsANumber() {
        workspace.add(AppsmithDocs.workshop(), by(NEW));
        Receipt second = workspace.add(AppsmithDocs.workshop(), by(NEW));
        Receipt third = workspace.add(AppsmithDocs.workshop(), by(NEW));
        JsonValue stored = workspace.export(second.plan().document());
        assertThat(text(stored, APP + "/name")).isEqualTo("Bicycle Workshop (1)");
        assertThat(text(stored, APP + "/slug")).isEqualTo("bicycle-workshop-1");
        assertThat(text(workspace.export(third.plan().document()), APP + "/name"))
                .isEqualTo("Bicycle Workshop (2)");
        assertThat(normalisations(second)).anyMatch(n -> n.startsWith("renamed: "));
        assertExports(WORKSHOP, AppsmithDocs.workshop());
    }

    @Test
    void aNewAppIsPrivate() {
        JsonValue open = Edits.at(
                AppsmithDocs.workshop(),
                APP,
                a -> ((JsonObject) a)
                        .with("isPublic", JsonBoolean.TRUE)
                        .with("exportWithConfiguration", JsonBoolean.TRUE));
        Receipt receipt = workspace.add(open, by(NEW));
        JsonObject app = (JsonObject) Edits.get(workspace.export(WORKSHOP), APP);
        assertThat(app.get("isPublic")).contains(JsonBoolean.FALSE);
        assertThat(app.get("exportWithConfiguration")).contains(JsonBoolean.FALSE);
        assertThat(normalisations(receipt))
                .filteredOn(n -> n.startsWith("reset: "))
                .hasSize(2);
    }

    @Test
    void anAppIsReplacedUnderItsOwnName() {
        workspace.add(AppsmithDocs.workshop());
        JsonValue other = Edits.at(
                AppsmithDocs.workshop(),
                APP,
                a -> ((JsonObject) a)
                        .with("name", JsonValue.of("Another"))
                        .with("slug", JsonValue.of("another"))
                        .with("color", JsonValue.of("#000000")));
        other = ((JsonObject) other).with("customJSLibList", JsonArray.EMPTY);
        Receipt receipt = workspace.add(other, by(REPLACE, WORKSHOP));
        JsonValue stored = workspace.export(WORKSHOP);
        assertThat(text(stored, APP + "/name")).isEqualTo("Bicycle Workshop");
        assertThat(text(stored, APP + "/slug")).isEqualTo("bicycle-workshop");
        assertThat(text(stored, APP + "/color")).isEqualTo("#000000");
        assertThat(((JsonObject) stored).array("customJSLibList").orElse(JsonArray.EMPTY))
                .isEmpty();
        assertThat(normalisations(receipt)).anyMatch(n -> n.startsWith("kept: "));
        assertThat(workspace.definitions()).containsExactly(WORKSHOP.value());
    }

    @Test
    void aReplacedAppKeepsHowItsDataSourcesAreConfigured() {
        workspace.add(AppsmithDocs.workshop());
        JsonValue other = Edits.set(
                AppsmithDocs.workshop(),
                "/datasourceList/0/datasourceConfiguration/endpoints/0/host",
                JsonValue.of("elsewhere.example.com"));
        Receipt receipt = workspace.add(other, by(REPLACE, WORKSHOP));
        assertThat(text(workspace.export(WORKSHOP), "/datasourceList/0/datasourceConfiguration/endpoints/0/host"))
                .isEqualTo("db.example.com");
        assertThat(normalisations(receipt)).anyMatch(n -> n.startsWith("kept: the data source workshop-db"));
    }

    @Test
    void pagesAreAppendedUnderFreeNames() {
        workspace.add(AppsmithDocs.workshop());
        JsonObject before = (JsonObject) workspace.export(WORKSHOP);
        Receipt receipt = workspace.add(
                AppsmithDocs.workshop(), r -> by(APPEND, WORKSHOP).apply(r).only(List.of("Orders")));
        JsonObject after = (JsonObject) workspace.export(WORKSHOP);
        assertThat(names(after)).containsExactlyInAnyOrder("Orders", "Stock", "Orders2");
        assertThat(normalisations(receipt)).anyMatch(n -> n.contains("Orders is appended as Orders2"));
        JsonObject page = page(after, "Orders2");
        assertThat(page.has("publishedPage")).isFalse();
        assertThat(page.has("gitSyncId")).isFalse();
        assertThat(page.object("unpublishedPage").orElseThrow().text("slug")).contains("orders2");
        JsonArray pages = (JsonArray) Edits.get(after, APP + "/pages");
        assertThat(pages.get(pages.size() - 1))
                .isEqualTo(JsonObject.EMPTY.with("id", JsonValue.of("Orders2")).with("isDefault", JsonBoolean.FALSE));
        assertThat(actions(after, "Orders2"))
                .isNotEmpty()
                .allSatisfy(a -> assertThat(a.text("id").orElseThrow()).startsWith("Orders2_"))
                .allSatisfy(a -> assertThat(a.has("publishedAction")).isFalse());
        assertThat(actions(after, "Orders2")).hasSameSizeAs(actions(before, "Orders"));
        // The same again, and it has the next number; what was there is as it was.
        workspace.add(
                AppsmithDocs.workshop(), r -> by(APPEND, WORKSHOP).apply(r).only(List.of("Orders")));
        assertThat(names((JsonObject) workspace.export(WORKSHOP))).contains("Orders3");
        assertThat(actions(after, "Orders")).isEqualTo(actions(before, "Orders"));
        assertThat(after.get("datasourceList")).isEqualTo(before.get("datasourceList"));
        assertThat(after.get("editModeTheme")).isEqualTo(before.get("editModeTheme"));
    }

    @Test
    void pagesThatAreNotThereAreRefused() {
        workspace.add(AppsmithDocs.workshop());
        assertThatThrownBy(() -> workspace.add(
                        AppsmithDocs.workshop(),
                        r -> by(APPEND, WORKSHOP).apply(r).only(List.of("Nowhere"))))
                .hasMessageContaining("no page Nowhere");
    }

    @Test
    void anAppendedQueryUsesTheDataSourceOfItsNameAndPlugin() {
        workspace.add(AppsmithDocs.workshop());
        JsonObject other = (JsonObject)
                Edits.set(AppsmithDocs.workshop(), "/datasourceList/0/pluginId", JsonValue.of("mysql-plugin"));
        workspace.add(other, r -> by(APPEND, WORKSHOP).apply(r).only(List.of("Orders")));
        JsonObject after = (JsonObject) workspace.export(WORKSHOP);
        assertThat(texts(after, "datasourceList", "name")).contains("workshop-db", "workshop-db #1");
        assertThat(actions(after, "Orders2").stream()
                        .flatMap(a -> a.object("unpublishedAction").stream())
                        .flatMap(a -> a.object("datasource").stream())
                        .flatMap(s -> s.text("name").stream()))
                .contains("workshop-db #1")
                .doesNotContain("workshop-db");
    }

    @Test
    void partsGoIntoAPage() {
        workspace.add(AppsmithDocs.workshop());
        JsonObject before = (JsonObject) workspace.export(WORKSHOP);
        JsonObject query = actions(before, "Orders").stream()
                .filter(a -> !a.object("unpublishedAction").orElseThrow().has("collectionId"))
                .findFirst()
                .orElseThrow();
        String name =
                query.object("unpublishedAction").orElseThrow().text("name").orElseThrow();
        JsonObject widgets = (JsonObject) JsonReader.read("""
                {"widgets": [{"hierarchy": 4, "widgetId": "w1", "parentId": "0", "list": [
                  {"widgetId": "w1", "widgetName": "Box", "type": "CONTAINER_WIDGET", "parentId": "0", "children": ["w2"]},
                  {"widgetId": "w2", "widgetName": "Canvas1", "type": "CANVAS_WIDGET", "parentId": "w1", "children": ["w3"]},
                  {"widgetId": "w3", "widgetName": "Show", "type": "TEXT_WIDGET", "parentId": "w2",
                   "text": "{{%1$s.data.length}} of {{ other.%1$s }} %1$s", "note": "%1$s"}]}]}""".formatted(name).getBytes(StandardCharsets.UTF_8));
        JsonObject partial = JsonObject.builder()
                .put("artifactJsonType", "APPLICATION")
                .put("clientSchemaVersion", new JsonNumber("2"))
                .put("serverSchemaVersion", new JsonNumber("12"))
                .put("datasourceList", before.get("datasourceList").orElseThrow())
                .put("actionList", JsonArray.of(query))
                .put("widgets", new String(JsonWriter.compact(widgets), StandardCharsets.UTF_8))
                .build();
        Receipt receipt =
                workspace.add(partial, r -> by(PARTIAL, WORKSHOP).apply(r).only(List.of("Orders")));
        JsonObject after = (JsonObject) workspace.export(WORKSHOP);
        assertThat(names(after)).isEqualTo(names(before));
        assertThat(actions(after, "Orders"))
                .hasSize(actions(before, "Orders").size() + 1)
                .anySatisfy(a -> {
                    assertThat(a.text("id")).contains("Orders_" + name + "1");
                    assertThat(a.object("unpublishedAction").orElseThrow().text("name"))
                            .contains(name + "1");
                    assertThat(a.has("gitSyncId")).isFalse();
                });
        assertThat(page(after, "Orders").toString())
                .contains("{{" + name + "1.data.length}} of {{ other." + name + " }} " + name)
                .contains("note: \"" + name + "\"");
        assertThat(normalisations(receipt)).anyMatch(n -> n.contains("comes as " + name + "1"));
        // Again, and it comes beside the first.
        workspace.add(partial, r -> by(PARTIAL, WORKSHOP).apply(r).only(List.of("Orders")));
        assertThat(actions((JsonObject) workspace.export(WORKSHOP), "Orders"))
                .anySatisfy(a -> assertThat(a.text("id")).contains("Orders_" + name + "2"));
        assertThat(page((JsonObject) workspace.export(WORKSHOP), "Orders").toString())
                .contains("Box1", "Show1");
    }

    @Test
    void partsOfAPageAreExportedAndImportedAgain() {
        workspace.add(AppsmithDocs.workshop());
        JsonObject all = (JsonObject) workspace.parts(WORKSHOP, "partial", "Orders", Set.of());
        assertThat(all.keys()).doesNotContain("exportedApplication", "pageList");
        JsonObject before = (JsonObject) workspace.export(WORKSHOP);
        assertThat(records(all, "actionList")).isEqualTo(actions(before, "Orders"));
        assertThat(texts(all, "datasourceList", "name")).containsExactly("workshop-db");
        JsonObject some = (JsonObject) workspace.parts(WORKSHOP, "partial", "Orders", Set.of("getOrders", "Filters"));
        assertThat(records(some, "actionList")).hasSize(1);
        assertThat(some.text("widgets").orElseThrow()).contains("\"Filters\"").doesNotContain("\"OrdersTable\"");
        workspace.add(some, r -> by(PARTIAL, WORKSHOP).apply(r).only(List.of("Stock")));
        JsonObject after = (JsonObject) workspace.export(WORKSHOP);
        assertThat(actions(after, "Stock"))
                .anySatisfy(a -> assertThat(a.text("id")).contains("Stock_getOrders"));
        assertThat(page(after, "Stock").toString()).contains("widgetName: \"Filters\"");
        assertThatThrownBy(() -> workspace.parts(WORKSHOP, "new-app", "Orders", Set.of()))
                .hasMessageContaining("takes no parts");
        assertThatThrownBy(() -> workspace.parts(WORKSHOP, "partial", "Nowhere", Set.of()))
                .hasMessageContaining("no page Nowhere");
    }

    @Test
    void aWholeAppIsNoPartialImport() {
        workspace.add(AppsmithDocs.workshop());
        assertThatThrownBy(() -> workspace.add(
                        AppsmithDocs.workshop(),
                        r -> by(PARTIAL, WORKSHOP).apply(r).only(List.of("Orders"))))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.WRONG_ENVELOPE));
        assertThatThrownBy(() -> workspace.add(
                        JsonObject.EMPTY
                                .with("serverSchemaVersion", new JsonNumber("12"))
                                .with("actionList", JsonArray.EMPTY),
                        by(PARTIAL, WORKSHOP)))
                .hasMessageContaining("goes into one page");
    }

    @Test
    void requiredKeysAreNamed() {
        for (String key : List.of("exportedApplication", "pageList", "actionList", "datasourceList")) {
            JsonObject document = AppsmithDocs.workshop().without(key);
            for (UnaryOperator<ImportWishes> wish : List.<UnaryOperator<ImportWishes>>of(r -> r, by(NEW))) {
                assertThatThrownBy(() -> workspace.add(document, wish))
                        .isInstanceOfSatisfying(
                                Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.WRONG_ENVELOPE))
                        .hasMessageContaining(key);
            }
            ExplodeToFolder.Result exploded =
                    new ExplodeToFolder(workspace.engine).run(JsonWriter.compact(document), data.resolve("out-" + key));
            assertThat(exploded.findings()).extracting(Problem::message).anyMatch(m -> m.contains(key));
        }
        assertThat(workspace.definitions()).isEmpty();
    }

    @Test
    void schemaVersionsAreCarried() {
        for (String version : List.of("0", "4", "11.0", "12", "13")) {
            JsonObject document = (JsonObject) Edits.set(
                    AppsmithDocs.workshop().with("serverSchemaVersion", new JsonNumber(version)),
                    APP + "/name",
                    JsonValue.of("v" + version));
            Receipt receipt = workspace.add(document, by(NEW));
            assertThat(((JsonObject) workspace.export(receipt.plan().document())).get("serverSchemaVersion"))
                    .contains(new JsonNumber(version));
            assertThat(receipt.plan().findings().stream().anyMatch(f -> f.reason() == Reason.NEWER_VERSION))
                    .isEqualTo(version.equals("13"));
        }
    }

    @Test
    void unconfiguredDataSourcesAreListed() {
        Receipt first = workspace.add(AppsmithDocs.workshop(), by(NEW));
        assertThat(first.plan().findings())
                .filteredOn(f -> f.reason() == Reason.UNCONFIGURED)
                .extracting(Problem::message)
                .containsExactly("the datasource workshop-db is new here");
        assertThat(workspace.add(AppsmithDocs.workshop(), by(NEW)).plan().findings())
                .extracting(Problem::reason)
                .doesNotContain(Reason.UNCONFIGURED);
        JsonValue mysql =
                Edits.set(AppsmithDocs.workshop(), "/datasourceList/0/pluginId", JsonValue.of("mysql-plugin"));
        assertThat(workspace.add(mysql, by(NEW)).plan().findings())
                .extracting(Problem::reason)
                .contains(Reason.UNCONFIGURED);
    }

    @Test
    void theExportIsTheNormalisedDocument() {
        int stored = 0;
        for (int seed = 1; seed <= 40; seed++) {
            JsonObject document = seed % 2 == 0
                    ? AppsmithDocs.twin(AppsmithDocs.workshop(), seed)
                    : AppsmithDocs.damaged(AppsmithDocs.shuffled(AppsmithDocs.workshop(), seed), seed);
            if (document.object("exportedApplication")
                    .flatMap(a -> a.text("name"))
                    .isEmpty()) {
                continue;
            }
            JsonValue name = JsonValue.of("App " + seed);
            JsonValue named = Edits.at(
                    document,
                    APP,
                    a -> ((JsonObject) a)
                            .with("name", name)
                            .with("slug", JsonValue.of("another"))
                            .with("isPublic", JsonBoolean.TRUE));
            Optional<Receipt> receipt = attempt(named);
            if (receipt.isPresent()) {
                stored++;
                JsonValue slug = JsonValue.of("app-" + seed);
                JsonValue expected = Edits.at(
                        named, APP, a -> ((JsonObject) a).with("slug", slug).with("isPublic", JsonBoolean.FALSE));
                expected = Edits.at(
                        expected,
                        APP,
                        a -> ((JsonObject) a).has("exportWithConfiguration")
                                ? ((JsonObject) a).with("exportWithConfiguration", JsonBoolean.FALSE)
                                : a);
                assertExports(receipt.get().plan().document(), expected);
            }
        }
        assertThat(stored).isGreaterThan(25);
    }

    /** A damaged document may lack what an import needs. */
    private Optional<Receipt> attempt(JsonValue document) {
        try {
            return Optional.of(workspace.add(document, by(NEW)));
        } catch (Failure refused) {
            assertThat(refused.reason()).isIn(Reason.WRONG_ENVELOPE, Reason.UNKNOWN_PLATFORM);
            return Optional.empty();
        }
    }

    private static UnaryOperator<ImportWishes> by(RuleName rule) {
        return r -> r.by(rule);
    }

    private static UnaryOperator<ImportWishes> by(RuleName rule, TreePath target) {
        return r -> r.by(rule).into(target);
    }

    private void assertExports(TreePath address, JsonValue document) {
        assertThat(SameJson.differences(workspace.stored(document), workspace.export(address)))
                .isEmpty();
    }

    private static String text(JsonValue document, String pointer) {
        return ((dev.offshoot.format.JsonString) Edits.get(document, pointer)).value();
    }

    private static Set<String> names(JsonObject document) {
        return records(document, "pageList").stream()
                .flatMap(p -> p.object("unpublishedPage").stream())
                .flatMap(p -> p.text("name").stream())
                .collect(Collectors.toSet());
    }

    private static JsonObject page(JsonObject document, String name) {
        return records(document, "pageList").stream()
                .filter(p ->
                        p.object("unpublishedPage").flatMap(h -> h.text("name")).equals(Optional.of(name)))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> actions(JsonObject document, String page) {
        return records(document, "actionList").stream()
                .filter(a -> a.object("unpublishedAction")
                        .flatMap(h -> h.text("pageId"))
                        .equals(Optional.of(page)))
                .toList();
    }

    private static List<String> texts(JsonObject document, String list, String member) {
        return records(document, list).stream()
                .flatMap(r -> r.text(member).stream())
                .toList();
    }

    private static List<JsonObject> records(JsonObject document, String list) {
        return document.array(list).orElse(JsonArray.EMPTY).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> normalisations(Receipt receipt) {
        return receipt.plan().normalisations().stream().map(Problem::message).toList();
    }
}
