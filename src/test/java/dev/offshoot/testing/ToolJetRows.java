package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where the rows of a database lie in a ToolJet export, in any of its forms; everything else is content that people made. */
final class ToolJetRows {
    /** Lists of rows in an app. */
    static final List<String> LISTS = List.of(
            "pages",
            "components",
            "events",
            "dataQueries",
            "dataSources",
            "dataSourceOptions",
            "dataQueryFolders",
            "dataQueryFolderMappings",
            "appVersions",
            "appEnvironments");

    private ToolJetRows() {}

    /** The document with every app changed, modules first; tables and envelope as they are. */
    static JsonValue mapApps(JsonValue document, UnaryOperator<JsonObject> change) {
        JsonObject root = (JsonObject) document;
        if (root.has("appV2")) {
            return wrapped(root, change);
        }
        if (!root.has("app") && !root.has("modules")) {
            return root.has("tooljet_database") ? root : app(root, change);
        }
        for (String list : List.of("modules", "app")) {
            root = mapList(
                    root,
                    list,
                    item -> item.object("definition")
                            .map(definition -> item.with("definition", wrapped(definition, change)))
                            .orElse(item));
        }
        return root;
    }

    private static JsonObject wrapped(JsonObject wrapper, UnaryOperator<JsonObject> change) {
        return wrapper.object("appV2")
                .map(app -> wrapper.with("appV2", app(app, change)))
                .orElse(wrapper);
    }

    private static JsonObject app(JsonObject app, UnaryOperator<JsonObject> change) {
        return change.apply(mapList(app, "modules", module -> wrapped(module, change)));
    }

    /** The object with each object of one of its lists changed; other items, and other values than lists, stay. */
    static JsonObject mapList(JsonObject object, String list, UnaryOperator<JsonObject> change) {
        return object.array(list)
                .map(items -> object.with(
                        list,
                        JsonArray.of(items.items().stream()
                                .map(item -> item instanceof JsonObject o ? change.apply(o) : item)
                                .toList())))
                .orElse(object);
    }

    /** The rows of a list; nothing when it is absent. */
    static List<JsonObject> rows(JsonObject app, String list) {
        return app.array(list).orElse(JsonArray.EMPTY).items().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The value with every string and every key in it changed. */
    static JsonValue mapStrings(JsonValue value, UnaryOperator<String> change) {
        if (value instanceof JsonString s) {
            String changed = change.apply(s.value());
            return changed.equals(s.value()) ? s : new JsonString(changed);
        }
        if (value instanceof JsonArray list) {
            return JsonArray.of(
                    list.items().stream().map(item -> mapStrings(item, change)).toList());
        }
        if (value instanceof JsonObject object) {
            JsonObject.Builder changed = JsonObject.builder();
            object.forEach((key, member) -> changed.put(change.apply(key), mapStrings(member, change)));
            return changed.build();
        }
        return value;
    }
}
