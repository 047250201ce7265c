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
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Files to document. Nodes are read by path, their members found (from the ledger's sequences, from the paths, and for shared records from the
 * references), and values put together from the inside out: references, source texts, owner, implied fields, facts, lists.
 */
final class Assembly {
    /** Time of rows that no ledger knows: constant, so that the same tree always gives the same document. */
    private static final JsonString FRESH_TIME = new JsonString("2000-01-01T00:00:00.000Z");

    private final Layout layout;
    private final TreeSource source;
    private final Ledger ledger;
    private final Selection selection;
    private final List<Problem> findings = new ArrayList<>();
    private final NodeReader nodes;
    private final Resolver resolver;
    private final TreePath definition;
    private final String documentAddress;
    private final Set<String> left = new HashSet<>();
    private Optional<Node> selected = Optional.empty();
    private Members members;

    private Assembly(
            Layout layout, TreeSource source, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        this.layout = layout;
        this.source = source;
        this.ledger = ledger;
        this.selection = selection;
        this.definition = definition;
        this.documentAddress = definition.child(layout.document()).value();
        this.nodes = new NodeReader(layout, source, findings);
        this.resolver = new Resolver(
                layout,
                source,
                nodes,
                ledger,
                namespace,
                new HashMap<>(ledger.entry(documentAddress).symbols()));
    }

    static Assembled assemble(
            Layout layout, TreeSource source, Ledger ledger, TreePath definition, UUID namespace, Selection selection) {
        Assembly a = new Assembly(layout, source, ledger, definition, namespace, selection);
        return new Assembled(layout.asDocument(a.run()), List.copyOf(a.findings));
    }

    private JsonValue run() {
        List<Node> mains = mains();
        mains.forEach(this::select);
        TreePath file = TreePath.of(documentAddress + ".yaml");
        Optional<JsonValue> envelope = envelope(file);
        members =
                new Members(layout, ledger, nodes, this, documentAddress, envelope.orElse(JsonObject.EMPTY), selection);
        members.collect(mains);
        if (envelope.isEmpty()) {
            List<Members.Member> whole =
                    members.of(documentAddress, "").map(Members.Sequence::items).orElse(List.of());
            Node main = whole.isEmpty() ? mains.get(0) : whole.get(0).node().orElse(mains.get(0));
            return value(main, documentAddress, Optional.empty());
        }
        Scope scope = new Scope(layout.root().value(), documentAddress, List.of());
        JsonValue stripped =
                envelope.get() instanceof JsonObject o ? ListNames.without(layout, Layout.DOCUMENT, o) : envelope.get();
        JsonValue content = Symbols.map(
                stripped, text -> Symbols.decode(text, r -> resolver.resolve(scope, file, r, Resolver.newSet())));
        if (!(content instanceof JsonObject object)) {
            throw Failure.of(Reason.MALFORMED_YAML, file.value(), "this file must hold a map of fields");
        }
        if (layout.list().isPresent() && !object.without(layout.list().get()).isEmpty()) {
            throw Failure.of(
                    Reason.MALFORMED_YAML,
                    file.value(),
                    "the document is a list: nothing can stand here but '"
                            + layout.list().get() + "'");
        }
        Ledger.Entry entry = ledger.entry(documentAddress);
        JsonValue own = ledger.knows(documentAddress)
                ? facts(Sets.restore(object, entry.facts()), entry)
                : fresh(layout.whole(), object);
        if (!source.list(definition).contains(file)) {
            own = apart(own);
        }
        JsonObject document = fill((JsonObject) own, documentAddress);
        for (String kind : selection.without()) {
            for (Kind.Slot slot : layout.kind(kind).slotsIn(Layout.DOCUMENT)) {
                if (slot.isMany() && slot.at().parent().isMember()) {
                    document = document.without(slot.at().parent().first());
                }
            }
        }
        return document;
    }

    /** Records that a new document carries without their owner are listed by its id. */
    private JsonValue apart(JsonValue document) {
        JsonValue result = document;
        Set<Node> carried = members.in(documentAddress);
        for (Map.Entry<String, String> rule : layout.apart().entrySet()) {
            TreeMap<String, TreeSet<String>> byOwner = new TreeMap<>();
            for (Node node : carried) {
                if (node.kind.name().equals(rule.getValue()) && node.owner != null && !carried.contains(node.owner)) {
                    byOwner.computeIfAbsent(resolver.idOf(node.owner), o -> new TreeSet<>())
                            .add(resolver.idOf(node));
                }
            }
            JsonObject.Builder lists = JsonObject.builder();
            byOwner.forEach((owner, ids) -> lists.put(
                    owner, JsonArray.of(ids.stream().map(JsonString::new).toList())));
            result = byOwner.isEmpty() ? result : Pointer.parse(rule.getKey()).putDeep(result, lists.build());
        }
        return result;
    }

    /** What stands outside every definition; without a file of it, nothing, unless a document can be a definition and no more. */
    private Optional<JsonValue> envelope(TreePath file) {
        if (source.list(definition).contains(file)) {
            return Optional.of(source.yaml(file));
        }
        boolean canBeWhole = layout.slotsOf(Layout.DOCUMENT).keySet().stream().anyMatch(s -> s.at().isSelf());
        return canBeWhole ? Optional.empty() : Optional.of(JsonObject.EMPTY);
    }

    /** The definitions a document is an export of. */
    private List<Node> mains() {
        Optional<Node> one = definition.equals(layout.root()) ? Optional.empty() : nodes.definition(definition.value());
        if (one.isPresent()) {
            return List.of(one.get());
        }
        List<Node> all = new ArrayList<>();
        if (definition.equals(layout.root())) {
            if (!layout.isByContent()) {
                ledger.entry(documentAddress)
                        .slots()
                        .values()
                        .forEach(slot -> slot.tokens().forEach(t -> {
                            if (!t.isRaw()) {
                                nodes.definition(t.address()).ifPresent(all::add);
                            }
                        }));
            }
            if (!ledger.knows(documentAddress) || layout.isByContent()) {
                Shared.addresses(layout, source)
                        .forEach(a -> nodes.definition(a).ifPresent(all::add));
            }
        }
        if (all.isEmpty() && !source.list(definition).contains(TreePath.of(documentAddress + ".yaml"))) {
            throw Failure.of(Reason.NOT_FOUND, definition.value(), "no definition stands here");
        }
        return all;
    }

    /** Leaves out what the selection does not name, with everything below it. */
    private void select(Node main) {
        List<Node> candidates = main.children.stream()
                .filter(c -> c.kind.is(Kind.Flag.SELECTABLE))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        if (selection.version().isEmpty()) {
            // Where a document has a place for one only, it is the newest.
            candidates.stream()
                    .filter(c -> c.kind.slotsIn(main.kind.name()).stream().noneMatch(Kind.Slot::isMany))
                    .max((a, b) -> VersionNames.compare(nameOf(a), nameOf(b)))
                    .ifPresent(newest -> candidates.stream()
                            .filter(c -> c != newest && c.kind == newest.kind)
                            .forEach(this::leave));
            return;
        }
        String wanted = selection.version().get();
        Node chosen = candidates.stream()
                .filter(c ->
                        wanted.equals(nameOf(c)) || wanted.equals(c.lastSegment()) || wanted.equals(resolver.idOf(c)))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "version",
                        "no version '" + wanted + "' in " + main.address,
                        "there are: "
                                + String.join(
                                        ", ",
                                        candidates.stream().map(this::nameOf).toList())));
        selected = Optional.of(chosen);
        candidates.stream().filter(c -> c != chosen).forEach(this::leave);
    }

    private void leave(Node node) {
        left.add(node.address);
        node.children.forEach(this::leave);
    }

    boolean isLeft(Node node) {
        return left.contains(node.address) || selection.without().contains(node.kind.name());
    }

    private String nameOf(Node node) {
        return node.kind.names().stream()
                .flatMap(p -> p.get(node.content).flatMap(Values::text).stream())
                .findFirst()
                .orElse(node.lastSegment());
    }

    TreeSource source() {
        return source;
    }

    List<String> addresses(Layout.Owned shared) {
        return Shared.addresses(layout, source, shared);
    }

    /** Own content with ids for references. {@code shared} receives what lies outside the definition. */
    JsonObject decode(Node node, Set<String> shared) {
        if (node.decoded != null) {
            return node.decoded;
        }
        JsonObject content = withoutMarkers(node);
        JsonObject result = (JsonObject) Symbols.map(content, text -> resolver.decode(node, text, shared));
        node.decoded = result;
        return result;
    }

    /** A place that says "equal to that record" holds nothing of its own. */
    private JsonObject withoutMarkers(Node node) {
        JsonObject content = ListNames.without(layout, node.kind.name(), node.content);
        for (Members.SamePlace same : members.samePlaces(node)) {
            content = same.at().cut(content, (p, v) -> {});
        }
        return content;
    }

    /**
     * A record's value.
     *
     * @param container address of the record or document it is a member of here
     * @param override what the ledger says of this occurrence, where that differs
     */
    private JsonObject value(Node node, String container, Optional<Ledger.Entry> override) {
        Ledger.Entry entry = override.orElseGet(() -> ledger.entry(node.address));
        boolean known = ledger.knows(node.address);
        Set<String> absent = new HashSet<>(entry.absent());
        JsonValue value = own(node, container, entry, absent, known);
        Optional<String> position = node.place.flatMap(
                p -> p.target() instanceof Placement.Target.Embed e ? e.position() : Optional.empty());
        if (position.isPresent()
                && !absent.contains("/" + position.get())
                && !((JsonObject) value).has(position.get())) {
            value = ((JsonObject) value).with(position.get(), new JsonNumber(node.lastSegment()));
        }
        value = known || override.isPresent() ? facts(value, entry) : fresh(node.kind, withId(node, value));
        if (!node.kind.anatomy().isPlain()) {
            value = CanonicalOrder.sort(value);
        }
        for (String pointer : absent) {
            // A list that is only there to say what it leaves out.
            Pointer at = Pointer.parse(pointer);
            if (at.get(value).filter(JsonArray.EMPTY::equals).isPresent()) {
                value = at.cut((JsonObject) value, (p, v) -> {});
            }
        }
        return Sorting.members(fill((JsonObject) value, node.address));
    }

    /** Own content with what its place and its other fields imply. */
    private JsonObject own(Node node, String container, Ledger.Entry entry, Set<String> absent, boolean known) {
        JsonValue value = Sets.restore(decode(node, Resolver.newSet()), entry.facts());
        if (node.place.isPresent()) {
            value = owner(node, node.place.get(), (JsonObject) value);
        }
        for (Kind.Implied rule : node.kind.implied()) {
            boolean byDefault = known || !rule.optional();
            if (!byDefault || node.kind.anatomy().halves().isParked(rule.field(), (JsonObject) value)) {
                continue;
            }
            if (rule.source() instanceof Kind.Implied.Source.Sibling sibling) {
                Set<String> all = new HashSet<>(absent);
                all.addAll(node.absent);
                value = ImpliedFields.siblings(rule.field(), sibling, value, all);
            } else if (!absent.contains(rule.field().toString())
                    && !node.absent.contains(rule.field().toString())
                    && rule.field().get(value).isEmpty()) {
                Optional<JsonValue> implied = implied(node, container, rule.source(), value);
                if (implied.isPresent()) {
                    value = rule.field().put(value, implied.get());
                }
            }
        }
        return (JsonObject) value;
    }

    /** A record as others see it that are made of its fields. */
    private JsonObject own(Node node) {
        if (node.own == null) {
            Ledger.Entry entry = ledger.entry(node.address);
            node.own = own(node, "", entry, new HashSet<>(entry.absent()), ledger.knows(node.address));
        }
        return node.own;
    }

    private JsonValue owner(Node node, Placement place, JsonObject content) {
        JsonValue value = content;
        if (place.owner() instanceof Placement.Owner.ByField f
                && f.implied().isPresent()
                && f.implied().get().get(value).isEmpty()) {
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

    private Optional<JsonValue> implied(Node node, String container, Kind.Implied.Source rule, JsonValue value) {
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
                .or(() -> nodes.node(container)
                        .flatMap(c -> kinds.contains(c.kind.name()) ? Optional.of(c) : c.around(kinds)));
        return around.map(resolver::idOf).filter(id -> !id.isEmpty()).map(JsonString::new);
    }

    private static JsonValue facts(JsonValue value, Ledger.Entry entry) {
        JsonValue result = value;
        for (Map.Entry<String, JsonValue> fact : entry.facts().entrySet()) {
            if (fact.getKey().startsWith("/")) {
                result = Pointer.parse(fact.getKey()).put(result, fact.getValue());
            }
        }
        return result;
    }

    private JsonValue withId(Node node, JsonValue content) {
        Kind.Identity identity = node.kind.identity();
        return identity.instance() && identity.at().isPresent()
                ? identity.at().get().put(content, new JsonString(resolver.idOf(node)))
                : content;
    }

    /** What a row gets that no instance has seen yet. */
    private JsonValue fresh(Kind kind, JsonValue content) {
        JsonValue value = content;
        for (Map.Entry<String, String> e : kind.fresh().entrySet()) {
            Pointer at = Pointer.parse(e.getKey());
            JsonValue made = switch (e.getValue()) {
                case "time" -> FRESH_TIME;
                case "null" -> JsonNull.NULL;
                default ->
                    new JsonString(
                            e.getValue().startsWith("=") ? e.getValue().substring(1) : resolver.symbol(e.getValue()));
            };
            if (!e.getValue().startsWith("=") || at.get(value).isEmpty()) {
                value = at.put(value, made);
            }
        }
        return value;
    }

    /** Puts the members of a container's lists, maps and single places in. */
    private JsonObject fill(JsonObject content, String address) {
        JsonValue result = content;
        Satellites satellites = new Satellites(findings);
        for (Map.Entry<String, Members.Sequence> e : members.slots(address).entrySet()) {
            Pointer at = Pointer.parse(e.getKey());
            Members.Sequence sequence = e.getValue();
            result = switch (sequence.shape()) {
                case ONE -> one(result, at, sequence, address);
                case LIST -> list(result, at, sequence, address, satellites);
                case MAP -> map(result, at, sequence, address, satellites);
            };
        }
        result = satellites.putBack(result);
        for (Members.SamePlace same : members.samePlacesAt(address)) {
            Node target = selected.filter(s -> s.kind == same.target().kind && isLeft(same.target()))
                    .orElse(same.target());
            Optional<Ledger.Entry> override = target == same.target() ? same.override() : Optional.empty();
            result = same.at().putDeep(result, value(target, address, override));
        }
        return (JsonObject) result;
    }

    private JsonValue one(JsonValue content, Pointer at, Members.Sequence sequence, String address) {
        if (sequence.items().isEmpty() || sequence.items().get(0).node().isEmpty()) {
            return content;
        }
        Members.Member member = sequence.items().get(0);
        JsonValue value = value(member.node().get(), address, member.override());
        // The rest of the container's own object, or a member of it.
        return at.isSelf()
                ? JsonObject.builder()
                        .putAll((JsonObject) value)
                        .putAll((JsonObject) content)
                        .build()
                : at.putDeep(content, value);
    }

    private JsonValue list(
            JsonValue content, Pointer at, Members.Sequence sequence, String address, Satellites satellites) {
        List<JsonValue> raw = at.get(content)
                .filter(JsonArray.class::isInstance)
                .map(a -> ((JsonArray) a).items())
                .orElse(List.of());
        List<Optional<JsonValue>> values =
                Parallel.map(sequence.items(), m -> m.node().map(n -> value(n, address, m.override())));
        List<JsonValue> items = new ArrayList<>(values.size());
        int next = 0;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isPresent()) {
                Members.Member m = sequence.items().get(i);
                JsonValue own = satellites.part(m, at, values.get(i).get(), n -> key(n, m));
                items.add(sequence.wrapper().wrap(own));
            } else if (next < raw.size()) {
                items.add(raw.get(next++));
            }
        }
        items.addAll(raw.subList(next, raw.size()));
        return at.putDeep(content, JsonArray.of(items));
    }

    private JsonValue map(
            JsonValue content, Pointer at, Members.Sequence sequence, String address, Satellites satellites) {
        JsonObject raw = at.get(content)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElse(JsonObject.EMPTY);
        Map<String, JsonValue> items = new LinkedHashMap<>();
        for (Members.Member member : sequence.items()) {
            member.node().ifPresent(n -> {
                JsonValue value = value(n, address, member.override());
                items.put(key(n, member), satellites.part(member, at, value, x -> key(x, member)));
            });
        }
        raw.forEach(items::putIfAbsent);
        boolean byContent = sequence.items().stream()
                .anyMatch(m -> m.node().filter(n -> n.kind.writesKey()).isPresent());
        return at.putDeep(content, byContent ? MapOrder.of(items, members.written(address, at)) : JsonObject.of(items));
    }

    private String key(Node node, Members.Member member) {
        return member.override()
                .or(() -> Optional.of(ledger.entry(node.address)))
                .map(o -> o.facts().get("$key"))
                .flatMap(Values::text)
                .orElseGet(() -> resolver.idOf(node));
    }
}
