package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which records stand in which list of which container, and in what order: as the ledger says for those it knows, by order fields and path
 * for new ones. Shared records are members where the ledger has them, or else where something refers to them.
 */
final class Members {
    record Member(Optional<Node> node, Optional<Ledger.Entry> override) {}

    record Sequence(Rec.Shape shape, Pointer wrapper, List<Member> items) {}

    /** A place whose record is equal to another one. */
    record SamePlace(Pointer at, Node target, Optional<Ledger.Entry> override) {}

    private final Layout layout;
    private final Ledger ledger;
    private final NodeReader nodes;
    private final Assembly assembly;
    private final String documentAddress;
    private final JsonValue envelope;
    private final Selection selection;

    private final Map<String, Map<String, Sequence>> slots = new HashMap<>();
    private final Map<String, List<SamePlace>> same = new HashMap<>();
    /** Holders (containers) in the order they were reached; the document has no node. */
    private final Map<String, Optional<Node>> holders = new LinkedHashMap<>();
    /** Nodes by the holder they are members of. */
    private final Map<String, Set<Node>> membership = new HashMap<>();

    private final Set<String> visited = new HashSet<>();
    private final Set<String> somewhere = new HashSet<>();
    private final Map<Node, Set<String>> references = new LinkedHashMap<>();
    /** Records that a container's list names, and how often. */
    private final Map<String, Map<Node, Integer>> named = new LinkedHashMap<>();

    private final Map<String, Set<Node>> leftOut = new LinkedHashMap<>();
    private final Links links;
    private final ContentIds ids;
    private final Map<String, List<Node>> byId = new HashMap<>();
    private final Deque<Node> queue = new ArrayDeque<>();

    Members(
            Layout layout,
            Ledger ledger,
            NodeReader nodes,
            Assembly assembly,
            String documentAddress,
            JsonValue envelope,
            Selection selection) {
        this.layout = layout;
        this.ledger = ledger;
        this.nodes = nodes;
        this.assembly = assembly;
        this.documentAddress = documentAddress;
        this.envelope = envelope;
        this.selection = selection;
        this.links = new Links(layout);
        this.ids = new ContentIds(layout, assembly.source(), nodes);
    }

    void collect(List<Node> mains) {
        findNamed(
                documentAddress,
                Layout.DOCUMENT,
                envelope,
                new Scope(layout.root().value(), documentAddress, List.of()));
        hold(documentAddress, Optional.empty());
        mains.forEach(m -> join(documentAddress, m));
        drain();
        new LinkedHashMap<>(named)
                .forEach((holder, all) -> List.copyOf(all.keySet()).forEach(n -> join(holder, n)));
        drain();
        refer(mains);
        carry();
        holders.forEach((address, node) -> slots.put(address, sequences(address, node)));
    }

    private void drain() {
        while (!queue.isEmpty()) {
            visit(queue.remove());
        }
    }

    /** Makes a container known: its ledger may name members that stand elsewhere in the tree. */
    private void hold(String address, Optional<Node> node) {
        holders.put(address, node);
        String kind = node.map(n -> n.kind.name()).orElse(Layout.DOCUMENT);
        ledger.entry(address)
                .slots()
                .values()
                .forEach(slot -> slot.tokens().forEach(token -> {
                    if (!token.isRaw()) {
                        nodes.node(token.address())
                                // What has a content id is in because the files say so.
                                .filter(n -> n.kind.identity().instance() || !layout.isByContent())
                                .filter(n -> n.kind.isIn(kind) && !assembly.isLeft(n))
                                .filter(n -> n.definition()
                                        != node.map(Node::definition).orElse(null))
                                .ifPresent(n -> joinShared(address, n));
                    }
                }));
    }

    private void joinShared(String holder, Node node) {
        if (selection.version().isEmpty()
                || node.kind.is(Kind.Flag.MEMBER)
                || holder.equals(documentAddress)
                || node.isEmbedded()) {
            join(holder, node);
        }
    }

    private void join(String holder, Node node) {
        if (!assembly.isLeft(node)
                && membership
                        .computeIfAbsent(holder, h -> new LinkedHashSet<>())
                        .add(node)) {
            somewhere.add(node.address);
            boolean whole = node.owner == null || layout.isByContent() && !node.isEmbedded();
            if (whole && visited.add(node.address)) {
                queue.add(node);
            }
        }
    }

    /** Gives every node of a definition its container and finds what it refers to outside. */
    private void visit(Node node) {
        walk(node.definition(), node);
    }

    private void walk(Node definition, Node node) {
        if (assembly.isLeft(node)) {
            return;
        }
        visited.add(node.address);
        findSame(node);
        Set<String> outside = references.computeIfAbsent(definition, d -> new LinkedHashSet<>());
        JsonObject content = assembly.decode(node, outside);
        links.each(node.kind, content, (rule, id) -> outside.addAll(linked(rule, id)));
        boolean container = !layout.slotsOf(node.kind.name()).isEmpty();
        if (container) {
            findNamed(node.address, node.kind.name(), node.content, node.scope(layout));
            hold(node.address, Optional.of(node));
        }
        if (node.owner != null) {
            Optional<Node> holder = node.around(node.kind.containers());
            if (holder.isPresent() || node.kind.isIn(Layout.DOCUMENT)) {
                join(holder.map(h -> h.address).orElse(documentAddress), node);
            }
        }
        node.children.forEach(child -> walk(definition, child));
    }

    /** Addresses of what a rule carries for an id; read once for each id. */
    private List<String> linked(Kind.Ref rule, String id) {
        return byId.computeIfAbsent(id, ids::find).stream()
                .filter(n -> Links.carries(rule, n.kind, n.content))
                .map(n -> n.address)
                .toList();
    }

    private void findNamed(String holder, String kind, JsonValue content, Scope scope) {
        ListNames.targets(layout, kind, content).forEach((target, times) -> {
            boolean out = target.startsWith(LeftOut.MARK);
            scope.read(out ? target.substring(LeftOut.MARK.length()) : target)
                    .flatMap(nodes::node)
                    .ifPresent(n -> {
                        if (out) {
                            leftOut.computeIfAbsent(holder, h -> new LinkedHashSet<>())
                                    .add(n);
                        } else {
                            named.computeIfAbsent(holder, h -> new LinkedHashMap<>())
                                    .put(n, times);
                        }
                    });
        });
    }

    private void findSame(Node node) {
        for (Kind kind : layout.samesIn(node.kind.name())) {
            for (Kind.Slot slot : kind.slotsIn(node.kind.name())) {
                Optional<String> marker = slot.at()
                        .get(node.content)
                        .filter(JsonString.class::isInstance)
                        .flatMap(Values::text)
                        .filter(ListNames::isReference);
                marker.flatMap(m -> node.scope(layout).read(ListNames.target(m)))
                        .flatMap(nodes::node)
                        .filter(n -> n.kind.name().equals(kind.sameAs().get()))
                        .ifPresent(target -> same.computeIfAbsent(node.address, a -> new ArrayList<>())
                                .add(new SamePlace(slot.at(), target, override(node.address, slot.at()))));
            }
        }
    }

    private Optional<Ledger.Entry> override(String holder, Pointer at) {
        Ledger.Slot slot = ledger.entry(holder).slots().get(at.toString());
        return slot == null || slot.tokens().isEmpty()
                ? Optional.empty()
                : slot.tokens().get(0).override();
    }

    /** Adds shared records that nothing holds yet and something refers to; those the exporter left out on purpose stay out. */
    private void refer(List<Node> mains) {
        Set<String> omitted = new HashSet<>();
        if (ledger.entry(documentAddress).facts().get(Ledger.OMITTED) instanceof JsonArray list) {
            list.forEach(v -> Values.text(v).ifPresent(omitted::add));
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<Node, Set<String>> e : new LinkedHashMap<>(references).entrySet()) {
                for (String address : List.copyOf(e.getValue())) {
                    Optional<Node> shared = nodes.node(address);
                    boolean wanted = shared.isPresent()
                            && (!omitted.contains(address)
                                    || selection
                                            .with()
                                            .contains(shared.get().kind.name()));
                    if (!wanted) {
                        continue;
                    }
                    Optional<String> holder = holderFor(e.getKey(), shared.get(), mains);
                    // A definition that no ledger knows carries all it refers to, whoever else does.
                    boolean own = holder.equals(Optional.of(e.getKey().address))
                            && ledger.entry(e.getKey().address).slots().isEmpty();
                    boolean held = own ? isMember(e.getKey().address, shared.get()) : somewhere.contains(address);
                    boolean out = holder.isPresent()
                            && leftOut.getOrDefault(holder.get(), Set.of()).contains(shared.get());
                    if (holder.isPresent() && !held && !out && !isIn(holder.get(), shared.get())) {
                        join(holder.get(), shared.get());
                        more |= isMember(holder.get(), shared.get());
                    }
                }
            }
            drain();
        }
    }

    /** True when the holder is the record itself or stands somewhere in it: nothing can hold what it is part of. */
    private boolean isIn(String holder, Node record) {
        Set<String> seen = new HashSet<>();
        Deque<String> inner = new ArrayDeque<>(List.of(record.address));
        while (!inner.isEmpty()) {
            String at = inner.remove();
            if (at.equals(holder)) {
                return true;
            }
            if (seen.add(at)) {
                membership.getOrDefault(at, Set.of()).stream()
                        .filter(n -> n.owner == null)
                        .forEach(n -> inner.add(n.address));
            }
        }
        return false;
    }

    private boolean isMember(String holder, Node node) {
        return membership.getOrDefault(holder, Set.of()).contains(node);
    }

    /** An envelope may have a place of its own for the record: those that nobody takes. */
    private boolean hasOpenPlace(Node shared) {
        Set<String> places = new HashSet<>();
        for (Kind.Slot slot : shared.kind.slotsIn(Layout.DOCUMENT)) {
            if (!slot.isMany() && !slot.at().isSelf() && !slot.at().parent().isSelf()) {
                places.addAll(slot.at().parent().expand(envelope));
            }
        }
        return places.size()
                > membership.getOrDefault(documentAddress, Set.of()).stream()
                        .filter(n -> n.isFolder() && n.owner == null)
                        .count();
    }

    private Optional<String> holderFor(Node from, Node shared, List<Node> mains) {
        if (hasOpenPlace(shared) || isMember(documentAddress, shared)) {
            return Optional.of(documentAddress);
        }
        if (shared.kind.isIn(from.kind.name())) {
            return Optional.of(from.address);
        }
        for (Node main : mains) {
            if (shared.kind.isIn(main.kind.name()) && main != shared) {
                return Optional.of(main.address);
            }
        }
        return shared.kind.isIn(Layout.DOCUMENT) ? Optional.of(documentAddress) : Optional.empty();
    }

    /** Adds what every container of its kind carries, and records inside shared ones. */
    private void carry() {
        for (Layout.Owned shared : layout.shared()) {
            if (shared.kind().is(Kind.Flag.MEMBER)) {
                for (String address : assembly.addresses(shared)) {
                    nodes.node(address)
                            .ifPresent(n -> List.copyOf(holders.values())
                                    .forEach(h -> h.ifPresent(holder -> {
                                        boolean unknown = ledger.entry(holder.address)
                                                        .slots()
                                                        .isEmpty()
                                                || !ledger.knows(address);
                                        if (n.kind.isIn(holder.kind.name()) && unknown) {
                                            join(holder.address, n);
                                        }
                                    })));
                }
            }
        }
        drain();
        holders.forEach((address, holder) -> holder.ifPresent(h -> {
            boolean unknown = ledger.entry(address).slots().isEmpty();
            for (Node member : List.copyOf(membership.getOrDefault(address, Set.of()))) {
                if (member.definition() != h.definition()) {
                    inside(member)
                            .filter(n -> n.kind.isIn(h.kind.name())
                                    && n.around(n.kind.containers()).isEmpty()
                                    && (unknown || !ledger.knows(n.address)))
                            .forEach(n -> join(address, n));
                }
            }
        }));
        if (selection.version().isPresent()) {
            membership.forEach((holder, all) -> all.removeIf(n -> n.isEmbedded()
                    && n.definition().owner == null
                    && isForeign(holder, n)
                    && !all.contains(n.definition())));
        }
    }

    private boolean isForeign(String holder, Node n) {
        return holders.get(holder).map(h -> h.definition() != n.definition()).orElse(false);
    }

    private static java.util.stream.Stream<Node> inside(Node node) {
        return node.children.stream()
                .flatMap(c -> java.util.stream.Stream.concat(java.util.stream.Stream.of(c), inside(c)));
    }

    private Map<String, Sequence> sequences(String address, Optional<Node> holder) {
        String kind = holder.map(n -> n.kind.name()).orElse(Layout.DOCUMENT);
        Set<Node> rest = new LinkedHashSet<>(membership.getOrDefault(address, Set.of()));
        Set<String> samePlaces = new HashSet<>();
        same.getOrDefault(address, List.of()).forEach(s -> samePlaces.add(s.at().toString()));
        Map<String, Sequence> found = new LinkedHashMap<>();
        ledger.entry(address).slots().forEach((pointer, slot) -> {
            if (samePlaces.contains(pointer)) {
                return;
            }
            List<Member> items = new ArrayList<>();
            for (Ledger.Token token : slot.tokens()) {
                if (token.isRaw()) {
                    items.add(new Member(Optional.empty(), Optional.empty()));
                    continue;
                }
                nodes.node(token.address())
                        .filter(n -> membership.getOrDefault(address, Set.of()).contains(n))
                        .ifPresent(n -> {
                            items.add(new Member(Optional.of(n), token.override()));
                            rest.remove(n);
                        });
            }
            boolean gone = items.isEmpty() && (slot.shape() == Rec.Shape.ONE || isExcluded(slot));
            if (!gone) {
                found.put(pointer, new Sequence(slot.shape(), wrapper(kind, pointer), items));
            }
        });
        Map<Kind, List<Node>> fresh = new LinkedHashMap<>();
        rest.forEach(n -> fresh.computeIfAbsent(n.kind, k -> new ArrayList<>()).add(n));
        JsonValue content = holder.map(n -> (JsonValue) n.content).orElse(envelope);
        fresh.values().forEach(list -> {
            list.sort(Members::byOrder);
            for (Node node : list) {
                int times = named.getOrDefault(address, Map.of()).getOrDefault(node, 1);
                for (int i = 0; i < times; i++) {
                    place(node, kind, content, found);
                }
            }
        });
        found.replaceAll((pointer, sequence) -> OrderFiles.inOrder(sequence, nodes));
        for (Map.Entry<Kind.Slot, List<Kind>> e : layout.slotsOf(kind).entrySet()) {
            if (e.getValue().stream().anyMatch(k -> k.is(Kind.Flag.ALWAYS))
                    && e.getKey().isMany()
                    && e.getKey().at().parent().isLiteral()) {
                found.putIfAbsent(
                        e.getKey().at().parent().toString(),
                        new Sequence(Rec.Shape.LIST, e.getKey().wrapper(), List.of()));
            }
        }
        return found;
    }

    /** A list all of whose records were left out on purpose says nothing, not that it is empty. */
    private boolean isExcluded(Ledger.Slot slot) {
        return !selection.without().isEmpty()
                && slot.tokens().stream()
                        .allMatch(t -> !t.isRaw()
                                && nodes.node(t.address())
                                        .filter(assembly::isLeft)
                                        .isPresent());
    }

    private Pointer wrapper(String holderKind, String pointer) {
        return layout.slotsOf(holderKind).keySet().stream()
                .filter(s -> s.isMany() && s.at().parent().toString().equals(pointer))
                .map(Kind.Slot::wrapper)
                .findFirst()
                .orElse(Pointer.SELF);
    }

    private static int byOrder(Node a, Node b) {
        for (Pointer p : a.kind.order()) {
            int c = Values.ORDER.compare(p.get(a.content), p.get(b.content));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    /** Puts a node the ledger does not know where its kind stands in this container. */
    private void place(Node node, String holderKind, JsonValue content, Map<String, Sequence> found) {
        for (Kind.Slot slot : node.kind.slotsIn(holderKind)) {
            boolean named = node.key.isPresent() && !node.kind.writesKey();
            if (slot.at().isSelf() && !named) {
                found.put("", one(node));
                return;
            }
            if (slot.at().endsWithAny() && named) {
                String member = Symbols.plain(node.key.get());
                found.put(slot.at().parent() + "/" + Pointer.escape(member), one(node));
                return;
            }
            if (slot.at().isSelf() || slot.at().endsWithAny()) {
                continue;
            }
            Pointer parent = slot.at().parent();
            List<String> places = parent.isLiteral() ? List.of(parent.toString()) : parent.expand(content);
            for (String place : places) {
                if (slot.isMany()) {
                    Rec.Shape shape = node.kind.identity().isKey() ? Rec.Shape.MAP : Rec.Shape.LIST;
                    Sequence sequence =
                            found.computeIfAbsent(place, p -> new Sequence(shape, slot.wrapper(), new ArrayList<>()));
                    sequence.items().add(new Member(Optional.of(node), Optional.empty()));
                    return;
                }
                String pointer = place + "/" + Pointer.escape(slot.at().last());
                if (!found.containsKey(pointer)) {
                    found.put(pointer, one(node));
                    return;
                }
            }
        }
    }

    private static Sequence one(Node node) {
        return new Sequence(Rec.Shape.ONE, Pointer.SELF, List.of(new Member(Optional.of(node), Optional.empty())));
    }

    /** Keys of a map as the document's own file has them. */
    List<String> written(String address, Pointer at) {
        return address.equals(documentAddress) && at.get(envelope).orElse(null) instanceof JsonObject map
                ? map.keys()
                : List.of();
    }

    Map<String, Sequence> slots(String address) {
        return slots.getOrDefault(address, Map.of());
    }

    Optional<Sequence> of(String address, String pointer) {
        return Optional.ofNullable(slots(address).get(pointer));
    }

    /** The members of a container. */
    Set<Node> in(String address) {
        return membership.getOrDefault(address, Set.of());
    }

    List<SamePlace> samePlaces(Node node) {
        return same.getOrDefault(node.address, List.of());
    }

    List<SamePlace> samePlacesAt(String address) {
        return same.getOrDefault(address, List.of());
    }
}
