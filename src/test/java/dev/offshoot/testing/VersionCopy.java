package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * An export with one more version of its app: a copy that equals its original but for the name, as "create version" makes it. All
 * ids of the copy are new (the version itself, its pages, components, layouts, events, queries, local data sources and their options,
 * folders and mappings), references among them follow, its rows come after the original ones in shuffled order with timestamps of the
 * moment. Everything else stays as it is, {@code editingVersion} too.
 */
public final class VersionCopy {
    private static final List<String> OWNED_BY_VERSION =
            List.of("pages", "events", "dataQueries", "dataSources", "dataQueryFolders");
    private static final Instant MADE = Instant.parse("2026-06-01T10:00:00.000Z");

    private final RowIds ids;
    private final Random random;
    private final Set<String> copied = new HashSet<>();
    private long rows;

    private VersionCopy(long seed) {
        ids = new RowIds(seed);
        random = new Random(~seed);
    }

    /**
     * Adds the copy of a version of the app (not of its modules); the same for the same seed.
     *
     * @return nothing when the export is of an old form, or has no such version
     */
    public static Optional<JsonValue> ofToolJet(JsonValue export, String version, String newName, long seed) {
        VersionCopy copy = new VersionCopy(seed);
        JsonValue result = ToolJetRows.mapApps(export, app -> copy.app(app, version, newName));
        return copy.copied.isEmpty() ? Optional.empty() : Optional.of(result);
    }

    private JsonObject app(JsonObject app, String version, String newName) {
        boolean module = app.text("type").orElse("").equals("module");
        Optional<JsonObject> original = ToolJetRows.rows(app, "appVersions").stream()
                .filter(row -> row.text("name").orElse("").equals(version))
                .findFirst();
        if (module || original.isEmpty() || !app.has("components") || !app.has("pages")) {
            return app;
        }
        declare(original.get());
        for (String list : OWNED_BY_VERSION) {
            ToolJetRows.rows(app, list).stream()
                    .filter(row -> holds(row, "appVersionId"))
                    .forEach(this::declare);
        }
        for (String list : List.of("components", "dataQueryFolderMappings", "dataSourceOptions")) {
            ToolJetRows.rows(app, list).stream().filter(this::followsItsOwner).forEach(this::declare);
        }

        JsonObject changed = app;
        for (String list : ToolJetRows.LISTS) {
            List<JsonValue> copies = new ArrayList<>();
            for (JsonObject row : ToolJetRows.rows(app, list)) {
                if (row.text("id").filter(copied::contains).isPresent()) {
                    copies.add(
                            list.equals("appVersions") ? copy(row).with("name", new JsonString(newName)) : copy(row));
                }
            }
            if (!copies.isEmpty()) {
                Collections.shuffle(copies, random);
                List<JsonValue> all =
                        new ArrayList<>(app.array(list).orElseThrow().items());
                copies.forEach(row -> all.add(stamp((JsonObject) row)));
                changed = changed.with(list, JsonArray.of(all));
            }
        }
        return changed;
    }

    private void declare(JsonObject row) {
        row.text("id").ifPresent(id -> {
            ids.declare(id);
            copied.add(id);
        });
        ToolJetRows.rows(row, "layouts").forEach(layout -> layout.text("id").ifPresent(ids::declare));
    }

    /** Components by page, mappings by the query or folder, options by a local data source. */
    private boolean followsItsOwner(JsonObject row) {
        return holds(row, "pageId") || holds(row, "childId") || holds(row, "dataSourceId");
    }

    private boolean holds(JsonObject row, String field) {
        return row.text(field).filter(copied::contains).isPresent();
    }

    private JsonObject copy(JsonObject row) {
        JsonObject copy = (JsonObject) ToolJetRows.mapStrings(row, ids::exchange);
        return copy.array("layouts")
                .map(layouts -> {
                    List<JsonValue> shuffled = new ArrayList<>(layouts.items());
                    Collections.shuffle(shuffled, random);
                    return copy.with("layouts", JsonArray.of(shuffled));
                })
                .orElse(copy);
    }

    private JsonObject stamp(JsonObject row) {
        JsonString now = new JsonString(MADE.plusMillis(rows++).toString().replaceFirst("(:\\d\\d)Z", "$1.000Z"));
        JsonObject stamped = row;
        for (String field : List.of("createdAt", "updatedAt")) {
            stamped = stamped.text(field).isPresent() ? stamped.with(field, now) : stamped;
        }
        return ToolJetRows.mapList(
                stamped, "layouts", layout -> layout.has("updatedAt") ? layout.with("updatedAt", now) : layout);
    }
}
