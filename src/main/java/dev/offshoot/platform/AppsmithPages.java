package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.platform.Composition.Composed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What Appsmith does with whole pages: replaces those of an app, or appends some of another app to them. */
final class AppsmithPages {
    static final String APP = "exportedApplication";
    static final String PAGE = "unpublishedPage";
    static final String ACTION = "unpublishedAction";
    static final String COLLECTION = "unpublishedCollection";
    private static final String CONFIGURATION = "datasourceConfiguration";

    private AppsmithPages() {}

    /** The document takes the app's place; how its data sources are configured here stays. */
    static Composed replace(JsonObject existing, JsonObject incoming, List<String> parts) {
        List<Problem> told = new ArrayList<>();
        List<JsonValue> sources = new ArrayList<>();
        Records.in(incoming, "datasourceList").forEach(source -> {
            Optional<JsonValue> here = same(existing, source).flatMap(s -> s.get(CONFIGURATION));
            if (here.isPresent() && !here.equals(source.get(CONFIGURATION))) {
                sources.add(source.with(CONFIGURATION, here.get()));
                told.add(normalised(
                        "/datasourceList/" + (sources.size() - 1),
                        "kept: the data source " + source.text("name").orElse("") + " stays configured as it is here"));
            } else {
                sources.add(source);
            }
        });
        boolean whole = incoming.array("datasourceList")
                .filter(a -> a.size() == sources.size())
                .isPresent();
        return new Composed(whole ? incoming.with("datasourceList", JsonArray.of(sources)) : incoming, told);
    }

    /** A data source of the app that is this one: by its sync id, else by name and plugin. */
    static Optional<JsonObject> same(JsonObject existing, JsonObject source) {
        Optional<JsonObject> byId = Records.in(existing, "datasourceList")
                .filter(s ->
                        s.text("gitSyncId").isPresent() && s.text("gitSyncId").equals(source.text("gitSyncId")))
                .findFirst();
        return byId.or(() -> Records.in(existing, "datasourceList")
                .filter(s -> s.text("name").equals(source.text("name"))
                        && s.text("pluginId").equals(source.text("pluginId")))
                .findFirst());
    }

    /** Chosen pages with their queries and JS objects come behind the app's own; nothing that is here changes. */
    static Composed append(JsonObject existing, JsonObject incoming, List<String> wanted) {
        List<Problem> told = new ArrayList<>();
        Set<String> there = names(incoming);
        Set<String> chosen = wanted.isEmpty() ? there : new LinkedHashSet<>(wanted);
        for (String page : chosen) {
            if (!there.contains(page)) {
                throw Failure.of(
                        Reason.NOT_FOUND,
                        "pages",
                        "the document has no page " + page,
                        "it has: " + String.join(", ", there));
            }
        }
        sameSchema(existing, incoming).ifPresent(told::add);
        Map<String, String> newName = new HashMap<>();
        Set<String> taken = new HashSet<>(names(existing));
        for (String page : chosen) {
            String name = Records.free(page, taken, "", 2);
            taken.add(name);
            newName.put(page, name);
            if (!name.equals(page)) {
                told.add(normalised("", "renamed: the page " + page + " is appended as " + name));
            }
        }
        AppsmithSources sources = AppsmithSources.of(existing, incoming);
        JsonObject result = existing;
        for (String page : chosen) {
            result = append(result, incoming, page, newName.get(page), sources);
        }
        told.addAll(sources.told());
        return new Composed(libraries(sources.addTo(result), incoming), told);
    }

    private static JsonObject append(
            JsonObject app, JsonObject incoming, String page, String name, AppsmithSources sources) {
        AppsmithMove move = new AppsmithMove(page, name, Map.of());
        List<JsonObject> collections = Records.in(incoming, "actionCollectionList")
                .filter(c -> Records.text(c, COLLECTION, "pageId").equals(Optional.of(page)))
                .map(move::collection)
                .toList();
        List<JsonObject> actions = Records.in(incoming, "actionList")
                .filter(a -> Records.text(a, ACTION, "pageId").equals(Optional.of(page)))
                .filter(a -> Records.text(a, ACTION, "deletedAt").isEmpty())
                .map(sources::use)
                .map(move::action)
                .toList();
        List<JsonObject> pages = Records.in(incoming, "pageList")
                .filter(p -> Records.text(p, PAGE, "name").equals(Optional.of(page)))
                .limit(1)
                .map(move::page)
                .toList();
        JsonObject result = Records.add(app, "pageList", pages);
        result = Records.add(result, "actionList", actions);
        result = Records.add(result, "actionCollectionList", collections);
        JsonObject entry = JsonObject.builder()
                .put("id", name)
                .put("isDefault", JsonBoolean.FALSE)
                .build();
        return Records.in(
                result,
                APP,
                a -> a.has("pages") || !app.has("pageOrder") ? Records.add(a, "pages", List.of(entry)) : a);
    }

    static JsonObject libraries(JsonObject app, JsonObject incoming) {
        Set<Optional<String>> here =
                Records.in(app, "customJSLibList").map(l -> l.text("uidString")).collect(Collectors.toSet());
        List<JsonObject> more = Records.in(incoming, "customJSLibList")
                .filter(l -> !here.contains(l.text("uidString")))
                .toList();
        List<JsonObject> ids = more.stream()
                .flatMap(l -> l.text("uidString").stream())
                .map(uid -> JsonObject.builder().put("uidString", uid).build())
                .toList();
        return Records.in(
                Records.add(app, "customJSLibList", more), APP, a -> Records.add(a, "unpublishedCustomJSLibs", ids));
    }

    static Set<String> names(JsonObject document) {
        return Records.in(document, "pageList")
                .flatMap(p -> Records.text(p, PAGE, "name").stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Pages of another schema are carried as they stand, and said to be. */
    static Optional<Problem> sameSchema(JsonObject existing, JsonObject incoming) {
        Optional<JsonValue> here = existing.get("serverSchemaVersion");
        Optional<JsonValue> coming = incoming.get("serverSchemaVersion");
        return here.equals(coming)
                ? Optional.empty()
                : Optional.of(normalised(
                        "/serverSchemaVersion",
                        "schema: what comes is of schema "
                                + coming.map(Object::toString).orElse("0")
                                + " and is carried as it stands into an app of schema "
                                + here.map(Object::toString).orElse("0")));
    }

    static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    }

    static JsonValue text(String text) {
        return new JsonString(text);
    }

    static Problem normalised(String where, String what) {
        return Problem.of(Reason.NORMALISED, where, what);
    }
}
