package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.platform.Composition.Composed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A partial export, queries, JS objects and widgets of one page, goes into a page of an app. */
final class AppsmithParts {
    private static final List<String> NOT_PARTIAL = List.of(AppsmithPages.APP, "pageList", "modifiedResources");

    private AppsmithParts() {}

    static Composed add(JsonObject existing, JsonObject incoming, List<String> parts) {
        for (String member : NOT_PARTIAL) {
            if (incoming.has(member)) {
                throw Failure.of(
                        Reason.WRONG_ENVELOPE,
                        "/" + member,
                        "a partial import takes parts of one page, this document is not compatible with it",
                        "import it as an app, or append its pages");
            }
        }
        String page = page(existing, parts);
        List<Problem> told = new ArrayList<>();
        AppsmithPages.sameSchema(existing, incoming).ifPresent(told::add);
        AppsmithPasted widgets = AppsmithPasted.read(incoming);
        Map<String, String> names = names(existing, incoming, page, widgets, told);
        AppsmithSources sources = AppsmithSources.of(existing, incoming);
        Records.in(incoming, "datasourceList").forEach(sources::bring);
        JsonObject result = existing;
        result = Records.add(
                result,
                "actionCollectionList",
                Records.in(incoming, "actionCollectionList")
                        .map(c -> move(c, AppsmithPages.COLLECTION, page, names).collection(c))
                        .toList());
        result = Records.add(
                result,
                "actionList",
                Records.in(incoming, "actionList")
                        .map(sources::use)
                        .map(a -> move(a, AppsmithPages.ACTION, page, names).action(a))
                        .toList());
        told.addAll(sources.told());
        return new Composed(AppsmithPages.libraries(sources.addTo(widgets.addTo(result, page, names)), incoming), told);
    }

    private static AppsmithMove move(JsonObject record, String half, String page, Map<String, String> names) {
        return new AppsmithMove(Records.text(record, half, "pageId").orElse(page), page, names);
    }

    private static String page(JsonObject existing, List<String> parts) {
        Set<String> pages = AppsmithPages.names(existing);
        if (parts.size() == 1 && pages.contains(parts.get(0)) || parts.isEmpty() && pages.size() == 1) {
            return parts.isEmpty() ? pages.iterator().next() : parts.get(0);
        }
        throw Failure.of(
                parts.size() == 1 ? Reason.NOT_FOUND : Reason.INVALID_PARAMETER,
                "pages",
                parts.size() == 1 ? "the app has no page " + parts.get(0) : "a partial import goes into one page",
                "pages of the app: " + String.join(", ", pages));
    }

    /** New names for those that are taken on the page, by queries, JS objects and widgets alike. */
    private static Map<String, String> names(
            JsonObject existing, JsonObject incoming, String page, AppsmithPasted widgets, List<Problem> told) {
        Set<String> taken = new HashSet<>(AppsmithPasted.namesOn(existing, page));
        for (String[] kind :
                new String[][] {{"actionList", AppsmithPages.ACTION}, {"actionCollectionList", AppsmithPages.COLLECTION}
                }) {
            Records.in(existing, kind[0])
                    .filter(r -> Records.text(r, kind[1], "pageId").equals(Optional.of(page)))
                    .filter(r ->
                            r.object(kind[1]).filter(h -> h.has("collectionId")).isEmpty())
                    .forEach(r -> Records.text(r, kind[1], "name").ifPresent(taken::add));
        }
        List<String> coming = new ArrayList<>();
        Records.in(incoming, "actionList")
                .filter(a -> a.object(AppsmithPages.ACTION)
                        .filter(h -> h.has("collectionId"))
                        .isEmpty())
                .forEach(a -> Records.text(a, AppsmithPages.ACTION, "name").ifPresent(coming::add));
        Records.in(incoming, "actionCollectionList")
                .forEach(c -> Records.text(c, AppsmithPages.COLLECTION, "name").ifPresent(coming::add));
        coming.addAll(widgets.names());
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : coming) {
            String free = Records.free(name, taken, "", 1);
            taken.add(free);
            if (!free.equals(name)) {
                names.put(name, free);
                told.add(AppsmithPages.normalised(
                        "", "renamed: " + name + " is taken on the page, it comes as " + free));
            }
        }
        return names;
    }

    /** The text of a member that holds JSON, if it holds any. */
    static Optional<JsonValue> json(JsonObject document, String member) {
        return document.text(member)
                .filter(t -> !t.isBlank())
                .map(t -> JsonReader.read(t.getBytes(StandardCharsets.UTF_8)));
    }

    static JsonArray list(JsonObject object, String member) {
        return object.array(member).orElse(JsonArray.EMPTY);
    }
}
