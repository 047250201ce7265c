package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The widgets of a partial export: each with what is in it as a flat list, children by their ids. */
final class AppsmithPasted {
    private static final Pattern BINDING = Pattern.compile("\\{\\{.*?}}", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("(?<![\\w$.])[A-Za-z_$][\\w$]*");

    private final List<JsonObject> roots;

    private AppsmithPasted(List<JsonObject> roots) {
        this.roots = roots;
    }

    static AppsmithPasted read(JsonObject incoming) {
        List<JsonObject> roots = new ArrayList<>();
        Optional<JsonValue> value = AppsmithParts.json(incoming, "widgets");
        if (value.isPresent() && value.get() instanceof JsonObject all) {
            Records.in(all, "widgets").forEach(w -> {
                Map<String, JsonObject> byId = new LinkedHashMap<>();
                Records.in(w, "list").forEach(one -> one.text("widgetId").ifPresent(id -> byId.putIfAbsent(id, one)));
                w.text("widgetId").map(byId::remove).ifPresent(root -> roots.add(nested(root, byId)));
            });
        }
        return new AppsmithPasted(roots);
    }

    /** A child is taken once: ids in a circle end there. */
    private static JsonObject nested(JsonObject widget, Map<String, JsonObject> rest) {
        List<JsonValue> children = new ArrayList<>();
        for (JsonValue child : AppsmithParts.list(widget, "children")) {
            if (child instanceof JsonString id && rest.containsKey(id.value())) {
                children.add(nested(rest.remove(id.value()), rest));
            } else if (child instanceof JsonObject) {
                children.add(child);
            }
        }
        return widget.has("children") ? widget.with("children", JsonArray.of(children)) : widget;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        roots.forEach(r -> collect(r, "widgetName", names));
        return names;
    }

    /** Names of the widgets of a page. */
    static Set<String> namesOn(JsonObject document, String page) {
        List<String> names = new ArrayList<>();
        canvas(document, page).ifPresent(c -> collect(c, "widgetName", names));
        return new LinkedHashSet<>(names);
    }

    private static void collect(JsonObject widget, String member, List<String> found) {
        widget.text(member).ifPresent(found::add);
        Records.in(widget, "children").forEach(c -> collect(c, member, found));
    }

    static Optional<JsonObject> canvas(JsonObject document, String page) {
        return Records.in(document, "pageList")
                .filter(p -> Records.text(p, AppsmithPages.PAGE, "name").equals(Optional.of(page)))
                .findFirst()
                .flatMap(p -> p.object(AppsmithPages.PAGE))
                .flatMap(h -> Records.in(h, "layouts").findFirst())
                .flatMap(l -> l.object("dsl"));
    }

    /** The app with the widgets behind those of the page, under names and ids that are free there. */
    JsonObject addTo(JsonObject app, String page, Map<String, String> names) {
        if (roots.isEmpty()) {
            return app;
        }
        List<String> ids = new ArrayList<>();
        canvas(app, page).ifPresent(c -> collect(c, "widgetId", ids));
        List<String> coming = new ArrayList<>();
        roots.forEach(r -> collect(r, "widgetId", coming));
        Map<String, String> newIds = new HashMap<>();
        Set<String> taken = new LinkedHashSet<>(ids);
        for (String id : coming) {
            String free = Records.free(id, taken, "", 1);
            taken.add(free);
            newIds.put(id, free);
        }
        List<JsonObject> added = roots.stream()
                .map(r -> (JsonObject) Records.texts(r, t -> newIds.getOrDefault(t, bindings(t, names))))
                .map(r -> named(r, names).with("parentId", AppsmithPages.text("0")))
                .toList();
        List<JsonValue> pages = new ArrayList<>();
        boolean[] done = new boolean[1];
        for (JsonValue p : AppsmithParts.list(app, "pageList")) {
            boolean here = !done[0]
                    && p instanceof JsonObject o
                    && Records.text(o, AppsmithPages.PAGE, "name").equals(Optional.of(page));
            pages.add(here ? with((JsonObject) p, added) : p);
            done[0] |= here;
        }
        return app.with("pageList", JsonArray.of(pages));
    }

    private static JsonObject with(JsonObject page, List<JsonObject> widgets) {
        return Records.in(page, AppsmithPages.PAGE, half -> {
            List<JsonValue> layouts =
                    new ArrayList<>(AppsmithParts.list(half, "layouts").items());
            if (!layouts.isEmpty() && layouts.get(0) instanceof JsonObject first) {
                layouts.set(0, Records.in(first, "dsl", dsl -> Records.add(dsl, "children", widgets)));
            }
            return half.with("layouts", JsonArray.of(layouts));
        });
    }

    private static JsonObject named(JsonObject widget, Map<String, String> names) {
        JsonObject own = widget.text("widgetName")
                .map(n -> Records.put(widget, "widgetName", names.getOrDefault(n, n)))
                .orElse(widget);
        return own.has("children")
                ? own.with(
                        "children",
                        JsonArray.of(Records.in(own, "children")
                                .map(c -> named(c, names))
                                .toList()))
                : own;
    }

    /** Names in bindings are those that come under another one. */
    private static String bindings(String text, Map<String, String> names) {
        if (names.isEmpty() || !text.contains("{{")) {
            return text;
        }
        return BINDING.matcher(text)
                .replaceAll(b -> Matcher.quoteReplacement(WORD.matcher(b.group())
                        .replaceAll(w -> Matcher.quoteReplacement(names.getOrDefault(w.group(), w.group())))));
    }
}
