package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AppBuilder documents in a workspace with others: what is shared, what is kept. */
class AppBuilderImportTest {
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
