package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AppBuilder documents in a workspace with others: what is shared, what is kept. */
class AppBuilderImportTest {
    private static final String KITCHEN = "appbuilder/apps/kitchen-sink~0ac51d6c";

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
    void rowsThatNobodyOwnsAreFoundAgain() {
        // Two columns of a system object with one name: neither has an owner in the document.
        JsonObject shed = with(
                Shed.toolShed(),
                field("11111111-0000-4000-8000-000000000001"),
                field("11111111-0000-4000-8000-000000000002"));
        assertThat(workspace.add(shed).moved()).isTrue();
        assertThat(workspace.add(shed.with("date", JsonValue.of("20260102"))).moved())
                .isFalse();
        assertExports("appbuilder/apps/Tool-Shed~3b9f57eb", shed.with("date", JsonValue.of("20260102")));
    }

    @Test
    void anotherRowOfTheSameNameIsAnotherRow() {
        JsonObject one = with(Shed.toolShed(), field("11111111-0000-4000-8000-000000000001"));
        JsonObject other = with(Shed.toolShed(), field("11111111-0000-4000-8000-000000000002"));
        workspace.add(one);
        workspace.add(other);
        assertExports("appbuilder/apps/Tool-Shed~3b9f57eb", other);
    }

    @Test
    void appsThatShareRowsKeepOneCopyAndExportTheirOwn() {
        workspace.add(Shed.toolShed());
        workspace.add(Shed.phone());
        assertExports("appbuilder/apps/Tool-Shed~3b9f57eb", Shed.toolShed());
        assertExports(workspace.add(Shed.phone()).plan().document().value(), Shed.phone());
    }

    @Test
    void whatIsMissingInADocumentStaysMissingWhenAnotherAppBringsIt() {
        // The phone's tools refer to a column of the shelves: in this export neither the shelf nor that column travels.
        JsonObject phone = without(Shed.phone(), "c812b41a", "1d1a0ed6", "49ca1f6d");
        workspace.add(Shed.toolShed());
        String address = workspace.add(phone).plan().document().value();
        assertExports(address, phone);
        assertExports("appbuilder/apps/Tool-Shed~3b9f57eb", Shed.toolShed());
        assertThat(workspace.add(phone.with("date", JsonValue.of("20260303"))).moved())
                .isFalse();
    }

    @Test
    void whatIsMissingInADocumentStaysMissingWhenAnotherAppBringsItLater() {
        // The shelf, its columns, and a scope of the phone's role come with the shed.
        JsonObject phone = without(Shed.phone(), "c812b41a", "1d1a0ed6", "49ca1f6d");
        String address = workspace.add(phone).plan().document().value();
        workspace.add(Shed.toolShed());
        assertExports(address, phone);
        assertExports("appbuilder/apps/Tool-Shed~3b9f57eb", Shed.toolShed());
        // Sent again with the shelf, it has it.
        workspace.add(Shed.phone());
        assertExports(address, Shed.phone());
    }

    @Test
    void rolesAndScopesAloneComeAndGoBesideTheApps() {
        JsonObject shed = Shed.toolShed();
        JsonObject access = JsonObject.EMPTY
                .with("abVersion", JsonValue.of("0.0.0"))
                .with("roles", shed.get("roles").orElseThrow())
                .with("scopes", shed.get("scopes").orElseThrow());
        workspace.add(shed.without("roles").without("scopes"));
        assertThat(workspace.add(access).plan().document().value()).isEqualTo("appbuilder/access");
        assertExports("appbuilder/access", access);
        assertThat(workspace.add(access).moved()).isFalse();
        // From now on the app has the one that its pages refer to.
        JsonObject app = (JsonObject) workspace.export("appbuilder/apps/Tool-Shed~3b9f57eb");
        assertThat(app.array("roles").orElseThrow().size()).isEqualTo(1);
        assertThat(app.get("definitions")).isEqualTo(shed.get("definitions"));
    }

    @Test
    void allRolesAreExportedWhoeverBroughtThem() {
        workspace.add(Shed.toolShed());
        JsonObject access = (JsonObject) workspace.export("appbuilder/access");
        assertThat(access.keys()).containsExactlyInAnyOrder("abVersion", "roles", "scopes");
        assertThat(access.array("roles").orElseThrow().size()).isEqualTo(2);
    }

    @Test
    void anExportOfAllAppsComesBackAndLeavesOthersAlone() {
        workspace.add(Shed.phone());
        JsonObject shed = Shed.toolShed();
        JsonObject all = JsonObject.EMPTY
                .with("abVersion", JsonValue.of("0.0.0"))
                .with("date", JsonValue.of("20260404"))
                .with("definitions", shed.get("definitions").orElseThrow());
        JsonObject both = with(all, second(shed));
        assertThat(workspace.add(both).plan().document().value()).isEqualTo("appbuilder");
        assertExports("appbuilder", both);
        assertExports("appbuilder/apps/Shed-Phone~f1919dd4", Shed.phone());
        assertThat(workspace.add(both).moved()).isFalse();
    }

    /** Another application, with nothing in it. */
    private static JsonObject second(JsonObject shed) {
        String id = "22222222-0000-4000-8000-000000000000";
        JsonObject row = (JsonObject) shed.array("definitions").orElseThrow().get(0);
        JsonObject json =
                row.object("json").orElseThrow().with("id", JsonValue.of(id)).with("json", JsonObject.EMPTY);
        return row.with("id", JsonValue.of(id))
                .with("name", JsonValue.of("Empty"))
                .with("json", json);
    }

    @Test
    void realAppsShareRowsAndEachComesBack() throws Exception {
        JsonObject kitchen = real("app__20260427");
        JsonObject pwa = real("pwa_app__20260105");
        assertShared(kitchen, pwa);
        assertThat(workspace.add(kitchen.with("date", JsonValue.of("20260303"))).moved())
                .isFalse();
    }

    @Test
    void realAppsShareRowsWhicheverComesFirst() throws Exception {
        assertShared(real("pwa_app__20260105"), real("app__20260427"));
    }

    /** The one of 2022-04 has objects with fewer columns, and a role that the other app refers to and never had. */
    @ParameterizedTest
    @ValueSource(strings = {"20211209_9aef9d34", "20220408", "20240219"})
    void realAppsComeBackAfterOlderExportsOfTheOther(String older) throws Exception {
        JsonObject kitchen = real("app__20260427");
        JsonObject pwa = real("pwa_app__20260105");
        String address = workspace.add(pwa).plan().document().value();
        Receipt back = workspace.add(real(older));
        assertThat(back.plan().affected())
                .isNotEmpty()
                .allSatisfy(
                        a -> assertThat(a.others()).extracting(TreePath::value).containsExactly(address));
        workspace.add(kitchen);
        assertExports(address, pwa);
        assertExports(KITCHEN, kitchen);
        workspace.add(real(older));
        assertThat(workspace.add(pwa).plan().document().value()).isEqualTo(address);
        assertExports(address, pwa);
    }

    private void assertShared(JsonObject first, JsonObject second) {
        String one = workspace.add(first).plan().document().value();
        String other = workspace.add(second).plan().document().value();
        assertExports(other, second);
        assertExports(one, first);
        Set<String> ids = new TreeSet<>(ids(first));
        ids.retainAll(ids(second));
        assertThat(ids).hasSize(118);
        // A row is a file of its own or the main file of a folder.
        List<String> stored = new GitClient(data.resolve("repositories/team.git"))
                .run("-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", "main")
                .lines()
                .map(f -> f.replaceAll("/(object|app|page|process|hint)\\.yaml$", ".yaml"))
                .toList();
        assertThat(ids)
                .allSatisfy(id -> assertThat(
                                stored.stream().filter(f -> f.endsWith("~" + id.substring(0, 8) + ".yaml")))
                        .hasSize(1));
    }

    private static Set<String> ids(JsonObject document) {
        return document.array("definitions").orElseThrow().items().stream()
                .map(r -> ((JsonObject) r).text("id").orElseThrow())
                .collect(Collectors.toSet());
    }

    private static JsonObject real(String part) throws Exception {
        Path file = Corpus.json("appbuilder").stream()
                .filter(f -> f.getFileName().toString().contains(part))
                .findFirst()
                .orElseThrow();
        return (JsonObject) JsonReader.read(Files.readAllBytes(file));
    }

    static JsonObject without(JsonObject document, String... starts) {
        return document.with(
                "definitions",
                JsonArray.of(document.array("definitions").orElseThrow().items().stream()
                        .filter(r -> Arrays.stream(starts)
                                .noneMatch(((JsonObject) r).text("id").orElseThrow()::startsWith))
                        .toList()));
    }

    private void assertExports(String address, JsonValue document) {
        assertThat(SameJson.differences(workspace.stored(document), workspace.export(address)))
                .isEmpty();
    }

    static JsonObject field(String id) {
        return JsonObject.builder()
                .put("id", id)
                .put("name", "USER->tools")
                .put("type", "field")
                .put(
                        "json",
                        JsonObject.builder()
                                .put("id", id)
                                .put("type", "field")
                                .put("key", "connectObject")
                                .build())
                .put("createdAt", "2026-01-01T00:00:00.000Z")
                .put("updatedAt", "2026-01-01T00:00:00.000Z")
                .build();
    }

    static JsonObject with(JsonObject document, JsonObject... rows) {
        List<JsonValue> all =
                new ArrayList<>(document.array("definitions").orElseThrow().items());
        all.addAll(List.of(rows));
        return document.with("definitions", JsonArray.of(all));
    }
}
