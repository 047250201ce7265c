package dev.offshoot.layout;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Second step: takes out of a record what belongs to the instance (ledger facts) and what is stored nowhere (secrets, people). */
final class Stripper {
    private Stripper() {}

    /** What remains of a record; the facts and places are told nobody. */
    static JsonObject strip(Kind kind, JsonObject content) {
        return facts(kind, withhold(kind, content, new TreeSet<>()), new HashMap<>());
    }

    /** Touches nothing but the record. Returns the pointers of everything withheld in it. */
    static List<String> strip(Rec record) {
        if (record.kind.withheld().isEmpty()) {
            record.content = facts(record.kind, record.content, record.facts);
            return List.of();
        }
        List<String> withheld = new ArrayList<>();
        strip(record, withheld);
        return withheld;
    }

    /**
     * @param withheld receives the pointers, within the record, of everything withheld
     */
    static void strip(Rec record, List<String> withheld) {
        JsonObject rest = record.content;
        if (!record.kind.withheld().isEmpty()) {
            Set<String> places = new TreeSet<>();
            rest = withhold(record.kind, rest, places);
            places.forEach(p -> withheld.add(record.pointer() + p));
        }
        record.content = facts(record.kind, rest, record.facts);
    }

    private static JsonObject withhold(Kind kind, JsonObject content, Set<String> places) {
        JsonObject rest = content;
        for (Kind.Withheld rule : kind.withheld()) {
            JsonObject before = rest;
            Set<String> found = new TreeSet<>();
            rule.at().each(rest, (pointer, value) -> {
                if (!(value instanceof JsonNull) && applies(rule, before, pointer)) {
                    found.add(pointer);
                }
            });
            for (String pointer : found) {
                rest = Pointer.parse(pointer).cut(rest);
            }
            places.addAll(found);
        }
        return rest;
    }

    private static boolean applies(Kind.Withheld rule, JsonObject content, String pointer) {
        if (rule.when().isEmpty()) {
            return true;
        }
        Optional<JsonValue> beside = Pointer.parse(pointer).parent().get(content);
        return beside.isPresent() && rule.when().stream().allMatch(t -> t.holds(beside.get()));
    }

    private static JsonObject facts(Kind kind, JsonObject content, Map<String, JsonValue> facts) {
        Set<String> members = new HashSet<>(8);
        JsonObject rest = content;
        if (kind.identity().instance() && kind.identity().at().isPresent()) {
            rest = fact(kind.identity().at().get(), rest, members, facts);
        }
        for (Pointer pointer : kind.ledger()) {
            rest = fact(pointer, rest, members, facts);
        }
        rest = members.isEmpty() ? rest : rest.without(members);
        for (Kind.Sweep sweep : kind.sweeps()) {
            rest = Sweeper.sweep(sweep, rest, facts);
        }
        return rest;
    }

    /** Direct members are collected and dropped in one go; deeper places one by one. */
    private static JsonObject fact(
            Pointer pointer, JsonObject content, Set<String> members, Map<String, JsonValue> facts) {
        if (pointer.isMember()) {
            int i = content.indexOf(pointer.first());
            if (i >= 0 && members.add(pointer.first())) {
                facts.put(pointer.toString(), content.value(i));
            }
            return content;
        }
        return pointer.cut(content, facts::put);
    }
}
