package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values put together from the inside out: references, owner, implied fields, facts, lists. */
final class RecordValues {
    /** Time of rows that no ledger knows: constant, so that the same tree always gives the same document. */
    private static final JsonString FRESH_TIME = new JsonString("2000-01-01T00:00:00.000Z");

    private final Layout layout;
    private final NodeReader nodes;
    private final Resolver resolver;
    private final Assembly assembly;
    private final Optional<Node> selected;
    private final List<Problem> findings;
    private final Optional<Checkup> checkup;

    RecordValues(
            Layout layout,
            NodeReader nodes,
            Resolver resolver,
            Assembly assembly,
            Optional<Node> selected,
            List<Problem> findings,
            Optional<Checkup> checkup) {
        this.checkup = checkup;
        this.layout = layout;
        this.nodes = nodes;
        this.resolver = resolver;
        this.assembly = assembly;
        this.selected = selected;
        this.findings = findings;
    }

    /**
     * A record's value.
     *
     * @param container the record or document it is a member of here
     * @param override what the ledger says of this occurrence, where that differs
     */
    JsonObject of(Node node, Holder container, Optional<Ledger.Entry> override) {
        JsonObject value = alone(node, container, override);
        JsonObject whole = CanonicalOrder.sortMembers(
                layout.slotsOf(node.kind.name()).isEmpty() ? value : fill(value, node.holder()));
        return assembly.stands(node, container, override, whole);
    }

    /** The same without the records in it. */
    JsonObject alone(Node node, Holder container, Optional<Ledger.Entry> override) {
        Ledger.Entry entry = override.orElse(node.entry);
        JsonObject value = own(node, Optional.of(container), entry);
        if (node.place.isPresent() && node.place.get().target() instanceof Placement.Target.Embed e) {
            value = position(node, e, entry.absent(), value);
        }
        value = node.known || override.isPresent() ? facts(value, entry) : fresh(node.kind, withId(node, value));
        if (checkup.isPresent() && !node.known && override.isEmpty()) {
            checkup.get().made(node, value, resolver.idOf(node));
        }
        if (!node.kind.anatomy().isPlain()) {
            value = CanonicalOrder.sort(value);
        }
        for (String pointer : entry.absent()) {
            // A list that is only there to say what it leaves out.
            Pointer at = Pointer.parse(pointer);
            if (at.get(value).filter(JsonArray.EMPTY::equals).isPresent()) {
                value = at.cut(value);
            }
        }
        return value;
    }

    private static JsonObject position(
            Node node, Placement.Target.Embed target, List<String> absent, JsonObject value) {
        return target.position()
                .filter(field -> !absent.contains("/" + field) && !value.has(field))
                .map(field -> value.with(field, new JsonNumber(node.lastSegment())))
                .orElse(value);
    }

    /** Own content with what its place and its other fields imply. */
    private JsonObject own(Node node, Optional<Holder> container, Ledger.Entry entry) {
        JsonObject value = Sets.restore(assembly.decode(node, Resolver.newSet()), entry.facts());
        if (node.place.isPresent()) {
            value = (JsonObject) owner(node, node.place.get(), value);
        }
        for (Kind.Implied rule : node.kind.implied()) {
            boolean byDefault = node.known || !rule.optional();
            if (!byDefault || node.kind.anatomy().halves().isParked(rule.field(), value)) {
                continue;
            }
            if (rule.source() instanceof Kind.Implied.Source.Sibling sibling) {
                Collection<String> absent = new HashSet<>(entry.absent());
                absent.addAll(node.absent);
                value = (JsonObject) ImpliedFields.siblings(rule.field(), sibling, value, absent);
            } else if (!entry.absent().contains(rule.field().toString())
                    && !node.absent.contains(rule.field().toString())
                    && !rule.field().isIn(value)) {
                Optional<JsonValue> implied = implied(node, container, rule.source(), value);
                if (implied.isPresent()) {
                    value = (JsonObject) rule.field().put(value, implied.get());
                }
            }
        }
        return value;
    }

    /** A record as others see it that are made of its fields. */
    private JsonObject own(Node node) {
        if (node.own == null) {
            node.own = own(node, Optional.empty(), node.entry);
        }
        return node.own;
    }

    private JsonValue owner(Node node, Placement place, JsonObject content) {
        JsonValue value = content;
        if (place.owner() instanceof Placement.Owner.ByField f
                && f.implied().isPresent()
                && !f.implied().get().isIn(value)) {
            value = f.implied().get().putDeep(value, new JsonString(resolver.idOf(node.owner)));
        }
        if (place.target() instanceof Placement.Target.Embed e && e.by().isPresent()) {
            Placement.By by = e.by().get();
            String key = node.lastSegment();
            Optional<Node> referred =
                    by.kind().flatMap(k -> Shared.address(layout, k, key)).flatMap(nodes::node);
            if (by.kind().isPresent() && referred.isEmpty()) {
                throw Failure.of(
                        Reason.UNRESOLVED_REFERENCE,
                        node.file.value(),
                        "there is no " + by.kind().get() + " named " + key);
            }
            value = by.field()
                    .putDeep(value, new JsonString(referred.map(resolver::idOf).orElse(key)));
        }
        return value;
    }

    private Optional<JsonValue> implied(
            Node node, Optional<Holder> container, Kind.Implied.Source rule, JsonValue value) {
        if (rule instanceof Kind.Implied.Source.Same same) {
            return same.other().get(value);
        }
        if (rule instanceof Kind.Implied.Source.Text) {
            return ImpliedFields.text(
                    rule, node.kind, value, p -> Optional.ofNullable(node.owner).flatMap(o -> p.get(own(o))));
        }
        Set<String> kinds = ((Kind.Implied.Source.IdOf) rule).kinds();
        if (kinds.contains(Kind.SELF)) {
            return Optional.of(resolver.idOf(node)).filter(id -> !id.isEmpty()).map(JsonString::new);
        }
        Optional<Node> around = node.around(kinds)
                .or(() -> container
                        .flatMap(c -> c.node)
                        .flatMap(c -> kinds.contains(c.kind.name()) ? Optional.of(c) : c.around(kinds)));
        return around.map(resolver::idOf).filter(id -> !id.isEmpty()).map(JsonString::new);
    }

    /** A value with the facts of a ledger entry; those that are direct members are put in together. */
    static JsonObject facts(JsonObject value, Ledger.Entry entry) {
        JsonObject result = value;
        List<String> names = new ArrayList<>(entry.facts().size());
        List<JsonValue> members = new ArrayList<>(entry.facts().size());
        for (Map.Entry<String, JsonValue> fact : entry.facts().entrySet()) {
            String at = fact.getKey();
            if (!at.startsWith("/")) {
                continue;
            }
            if (at.length() > 1 && at.indexOf('/', 1) < 0 && at.indexOf('~') < 0) {
                names.add(at.substring(1));
                members.add(fact.getValue());
            } else {
                result = names.isEmpty() ? result : result.with(names, members);
                names.clear();
                members.clear();
                result = (JsonObject) Pointer.parse(at).put(result, fact.getValue());
            }
        }
        return names.isEmpty() ? result : result.with(names, members);
    }

    private JsonObject withId(Node node, JsonObject content) {
        Kind.Identity identity = node.kind.identity();
        return identity.instance() && identity.at().isPresent()
                ? (JsonObject) identity.at().get().put(content, new JsonString(resolver.idOf(node)))
                : content;
    }

    /** What a row gets that no instance has seen yet. */
    JsonObject fresh(Kind kind, JsonObject content) {
        return fresh(kind, content, true);
    }

    /** @param texts also what is the same everywhere; a document that was imported without it has a file without it */
    JsonObject fresh(Kind kind, JsonObject content, boolean texts) {
        JsonObject value = content;
        for (Map.Entry<String, String> e : kind.fresh().entrySet()) {
            Pointer at = Pointer.parse(e.getKey());
            JsonValue made = switch (e.getValue()) {
                case "time" -> FRESH_TIME;
                case "null" -> JsonNull.NULL;
                default ->
                    new JsonString(
                            e.getValue().startsWith("=") ? e.getValue().substring(1) : resolver.symbol(e.getValue()));
            };
            if (!e.getValue().startsWith("=") || texts && !at.isIn(value)) {
                value = (JsonObject) at.put(value, made);
            }
        }
        return value;
    }

    /** Puts the members of a container's lists, maps and single places in. */
    JsonObject fill(JsonObject content, Holder holder) {
        JsonValue result = content;
        Satellites satellites = new Satellites(findings);
        for (Holder.Sequence sequence : holder.sequences.values()) {
            result = switch (sequence.shape()) {
                case ONE -> one(result, sequence, holder);
                case LIST -> list(result, sequence, holder, satellites);
                case MAP -> map(result, sequence, holder, satellites);
            };
        }
        result = satellites.putBack(result);
        for (Holder.SamePlace same : holder.same) {
            Node target = selected.filter(s -> s.kind == same.target().kind && assembly.isLeft(same.target()))
                    .orElse(same.target());
            Optional<Ledger.Entry> override = target == same.target() ? same.override() : Optional.empty();
            result = same.at().putDeep(result, of(target, holder, override));
        }
        return (JsonObject) result;
    }

    private JsonValue one(JsonValue content, Holder.Sequence sequence, Holder holder) {
        if (sequence.items().isEmpty() || sequence.items().get(0).node().isEmpty()) {
            return content;
        }
        Holder.Member member = sequence.items().get(0);
        JsonValue value = of(member.node().get(), holder, member.override());
        // The rest of the container's own object, or a member of it.
        return sequence.at().isSelf()
                ? JsonObject.builder()
                        .putAll((JsonObject) value)
                        .putAll((JsonObject) content)
                        .build()
                : sequence.at().putDeep(content, value);
    }

    private JsonValue list(JsonValue content, Holder.Sequence sequence, Holder holder, Satellites satellites) {
        List<JsonValue> raw = sequence.at()
                .get(content)
                .filter(JsonArray.class::isInstance)
                .map(a -> ((JsonArray) a).items())
                .orElse(List.of());
        List<Optional<JsonObject>> values =
                Parallel.map(sequence.items(), m -> m.node().map(n -> of(n, holder, m.override())));
        List<JsonValue> items = new ArrayList<>(values.size());
        int next = 0;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isPresent()) {
                Holder.Member m = sequence.items().get(i);
                JsonValue own = satellites.part(m, sequence.at(), values.get(i).get(), n -> key(n, m));
                items.add(sequence.wrapper().wrap(own));
            } else if (next < raw.size()) {
                items.add(raw.get(next++));
            }
        }
        items.addAll(raw.subList(next, raw.size()));
        return sequence.at().putDeep(content, JsonArray.of(items));
    }

    private JsonValue map(JsonValue content, Holder.Sequence sequence, Holder holder, Satellites satellites) {
        JsonObject raw = sequence.at()
                .get(content)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(JsonObject.EMPTY);
        Map<String, JsonValue> items = new LinkedHashMap<>();
        for (Holder.Member member : sequence.items()) {
            member.node().ifPresent(n -> {
                JsonValue value = of(n, holder, member.override());
                JsonValue own = satellites.part(member, sequence.at(), value, x -> key(x, member));
                items.put(key(n, member), sequence.wrapper().wrap(own));
            });
        }
        raw.forEach(items::putIfAbsent);
        boolean byContent = sequence.items().stream()
                .anyMatch(m -> m.node().filter(n -> n.kind.writesKey()).isPresent());
        return sequence.at()
                .putDeep(
                        content,
                        byContent ? MapOrder.of(items, assembly.written(holder, sequence.at())) : JsonObject.of(items));
    }

    private String key(Node node, Holder.Member member) {
        return member.override()
                .or(() -> Optional.of(node.entry))
                .map(o -> o.facts().get("$key"))
                .flatMap(Values::text)
                .orElseGet(() -> resolver.idOf(node));
    }
}
