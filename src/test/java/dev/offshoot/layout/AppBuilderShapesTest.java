package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Loose;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The forms that an AppBuilder document can have, and what an export of one app carries. */
class AppBuilderShapesTest {
    private static final Set<String> FACTS =
            Set.of("createdAt", "updatedAt", "created_at", "updated_at", "date", "filename");

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @Test
    void everyFormComesBackWithAndWithoutItsLedger() {
        forms().forEach((name, document) -> {
            Exploded exploded = explode(document);
            Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
            assertThat(SameJson.differences(exploded.expected(), assemble(exploded, ledger)))
                    .as(name)
                    .isEmpty();
            JsonValue bare = assemble(exploded, Ledger.EMPTY);
            assertThat(SameJson.differences(Loose.of(exploded.expected(), FACTS), Loose.of(bare, FACTS)))
                    .as(name + " without its ledger")
                    .isEmpty();
            assertThat(((JsonObject) bare).keys())
                    .as(name + " without its ledger")
                    .isSubsetOf(document.keys());
            assertThat(explode((JsonObject) bare).files()).as(name).isEqualTo(exploded.files());
        });
    }

    @Test
    void whereADocumentStandsFollowsFromWhatIsInIt() {
        Map<String, String> places = new LinkedHashMap<>();
        forms().forEach((name, document) ->
                places.put(name, explode(document).document().value()));
        String app = "appbuilder/apps/Tool-Shed~3b9f57eb";
        assertThat(places.values())
                .containsExactly(
                        app,
                        app,
                        app,
                        app,
                        app,
                        "appbuilder",
                        app,
                        "appbuilder/access",
                        "appbuilder/access",
                        "appbuilder");
    }

    /** A3 of the format page, one by one; then what tools and hands make of them. */
    private static Map<String, JsonObject> forms() {
        JsonObject v2 = Shed.toolShed();
        JsonObject rows = v2.without("filename")
                .without("date")
                .without("files")
                .without("siteObjectConnections")
                .without("scopes")
                .without("roles");
        JsonObject v1 = rows.with("files", v2.get("files").orElseThrow()).with("errors", JsonArray.EMPTY);
        JsonObject late = v1.with(
                        "siteObjectConnections", v2.get("siteObjectConnections").orElseThrow())
                .with("scopes", v2.get("scopes").orElseThrow())
                .with("roles", v2.get("roles").orElseThrow());
        List<JsonValue> all =
                new ArrayList<>(v2.array("definitions").orElseThrow().items());
        all.addAll(Shed.phone().array("definitions").orElseThrow().items().stream()
                .filter(r -> !all.contains(r))
                .toList());
        JsonObject access = JsonObject.EMPTY
                .with("abVersion", JsonValue.of("0.0.0"))
                .with("scopes", v2.get("scopes").orElseThrow())
                .with("roles", v2.get("roles").orElseThrow());
        Map<String, JsonObject> forms = new LinkedHashMap<>();
        forms.put("rows alone", rows);
        forms.put("rows without a version", rows.without("abVersion"));
        forms.put("v1", v1);
        forms.put("v1 late", late);
        forms.put("v2, one app", v2);
        forms.put("v2, all apps", rows.with("definitions", JsonArray.of(all)).with("date", JsonValue.of("20260301")));
        forms.put("unknown keys", v2.with("plugins", JsonArray.of(List.of(JsonValue.of("a"), JsonValue.of("b")))));
        forms.put("roles and scopes alone", access);
        forms.put("roles beside no rows", access.without("scopes").with("definitions", JsonArray.EMPTY));
        forms.put(
                "a fragment",
                rows.with(
                        "definitions",
                        JsonArray.of(all.stream().skip(1).limit(9).toList())));
        return forms;
    }

    @Test
    void ofARepeatedKeyTheLastCountsHereAndElsewhereItIsRefused() {
        String text = new String(JsonWriter.compact(Shed.toolShed()), StandardCharsets.UTF_8);
        String twice = text.replaceFirst("\"type\":\"application\"", "\"type\":\"object\",\"type\":\"application\"");
        ReadDocument read = engine.read(twice.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
        assertThat(read.value()).isEqualTo(Shed.toolShed());
        assertThat(read.findings()).singleElement().satisfies(p -> {
            assertThat(p.reason()).isEqualTo(Reason.DUPLICATE_KEY);
            assertThat(p.where()).matches("/definitions/\\d+/type");
        });
        byte[] elsewhere = "{\"elements\":[],\"name\":\"a\",\"name\":\"b\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> engine.read(elsewhere, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.DUPLICATE_KEY));
    }

    @Test
    void filesAndDiagramsAreSideFilesWhileThatIsExact() {
        JsonObject shed = Shed.toolShed();
        Exploded exploded = explode(shed);
        JsonObject files = shed.object("files").orElseThrow();
        assertThat(bytes(exploded, "appbuilder/files/15163b19-4ba7-5940-bdea-b3fc983e7320.png"))
                .startsWith(0x89, 'P', 'N', 'G');
        // This one is not as an encoder would write it.
        String inexact = "2e4e357c-70c7-5c95-8e31-daee5889e77f";
        String contents = files.object(inexact).orElseThrow().text("contents").orElseThrow();
        assertThat(exploded.files().find(TreePath.of("appbuilder/files/" + inexact + ".txt")))
                .isEmpty();
        assertThat(exploded.files()
                        .find(TreePath.of("appbuilder/files/" + inexact + ".yaml"))
                        .orElseThrow()
                        .utf8())
                .contains(contents.strip());
        JsonObject process = (JsonObject) shed.array("definitions").orElseThrow().items().stream()
                .filter(r -> ((JsonObject) r).text("type").orElseThrow().equals("process"))
                .findFirst()
                .orElseThrow();
        String xml = process.object("json").orElseThrow().text("xmlDefinition").orElseThrow();
        String diagram = "appbuilder/apps/Tool-Shed~3b9f57eb/processes/Remind-of-overdue-tools~889a8038/process.bpmn";
        assertThat(exploded.files().find(TreePath.of(diagram)).map(Content::utf8))
                .contains(xml + "\n");
    }

    private static int[] bytes(Exploded exploded, String path) {
        byte[] bytes = exploded.files().find(TreePath.of(path)).orElseThrow().bytes();
        int[] unsigned = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            unsigned[i] = bytes[i] & 0xff;
        }
        return unsigned;
    }

    @Test
    void twoRowsWithOneIdThatDifferAreBothKept() {
        JsonObject shed = Shed.toolShed();
        JsonArray rows = shed.array("definitions").orElseThrow();
        JsonObject label = (JsonObject) rows.get(2);
        List<JsonValue> doubled = new ArrayList<>(rows.items());
        doubled.add(label.with("name", new JsonString("another name")));
        JsonObject document = shed.with("definitions", JsonArray.of(doubled));
        Exploded exploded = explode(document);
        assertThat(SameJson.differences(exploded.expected(), assemble(exploded, exploded.ledger())))
                .isEmpty();
    }

    @Test
    void anAppOfAnExportOfAllCarriesItsClosure() throws Exception {
        Map<String, Integer> carried = new TreeMap<>();
        JsonObject all = (JsonObject) JsonReader.read(Files.readAllBytes(Corpus.json("appbuilder-derived").stream()
                .filter(f -> f.toString().contains("20250605"))
                .findFirst()
                .orElseThrow()));
        Exploded exploded = explode(all);
        for (Definition d : exploded.definitions()) {
            if (d.header().main()) {
                JsonObject app = (JsonObject) engine.assemble(
                                new MemorySource(exploded.files()),
                                exploded.ledger(),
                                d.address(),
                                new UUID(1, 2),
                                Selection.ALL)
                        .document();
                JsonArray rows = app.array("definitions").orElseThrow();
                carried.put(d.header().name(), rows.size());
                assertThat(rows.items().stream()
                                .filter(r ->
                                        ((JsonObject) r).text("type").equals(java.util.Optional.of("application"))))
                        .hasSize(1);
            }
        }
        assertThat(carried.values()).containsExactlyInAnyOrder(709, 126, 208);
    }

    private Exploded explode(JsonObject document) {
        return engine.explode(document, KnownDefinitions.NONE);
    }

    private JsonValue assemble(Exploded exploded, Ledger ledger) {
        FileTree files = exploded.files();
        return engine.assemble(new MemorySource(files), ledger, exploded.document(), new UUID(1, 2), Selection.ALL)
                .document();
    }
}
