package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads the content ids of other records out of a record: those it {@code refs}, and those it owns by a list of ids. */
final class Links {
    private final Layout layout;
    private final Map<Kind, List<Kind.Ref>> rules = new HashMap<>();

    Links(Layout layout) {
        this.layout = layout;
    }

    /** @param link is told the rule and the id, in the order they stand; an id may come more than once */
    void each(Kind kind, JsonValue content, BiConsumer<Kind.Ref, String> link) {
        for (Kind.Ref rule : rules.computeIfAbsent(kind, this::rules)) {
            if (rule.at().isLiteral()) {
                rule.at().get(content).ifPresent(value -> ids(rule, value, link));
            } else {
                rule.at().each(content, (pointer, value) -> ids(rule, value, link));
            }
        }
    }

    private List<Kind.Ref> rules(Kind kind) {
        List<Kind.Ref> all = new ArrayList<>(kind.refs());
        for (Kind owned : layout.kinds().values()) {
            for (Placement place : owned.places()) {
                if (place.owner() instanceof Placement.Owner.ByList l
                        && l.kinds().contains(kind.name())) {
                    l.lists().forEach(at -> all.add(new Kind.Ref(at, Set.of(owned.name()), List.of())));
                }
            }
        }
        return all;
    }

    private static void ids(Kind.Ref rule, JsonValue value, BiConsumer<Kind.Ref, String> link) {
        if (value instanceof JsonString s) {
            link.accept(rule, s.value());
        } else if (value instanceof JsonArray list) {
            for (JsonValue item : list) {
                if (item instanceof JsonString s) {
                    link.accept(rule, s.value());
                }
            }
        } else if (value instanceof JsonObject map) {
            map.keys().forEach(key -> link.accept(rule, key));
        }
    }

    /** Whether a record that has the id is one that the rule carries. */
    static boolean carries(Kind.Ref rule, Kind kind, JsonValue content) {
        return (rule.kinds().isEmpty() || rule.kinds().contains(kind.name()))
                && (rule.unless().isEmpty() || !rule.unless().stream().allMatch(t -> t.holds(content)));
    }
}
