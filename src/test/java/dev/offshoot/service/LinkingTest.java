package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.TinyApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a document carries along: used as it is here, overwritten, or stored beside its namesake. One test for each condition of the rule. */
class LinkingTest {
    private static final String APP = "/app/0/definition/appV2";
    private static final String ENVIRONMENT = APP + "/appEnvironments/0/isDefault";
    private static final UnaryOperator<ImportWishes> NEW_APP = r -> r.by(new RuleName("new-app"));

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
    void theMainDefinitionIsNeverLinked() {
        workspace.add(TinyApp.of("One", 1, "x"));
        Receipt receipt = workspace.add(TinyApp.of("One", 2, "y"));
        assertThat(action(receipt, "tooljet/apps/One")).isEqualTo(Plan.Action.UPDATED);
        assertThat(Edits.get(workspace.export("tooljet/apps/One"), APP + "/components/0/properties/text/value"))
                .isEqualTo(new JsonString("y"));
    }

    @Test
    void oneKnownByNameThatOthersUseStays() {
        workspace.add(TinyApp.of("One", 1, "x"));
        assertLinked(workspace.add(notDefault("Two", 2)), "tooljet/environments/production", true);
    }

    @Test
    void oneKnownByNameThatNobodyElseUsesBecomesWhatTheDocumentSays() {
        workspace.add(TinyApp.of("One", 1, "x"));
        // Another instance's export of the same app: nothing has the same id, and there is no other app.
        Receipt receipt = workspace.add(notDefault("One", 2));
        assertThat(action(receipt, "tooljet/environments/production")).isEqualTo(Plan.Action.UPDATED);
        assertThat(Edits.get(workspace.export("tooljet/apps/One"), ENVIRONMENT)).isEqualTo(JsonBoolean.FALSE);
    }

    @Test
    void oneLinkedOnceStaysLinkedWhenItsAppComesAgain() {
        workspace.add(TinyApp.of("One", 1, "x"));
        workspace.add(notDefault("Two", 2));
        // Now its id is known: this app's own document gave it.
        Receipt again = workspace.add(
                Edits.set(notDefault("Two", 2), APP + "/components/0/properties/text/value", new JsonString("z")));
        assertLinked(again, "tooljet/environments/production", true);
        assertThat(Edits.get(workspace.export("tooljet/apps/One"), ENVIRONMENT)).isEqualTo(JsonBoolean.TRUE);
    }

    @Test
    void oneKnownByItsIdIsOverwrittenWhoeverUsesIt() {
        workspace.add(TinyApp.of("One", 1, "x"));
        Receipt receipt = workspace.add(sameEnvironment("Two"));
        assertThat(action(receipt, "tooljet/environments/production")).isEqualTo(Plan.Action.UPDATED);
        assertThat(receipt.plan().affected())
                .flatExtracting(Plan.Affected::others)
                .containsExactly(TreePath.of("tooljet/apps/One"));
        assertThat(Edits.get(workspace.export("tooljet/apps/One"), ENVIRONMENT)).isEqualTo(JsonBoolean.FALSE);
    }

    @Test
    void aRuleThatKeepsSharedOnesKeepsThoseKnownByTheirIdToo() {
        workspace.add(TinyApp.of("One", 1, "x"));
        assertLinked(workspace.add(sameEnvironment("Two"), NEW_APP), "tooljet/environments/production", true);
        assertThat(Edits.get(workspace.export("tooljet/apps/One"), ENVIRONMENT)).isEqualTo(JsonBoolean.TRUE);
    }

    @Test
    void aRuleThatKeepsSharedOnesDoesNotAskWhetherAnybodyUsesThem() {
        workspace.add(TinyApp.of("One", 1, "x"));
        JsonValue other =
                Edits.set(TinyApp.of("Two", 2, "x"), APP + "/appEnvironments/0/name", new JsonString("staging"));
        workspace.add(other);
        workspace
                .use
                .deleteDefinition()
                .run(new DeleteDefinition.Request(
                        LocalWorkspace.NAME,
                        Optional.empty(),
                        TreePath.of("tooljet/apps/Two"),
                        Optional.empty(),
                        Attribution.of(LocalWorkspace.CALLER),
                        false));
        JsonValue third = Edits.set(
                Edits.set(TinyApp.of("Three", 3, "x"), APP + "/appEnvironments/0/name", new JsonString("staging")),
                ENVIRONMENT,
                JsonBoolean.FALSE);
        assertLinked(workspace.add(third, NEW_APP), "tooljet/environments/staging", true);
    }

    @Test
    void oneThatIsTheSameIsNoFinding() {
        workspace.add(TinyApp.of("One", 1, "x"));
        assertLinked(workspace.add(TinyApp.of("Two", 2, "x")), "tooljet/environments/production", false);
        assertLinked(workspace.add(TinyApp.of("Three", 3, "x"), NEW_APP), "tooljet/environments/production", false);
    }

    @Test
    void aTableOfTheSameNameStandsBesideTheOneThatOthersUse() {
        workspace.add(withTable("One", 1, 1, "id"));
        workspace.add(withTable("Two", 2, 2, "id", "total"));
        assertThat(tables()).hasSize(2);
        assertThat(columns("One")).hasSize(1);
        assertThat(columns("Two")).hasSize(2);
    }

    @Test
    void aTableOfTheSameNameThatNobodyElseUsesBecomesWhatTheDocumentSays() {
        workspace.add(withTable("One", 1, 1, "id"));
        workspace.add(withTable("One", 2, 2, "id", "total"));
        assertThat(tables()).hasSize(1);
        assertThat(columns("One")).hasSize(2);
    }

    @Test
    void aTableOfTheSameIdIsTheSameTable() {
        workspace.add(withTable("One", 1, 1, "id"));
        workspace.add(withTable("Two", 2, 1, "id", "total"));
        assertThat(tables()).hasSize(1);
        assertThat(columns("One")).hasSize(2);
    }

    @Test
    void aTableThatItsAppLinkedOnceIsNoSecondOneWhenTheAppComesAgain() {
        workspace.add(withTable("One", 1, 1, "id"));
        workspace.add(withTable("Two", 2, 2, "id"));
        assertThat(tables()).hasSize(1);
        assertLinked(workspace.add(withTable("Two", 2, 2, "id", "total")), "tooljet/tables/orders", true);
        assertThat(tables()).hasSize(1);
        assertThat(columns("One")).hasSize(1);
    }

    @Test
    void aModuleOfTheSameNameStaysAndOneOfTheSameIdIsUpdated() {
        workspace.add(withModule("One", 1, 5, "bug"));
        Receipt named = workspace.add(withModule("Two", 2, 6, "star"));
        assertThat(action(named, "tooljet/modules/Header")).isEqualTo(Plan.Action.LINKED);
        assertThat(icon()).isEqualTo("bug");
        Receipt known = workspace.add(withModule("Three", 3, 5, "moon"));
        assertThat(action(known, "tooljet/modules/Header")).isEqualTo(Plan.Action.UPDATED);
        assertThat(icon()).isEqualTo("moon");
    }

    private String icon() {
        return ((JsonString) Edits.get(workspace.export("tooljet/apps/One"), APP + "/modules/0/appV2/icon")).value();
    }

    private void assertLinked(Receipt receipt, String address, boolean told) {
        if (told) {
            assertThat(action(receipt, address)).isEqualTo(Plan.Action.LINKED);
        }
        assertThat(receipt.plan().normalisations())
                .filteredOn(p -> p.message().startsWith("linked: "))
                .extracting(Problem::where)
                .isEqualTo(told ? List.of(address) : List.of());
    }

    private static Plan.Action action(Receipt receipt, String address) {
        return receipt.plan().definitions().stream()
                .filter(s -> s.address().value().equals(address))
                .map(Plan.Step::action)
                .findFirst()
                .orElseThrow();
    }

    private List<String> tables() {
        return workspace.definitions().stream()
                .filter(d -> d.startsWith("tooljet/tables/"))
                .toList();
    }

    private JsonArray columns(String app) {
        return (JsonArray) Edits.get(workspace.export("tooljet/apps/" + app), "/tooljet_database/0/schema/columns");
    }

    private static JsonValue notDefault(String name, int seed) {
        return Edits.set(TinyApp.of(name, seed, "x"), ENVIRONMENT, JsonBoolean.FALSE);
    }

    /** An app whose environment is that of the app of seed 1, and not the default. */
    private static JsonValue sameEnvironment(String name) {
        return Edits.set(
                notDefault(name, 2),
                APP + "/appEnvironments/0/id",
                Edits.get(TinyApp.of("One", 1, "x"), APP + "/appEnvironments/0/id"));
    }

    private static JsonValue withTable(String name, int seed, int table, String... columns) {
        String id = "5f2f8f0e-1111-4000-8000-00000000000" + table;
        String list = String.join(
                ", ",
                List.of(columns).stream()
                        .map(c -> "{\"column_name\": \"" + c + "\"}")
                        .toList());
        JsonValue tables = json("""
                [{"id": "%s", "table_name": "orders", "schema": {"columns": [%s], "foreign_keys": []}}]""".formatted(id, list));
        JsonValue document = Edits.at(
                TinyApp.of(name, seed, "x"),
                APP + "/dataQueries/0/options",
                o -> ((JsonObject) o).with("table_id", new JsonString(id)));
        return ((JsonObject) document).with("tooljet_database", tables);
    }

    private static JsonValue withModule(String name, int seed, int module, String icon) {
        JsonObject inner = ((JsonObject) Edits.get(TinyApp.of("Header", module, "x"), APP))
                .with("type", new JsonString("module"))
                .with("icon", new JsonString(icon));
        return Edits.at(
                TinyApp.of(name, seed, "x"),
                APP,
                app -> ((JsonObject) app).with("modules", JsonArray.of(JsonObject.EMPTY.with("appV2", inner))));
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
