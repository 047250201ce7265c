package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A partial export: queries, JS objects and widgets of one page, with the data sources and libraries that go with them. */
final class AppsmithExtract {
    private static final Set<String> CARRIED =
            Set.of("artifactJsonType", "clientSchemaVersion", "serverSchemaVersion", "customJSLibList");

    private AppsmithExtract() {}

    /**
     * Takes parts of a page.
     *
     * @param names of queries, JS objects and widgets directly on the page; empty: all
     */
    static JsonObject of(JsonObject app, String page, Set<String> names) {
        if (!AppsmithPages.names(app).contains(page)) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "pages",
                    "the app has no page " + page,
                    "pages of the app: " + String.join(", ", AppsmithPages.names(app)));
        }
        List<JsonObject> actions = Records.in(app, "actionList")
                .filter(a -> isOn(page, a, AppsmithPages.ACTION))
                .filter(a -> wanted(names, owner(a)))
                .toList();
        List<JsonObject> collections = Records.in(app, "actionCollectionList")
                .filter(c -> isOn(page, c, AppsmithPages.COLLECTION))
                .filter(c -> wanted(names, Records.text(c, AppsmithPages.COLLECTION, "name")))
                .toList();
        Set<Optional<String>> used = actions.stream()
                .flatMap(a -> a.object(AppsmithPages.ACTION).stream())
                .flatMap(a -> a.object("datasource").stream())
                .map(d -> d.text("id").or(() -> d.text("name")))
                .collect(Collectors.toSet());
        JsonObject result = JsonObject.EMPTY;
        for (String key : app.keys()) {
            result = CARRIED.contains(key) ? result.with(key, app.get(key).orElseThrow()) : result;
        }
        return result.with(
                        "datasourceList",
                        JsonArray.of(Records.in(app, "datasourceList")
                                .filter(s -> used.contains(s.text("name")))
                                .toList()))
                .with("actionList", JsonArray.of(actions))
                .with("actionCollectionList", JsonArray.of(collections))
                .with("widgets", AppsmithPages.text(widgets(app, page, names)));
    }

    private static boolean isOn(String page, JsonObject record, String half) {
        return Records.text(record, half, "pageId").equals(Optional.of(page));
    }

    private static boolean wanted(Set<String> names, Optional<String> name) {
        return names.isEmpty() || name.filter(names::contains).isPresent();
    }

    /** A function is wanted when its JS object is. */
    private static Optional<String> owner(JsonObject action) {
        boolean function =
                Records.text(action, AppsmithPages.ACTION, "collectionId").isPresent();
        return function
                ? Records.text(action, AppsmithPages.ACTION, "fullyQualifiedName")
                        .map(n -> n.split("\\.")[0])
                : Records.text(action, AppsmithPages.ACTION, "name");
    }

    private static String widgets(JsonObject app, String page, Set<String> names) {
        List<JsonValue> all = new ArrayList<>();
        AppsmithPasted.canvas(app, page).stream()
                .flatMap(c -> Records.in(c, "children"))
                .filter(w -> wanted(names, w.text("widgetName")))
                .forEach(w -> {
                    List<JsonValue> flat = new ArrayList<>();
                    flatten(w, flat);
                    all.add(JsonObject.builder()
                            .put("widgetId", w.text("widgetId").orElse(""))
                            .put("parentId", "0")
                            .put("list", JsonArray.of(flat))
                            .build());
                });
        if (all.isEmpty()) {
            return "";
        }
        JsonObject value = JsonObject.builder()
                .put("layoutSystemType", "FIXED")
                .put("widgets", JsonArray.of(all))
                .build();
        return new String(JsonWriter.compact(value), StandardCharsets.UTF_8);
    }

    private static void flatten(JsonObject widget, List<JsonValue> flat) {
        List<JsonValue> ids = Records.in(widget, "children")
                .<JsonValue>map(c -> AppsmithPages.text(c.text("widgetId").orElse("")))
                .toList();
        flat.add(widget.has("children") ? widget.with("children", JsonArray.of(ids)) : widget);
        Records.in(widget, "children").forEach(c -> flatten(c, flat));
    }
}
