package dev.offshoot.merge;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Merges values: maps member by member, lists item by item where it is known which member names an item, everything else as a whole. Collects
 * the conflicts of one file.
 */
final class FieldMerge {
    private final TreePath path;
    private final Function<String, Optional<String>> listKeys;
    private final List<Conflict> conflicts = new ArrayList<>();

    /** @param listKeys by the pointer of a list, the member that names its items */
    FieldMerge(TreePath path, Function<String, Optional<String>> listKeys) {
        this.path = path;
        this.listKeys = listKeys;
    }

    List<Conflict> conflicts() {
        return List.copyOf(conflicts);
    }

    /** The merged value; empty: it goes. Of a value in question, ours. */
    Optional<JsonValue> merge(
            String pointer, Optional<JsonValue> base, Optional<JsonValue> ours, Optional<JsonValue> theirs) {
        Optional<String> before = base.map(FieldMerge::text);
        Optional<String> here = ours.map(FieldMerge::text);
        Optional<String> there = theirs.map(FieldMerge::text);
        if (here.equals(there) || there.equals(before)) {
            return ours;
        }
        if (here.equals(before)) {
            return theirs;
        }
        if (base.isPresent() && ours.isPresent() && theirs.isPresent()) {
            Optional<JsonValue> inside = inside(pointer, base.get(), ours.get(), theirs.get());
            if (inside.isPresent()) {
                return inside;
            }
        }
        What what = base.isEmpty()
                ? What.ADDED_TWICE
                : ours.isEmpty() || theirs.isEmpty() ? What.CHANGED_AND_REMOVED : What.CHANGED_TWICE;
        Suggestion suggestion = what != What.CHANGED_AND_REMOVED
                ? Suggestion.DECIDE
                : ours.isEmpty() ? Suggestion.KEEP_THEIRS : Suggestion.KEEP_OURS;
        conflicts.add(new Conflict(path, new Place.Field(pointer), what, before, here, there, suggestion));
        return ours;
    }

    private Optional<JsonValue> inside(String pointer, JsonValue base, JsonValue ours, JsonValue theirs) {
        if (base instanceof JsonObject b && ours instanceof JsonObject o && theirs instanceof JsonObject t) {
            return Optional.of(JsonObject.of(members(pointer, members(b), members(o), members(t))));
        }
        if (base instanceof JsonArray b && ours instanceof JsonArray o && theirs instanceof JsonArray t) {
            return listKeys.apply(pointer).flatMap(key -> items(pointer, key, b, o, t));
        }
        return Optional.empty();
    }

    private Optional<JsonValue> items(String pointer, String key, JsonArray base, JsonArray ours, JsonArray theirs) {
        Optional<Map<String, JsonValue>> before = items(base, key);
        Optional<Map<String, JsonValue>> here = items(ours, key);
        Optional<Map<String, JsonValue>> there = items(theirs, key);
        return before.isEmpty() || here.isEmpty() || there.isEmpty()
                ? Optional.empty()
                : Optional.of(JsonArray.of(
                        members(pointer, before.get(), here.get(), there.get()).values()));
    }

    /** Members by name, in the merged order. */
    Map<String, JsonValue> members(
            String pointer, Map<String, JsonValue> base, Map<String, JsonValue> ours, Map<String, JsonValue> theirs) {
        Map<String, JsonValue> found = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        for (String name : names) {
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            merge(
                            at,
                            Optional.ofNullable(base.get(name)),
                            Optional.ofNullable(ours.get(name)),
                            Optional.ofNullable(theirs.get(name)))
                    .ifPresent(value -> found.put(name, value));
        }
        Map<String, JsonValue> merged = new LinkedHashMap<>();
        order(pointer, base, ours, theirs).forEach(name -> {
            if (found.containsKey(name)) {
                merged.put(name, found.get(name));
            }
        });
        merged.putAll(found);
        return merged;
    }

    private List<String> order(
            String pointer, Map<String, JsonValue> base, Map<String, JsonValue> ours, Map<String, JsonValue> theirs) {
        List<String> here = List.copyOf(ours.keySet());
        return OrderMerge.names(List.copyOf(base.keySet()), here, List.copyOf(theirs.keySet()))
                .orElseGet(() -> {
                    conflicts.add(new Conflict(
                            path,
                            new Place.Field(pointer),
                            What.ORDERED_TWICE,
                            Optional.of(String.join(", ", base.keySet())),
                            Optional.of(String.join(", ", here)),
                            Optional.of(String.join(", ", theirs.keySet())),
                            Suggestion.DECIDE));
                    return here;
                });
    }

    private static Map<String, JsonValue> members(JsonObject object) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.forEach(members::put);
        return members;
    }

    /** Items by the member that names them; empty when it does not tell them apart. */
    private static Optional<Map<String, JsonValue>> items(JsonArray list, String key) {
        Map<String, JsonValue> items = new LinkedHashMap<>();
        for (JsonValue item : list) {
            if (!(item instanceof JsonObject o)
                    || !(o.get(key).orElse(null) instanceof JsonString name)
                    || items.put(name.value(), item) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(items);
    }

    /** Two values with one text are the same, the order of members counted where it means something. */
    static String text(JsonValue value) {
        return new String(JsonWriter.compact(CanonicalOrder.sort(value)), StandardCharsets.UTF_8);
    }
}
