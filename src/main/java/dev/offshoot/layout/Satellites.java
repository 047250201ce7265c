package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Maps beside a list of records (or beside a map of them) that are keyed by the ids of the records: each value joins the record it belongs to, and goes back when the container is
 * put together. What belongs to no record stays in the map, which stays too, be it empty.
 */
final class Satellites {
    /** What the records of a container give back, by map and key. The first of two with one id counts. */
    private final Map<Pointer, Map<String, JsonValue>> parted = new LinkedHashMap<>();

    private final List<Problem> findings;

    Satellites(List<Problem> findings) {
        this.findings = findings;
    }

    /** True when a record can take its satellites: it has no members of these names. */
    static boolean fit(Kind kind, JsonObject record) {
        for (Kind.Satellite satellite : kind.satellites()) {
            if (record.has(satellite.member())) {
                return false;
            }
        }
        return true;
    }

    private static Pointer at(Kind.Satellite rule, Rec record) {
        return rule.map().in(Pointer.parse(record.slot.pointer).parent());
    }

    /** Takes the values that belong to a record that was just cut from its container. */
    static void join(Rec record) {
        for (Kind.Satellite rule : record.kind.satellites()) {
            Optional<JsonObject> map = map(at(rule, record), record.container.content);
            Optional<JsonValue> value = record.id.isEmpty() ? Optional.empty() : map.flatMap(m -> m.get(record.id));
            if (value.isPresent()) {
                record.content = record.content.with(rule.member(), value.get());
                record.satellites.put(rule, value.get());
                record.container.content = (JsonObject)
                        at(rule, record).put(record.container.content, map.get().without(record.id));
            }
        }
    }

    /** Gives back what a record took that stays in its container after all. */
    static void giveBack(Rec record) {
        record.satellites.forEach((rule, value) -> {
            JsonObject map = map(at(rule, record), record.container.content).orElse(JsonObject.EMPTY);
            record.container.content =
                    (JsonObject) at(rule, record).putDeep(record.container.content, map.with(record.id, value));
        });
    }

    /**
     * A record without its satellites, which are remembered for {@link #putBack}.
     *
     * @param list where the list or map stands that the record is in
     * @param key its key in that map
     */
    JsonValue part(Holder.Member member, Pointer list, JsonValue value, Function<Node, String> key) {
        Node node = member.node().orElseThrow();
        if (node.kind.satellites().isEmpty()) {
            return value;
        }
        String id = node.kind
                .identity()
                .at()
                .flatMap(p -> p.get(value))
                .flatMap(Values::text)
                .orElseGet(() -> key.apply(node));
        JsonObject rest = (JsonObject) value;
        for (Kind.Satellite rule : node.kind.satellites()) {
            Optional<JsonValue> satellite = rest.get(rule.member());
            if (satellite.isPresent()) {
                rest = rest.without(rule.member());
                Map<String, JsonValue> map =
                        parted.computeIfAbsent(rule.map().in(list.parent()), m -> new LinkedHashMap<>());
                if (map.putIfAbsent(id, satellite.get()) != null) {
                    findings.add(new Problem(
                            Reason.DUPLICATE_ID,
                            node.file.value(),
                            "another " + node.kind.name() + " with the same id, " + id + ", has " + rule.member()
                                    + " too",
                            "what this one says of it is left out"));
                }
            }
        }
        return rest;
    }

    /** The container with its maps filled again. */
    JsonValue putBack(JsonValue container) {
        JsonValue result = container;
        for (Map.Entry<Pointer, Map<String, JsonValue>> e : parted.entrySet()) {
            JsonObject.Builder map = JsonObject.builder();
            map(e.getKey(), result)
                    .ifPresent(before -> before.forEach((k, v) -> {
                        if (!e.getValue().containsKey(k)) {
                            map.put(k, v);
                        }
                    }));
            e.getValue().forEach(map::put);
            result = e.getKey().putDeep(result, map.build());
        }
        return result;
    }

    private static Optional<JsonObject> map(Pointer at, JsonValue container) {
        return at.get(container).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }
}
