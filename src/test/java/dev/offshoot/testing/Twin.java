package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The same app as another instance would export it: everything that a person made is equal, everything that a database made is
 * not. What changes, and nothing else:
 *
 * <ul>
 *   <li>the {@code id} of every row (apps, modules, versions with {@code editingVersion}, pages, components and their layouts, events,
 *       queries, folders, mappings, data sources, options, environments, tables), the ids of pages and components that are keys of maps in
 *       old forms, and what rows hold of other tables of the database: {@code organizationId}, {@code userId},
 *       {@code credential_id}, {@code parentVersionId}, {@code createdBy}, {@code workflowApiToken}. One old id becomes one new id, in every string and key of
 *       the document, also inside longer ones. A {@code co_relation_id} stays: it is the identity that instances share.
 *   <li>the timestamps of those rows: all {@code createdAt} move by one duration, so that their order stays; all others move by that and
 *       up to a minute more.
 * </ul>
 *
 * What stays: the order of all lists and members; ids and timestamps inside content (columns, filters, sample data, themes); ids that
 * nothing in the document declares.
 */
public final class Twin {
    private static final Set<String> OTHER_IDS = Set.of(
            "organizationId",
            "userId",
            "credential_id",
            "parentVersionId",
            "createdBy",
            "branchId",
            "workflowApiToken");
    private static final List<String> TIMES =
            List.of("createdAt", "updatedAt", "publishedAt", "releasedAt", "pulledAt");
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final RowIds ids;
    private final long seed;
    private final Duration shift;

    private Twin(long seed) {
        ids = new RowIds(seed);
        this.seed = ~seed;
        shift = Duration.ofMillis(1 + new Random(this.seed).nextInt(Integer.MAX_VALUE));
    }

    /** The twin of a ToolJet export; the same for the same seed. */
    public static JsonValue ofToolJet(JsonValue export, long seed) {
        return new Twin(seed).copy(export);
    }

    private JsonValue copy(JsonValue export) {
        if (!(export instanceof JsonObject document)) {
            return export; // of no ToolJet
        }
        ToolJetRows.rows(document, "tooljet_database").forEach(this::declareId);
        JsonValue moved = ToolJetRows.mapApps(document, this::app);
        return exchange(moved);
    }

    /** Declares the ids of an app's rows and moves their timestamps. */
    private JsonObject app(JsonObject app) {
        if (!app.has("components")) { // else a definition is what a migration left behind, copied as it is
            declareOldRows(app);
            app.object("editingVersion").ifPresent(this::declareOldRows);
            ToolJetRows.rows(app, "appVersions").forEach(this::declareOldRows);
        }
        JsonObject changed = row(app);
        for (String list : ToolJetRows.LISTS) {
            changed = ToolJetRows.mapList(changed, list, this::row);
        }
        JsonObject versioned = changed;
        return versioned
                .object("editingVersion")
                .map(version -> versioned.with("editingVersion", row(version, "editing")))
                .orElse(versioned);
    }

    private JsonObject row(JsonObject row) {
        return row(row, "");
    }

    /**
     * A row moved to the other instance. One that is listed twice is moved alike.
     *
     * @param reading what is read at another moment has another time
     */
    private JsonObject row(JsonObject row, String reading) {
        declareId(row);
        OTHER_IDS.forEach(field -> row.text(field).ifPresent(ids::declare));
        row.object("options")
                .ifPresent(options -> options.forEach((name, option) -> {
                    if (option instanceof JsonObject o) {
                        OTHER_IDS.forEach(field -> o.text(field).ifPresent(ids::declare));
                    }
                }));
        return ToolJetRows.mapList(times(row, reading), "layouts", layout -> {
            declareId(layout);
            return times(layout, reading);
        });
    }

    private void declareId(JsonObject row) {
        row.text("id").ifPresent(ids::declare);
    }

    private void declareOldRows(JsonObject version) {
        version.object("definition").ifPresent(this::declareKeys);
    }

    /** Old forms: pages and components are maps, and their keys are the ids. */
    private void declareKeys(JsonObject holder) {
        holder.object("components").ifPresent(components -> components.keys().forEach(ids::declare));
        holder.object("pages")
                .ifPresent(pages -> pages.forEach((id, page) -> {
                    ids.declare(id);
                    if (page instanceof JsonObject o) {
                        declareKeys(o);
                    }
                }));
    }

    private JsonObject times(JsonObject row, String reading) {
        JsonObject changed = row;
        for (String field : TIMES) {
            String time = row.text(field).orElse("");
            Duration by = field.equals("createdAt") ? shift : shift.plusMillis(later(row, field, reading));
            try {
                if (!time.isEmpty()) {
                    changed = changed.with(
                            field,
                            new JsonString(MILLIS.format(Instant.parse(time).plus(by))));
                }
            } catch (DateTimeParseException notATime) {
                // something else under that name: content
            }
        }
        return changed;
    }

    private int later(JsonObject row, String field, String reading) {
        return new Random(seed + (row.text("id").orElse("") + field + reading).hashCode()).nextInt(60_000);
    }

    private JsonValue exchange(JsonValue value) {
        if (value instanceof JsonString s) {
            return new JsonString(ids.exchange(s.value()));
        }
        if (value instanceof JsonArray list) {
            return JsonArray.of(list.items().stream().map(this::exchange).toList());
        }
        if (value instanceof JsonObject object) {
            JsonObject.Builder changed = JsonObject.builder();
            object.forEach((key, member) ->
                    changed.put(ids.exchange(key), key.equals("co_relation_id") ? member : exchange(member)));
            return changed.build();
        }
        return value;
    }
}
