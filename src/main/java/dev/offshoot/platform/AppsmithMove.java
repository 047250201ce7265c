package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the records of a page to another page. Their ids are made of names ({@code Page_query}, {@code Page_object.function}), so they
 * change with these; sync ids and the deployed half stay behind, as nothing of this has been synced or deployed yet.
 *
 * @param names of queries and JS objects that get another one
 */
record AppsmithMove(String from, String to, Map<String, String> names) {
    private static final Set<String> LEFT_BEHIND =
            Set.of("gitSyncId", "publishedPage", "publishedAction", "publishedCollection");

    JsonObject page(JsonObject page) {
        return Records.in(page.without(LEFT_BEHIND), AppsmithPages.PAGE, half -> {
            JsonObject moved = Records.put(half, "name", to);
            if (!from.equals(to)) {
                moved = Records.put(moved, "slug", AppsmithPages.slug(to)).without("customSlug");
            }
            List<JsonValue> layouts = moved.array("layouts").map(JsonArray::items).orElse(List.of()).stream()
                    .map(l -> l instanceof JsonObject o ? layout(o) : l)
                    .toList();
            return moved.has("layouts") ? moved.with("layouts", JsonArray.of(layouts)) : moved;
        });
    }

    private JsonObject layout(JsonObject layout) {
        JsonObject moved = layout.text("id").equals(Optional.of(from)) ? Records.put(layout, "id", to) : layout;
        return moved.get("layoutOnLoadActions")
                .map(v -> moved.with("layoutOnLoadActions", ids(v)))
                .orElse(moved);
    }

    /** Actions that run with the page, by their id and that of their JS object. */
    private JsonValue ids(JsonValue value) {
        if (value instanceof JsonArray a) {
            return JsonArray.of(a.items().stream().map(this::ids).toList());
        }
        return value instanceof JsonObject o ? inner(inner(o, "id"), "collectionId") : value;
    }

    private JsonObject inner(JsonObject object, String key) {
        return object.text(key).map(id -> Records.put(object, key, id(id))).orElse(object);
    }

    JsonObject collection(JsonObject collection) {
        JsonObject moved = inner(collection.without(LEFT_BEHIND), "id");
        return Records.in(moved, AppsmithPages.COLLECTION, half -> named(half).with("pageId", AppsmithPages.text(to)));
    }

    JsonObject action(JsonObject action) {
        JsonObject moved = inner(action.without(LEFT_BEHIND), "id");
        return Records.in(moved, AppsmithPages.ACTION, half -> {
            boolean function = half.has("collectionId");
            JsonObject own = function ? half : named(half);
            return inner(own, "collectionId")
                    .text("fullyQualifiedName")
                    .map(n -> Records.put(inner(own, "collectionId"), "fullyQualifiedName", qualified(n)))
                    .orElse(inner(own, "collectionId"))
                    .with("pageId", AppsmithPages.text(to));
        });
    }

    private JsonObject named(JsonObject half) {
        return half.text("name")
                .map(n -> Records.put(half, "name", names.getOrDefault(n, n)))
                .orElse(half);
    }

    private String qualified(String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        return names.getOrDefault(first, first) + (dot < 0 ? "" : name.substring(dot));
    }

    /** {@code <page>_<name>} or {@code <page>_<object>.<function>}; anything else is no id made of names. */
    private String id(String id) {
        return id.startsWith(from + "_") ? to + "_" + qualified(id.substring(from.length() + 1)) : id;
    }
}
