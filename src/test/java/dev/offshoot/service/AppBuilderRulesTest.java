package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How AppBuilder imports: a test for each row of the table in docs/platforms/appbuilder.md. */
class AppBuilderRulesTest {
    private static final String APP = "appbuilder/apps/Tool-Shed~3b9f57eb";
    private static final RuleName MERGE = new RuleName("merge");
    private static final String WIDGET = "730f311e-2ec5-58f1-a361-a9c564625120";
    private static final String FIELD = "88e29bd4-c66e-505d-a9fc-2fa7d198ecc1";

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
    void aMergeDeletesNothing() {
        workspace.add(Shed.toolShed());
        JsonObject less = without(Shed.toolShed(), WIDGET, FIELD);
        Receipt receipt = workspace.add(less, r -> r.by(MERGE));
        // The widget is still listed by its page and the field by its object: both are there still.
        assertThat(receipt.plan().files().changes()).isEmpty();
        assertThat(receipt.plan().normalisations())
                .extracting(Problem::message)
                .anyMatch(m -> m.startsWith("merged: 2 "));
        assertThat(ids(workspace.export(APP))).contains(WIDGET, FIELD);
    }

    @Test
    void aMergeKeepsWhatNothingListsAnyMore() {
        workspace.add(Shed.toolShed());
        JsonObject less = withoutMention(Shed.toolShed(), WIDGET, FIELD);
        workspace.add(less, r -> r.by(MERGE));
        assertThat(ids(workspace.export(APP))).doesNotContain(WIDGET, FIELD);
        assertExports(APP, less);
        assertThat(workspace.definitions())
                .anyMatch(d -> d.startsWith("appbuilder/unowned/") && d.endsWith("~" + WIDGET.substring(0, 8)))
                .anyMatch(d -> d.startsWith("appbuilder/unowned/fields/") && d.endsWith("~" + FIELD.substring(0, 8)));
        assertThat(workspace.add(less, r -> r.by(MERGE)).moved()).isFalse();
        // Listed again, they are where they were, and nowhere else.
        workspace.add(Shed.toolShed(), r -> r.by(MERGE));
        assertExports(APP, Shed.toolShed());
        assertThat(workspace.definitions()).noneMatch(d -> d.endsWith("~" + WIDGET.substring(0, 8)));
    }

    @Test
    void aMergeOverwritesRowsWhole() {
        workspace.add(Shed.toolShed());
        JsonObject changed =
                changed(Shed.toolShed(), FIELD, row -> row.with("name", JsonValue.of("tool->price in euro")));
        workspace.add(changed, r -> r.by(MERGE));
        assertExports(APP, changed);
    }

    @Test
    void anUpdateRemovesWhatTheAppHasNoMore() {
        workspace.add(Shed.toolShed());
        JsonObject less = withoutMention(Shed.toolShed(), WIDGET, FIELD);
        workspace.add(less, r -> r.by(new RuleName("update")));
        assertExports(APP, less);
        assertThat(workspace.definitions())
                .noneMatch(d -> d.endsWith("~" + WIDGET.substring(0, 8)) || d.endsWith("~" + FIELD.substring(0, 8)));
    }

    @Test
    void appsThatShareWhatChangesAreListed() {
        workspace.add(Shed.toolShed());
        workspace.add(Shed.phone());
        String object = "5e82a75b-e269-5d52-9ba6-595c9fbcd26f";
        JsonObject changed = changed(Shed.toolShed(), object, row -> row.with("name", JsonValue.of("tools")));
        for (String rule : List.of("merge", "update")) {
            assertThat(workspace.plan(changed, r -> r.by(new RuleName(rule))).findings())
                    .as(rule)
                    .filteredOn(f -> f.reason() == Reason.SHARED_CHANGED)
                    .extracting(Problem::message)
                    .anyMatch(m -> m.contains("appbuilder/apps/") && !m.contains(APP));
        }
    }

    @Test
    void theExportOfAMergeIsTheDocumentWithWhatItStillLists() {
        List<String> rows = new ArrayList<>(ids(Shed.toolShed()));
        Random random = new Random(3);
        workspace.add(Shed.toolShed());
        for (int run = 0; run < 8; run++) {
            Collections.shuffle(rows, random);
            String[] some = rows.subList(0, 3).stream()
                    .filter(id -> !id.startsWith("3b9f57eb"))
                    .toArray(String[]::new);
            JsonObject less = without(Shed.toolShed(), some);
            Receipt receipt = workspace.add(less, r -> r.by(MERGE));
            assertThat(ids(workspace.export(APP)))
                    .as("without %s", List.of(some))
                    .containsAll(ids(less));
            workspace.add(Shed.toolShed(), r -> r.by(MERGE));
            assertThat(SameJson.differences(workspace.stored(Shed.toolShed()), workspace.export(APP)))
                    .as("without %s: %s", List.of(some), receipt.plan().normalisations())
                    .isEmpty();
        }
    }

    private static Set<String> ids(JsonValue document) {
        Set<String> ids = new LinkedHashSet<>();
        ((JsonObject) document)
                .array("definitions")
                .orElseThrow()
                .forEach(d -> ids.add(((JsonObject) d).text("id").orElseThrow()));
        return ids;
    }

    private static JsonObject without(JsonObject document, String... ids) {
        List<JsonValue> rest = document.array("definitions").orElseThrow().items().stream()
                .filter(d -> !List.of(ids).contains(((JsonObject) d).text("id").orElseThrow()))
                .toList();
        return document.with("definitions", JsonArray.of(rest));
    }

    /** Without the rows, and without their ids in any list. */
    private static JsonObject withoutMention(JsonObject document, String... ids) {
        return (JsonObject) unlisted(without(document, ids), List.of(ids));
    }

    private static JsonValue unlisted(JsonValue value, List<String> ids) {
        if (value instanceof JsonArray a) {
            return JsonArray.of(a.items().stream()
                    .filter(i -> !(i instanceof JsonString s && ids.contains(s.value())))
                    .map(i -> unlisted(i, ids))
                    .toList());
        }
        return value instanceof JsonObject o ? o.map(v -> unlisted(v, ids)) : value;
    }

    private static JsonObject changed(JsonObject document, String id, UnaryOperator<JsonObject> change) {
        List<JsonValue> rows = document.array("definitions").orElseThrow().items().stream()
                .map(d -> ((JsonObject) d).text("id").orElseThrow().equals(id) ? change.apply((JsonObject) d) : d)
                .toList();
        return document.with("definitions", JsonArray.of(rows));
    }

    private void assertExports(String address, JsonValue document) {
        assertThat(SameJson.differences(workspace.stored(document), workspace.export(address)))
                .isEmpty();
    }
}
