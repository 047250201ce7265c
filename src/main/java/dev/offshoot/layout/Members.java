package dev.offshoot.layout;

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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which records stand in which container: shared ones where the ledger has them, or else where something refers to them. In what order they
 * stand there is the affair of {@link Sequences}.
 */
final class Members {
    private final Layout layout;
    private final NodeReader nodes;
    private final Assembly assembly;
    private final Holder document;
    private final JsonValue envelope;
    private final Selection selection;

    /** Containers in the order they were reached. */
    private final Set<Holder> holders = new LinkedHashSet<>();

    /** Those whose lists name records, in the order they were reached. */
    private final Set<Holder> naming = new LinkedHashSet<>();

    private final Map<Node, Set<String>> references = new LinkedHashMap<>();
    private final Links links;
    private final ContentIds ids;
    private final Set<String> missing;
    private final Map<String, List<Node>> byId = new HashMap<>();
    private final Deque<Node> queue = new ArrayDeque<>();
    private final Map<Kind, Integer> places = new HashMap<>();

    /** Folders of their own among the document's members. */
    private int takingPlaces;

    Members(
            Layout layout,
            NodeReader nodes,
            Assembly assembly,
            Holder document,
            JsonValue envelope,
            Selection selection) {
        this.layout = layout;
        this.nodes = nodes;
        this.assembly = assembly;
        this.document = document;
        this.envelope = envelope;
        this.selection = selection;
        this.links = new Links(layout);
        this.ids = new ContentIds(layout, assembly.source(), nodes);
        this.missing = document.entry.missing();
    }

    void collect(List<Node> mains) {
        findNamed(document, envelope, () -> new Scope(layout.root().value(), document.address, List.of()));
        hold(document);
        mains.forEach(m -> join(document, m));
        drain();
        for (Holder holder : List.copyOf(naming)) {
            List.copyOf(holder.named.keySet()).forEach(n -> join(holder, n));
        }
        drain();
        refer(mains);
        carry();
        Sequences sequences = new Sequences(layout, nodes, envelope, selection);
        // Order files beside definitions are read here, as this thread alone reads what was not prepared.
        holders.forEach(holder -> holder.members.forEach(nodes::readOrder));
        Parallel.forEach(List.copyOf(holders), holder -> holder.sequences = sequences.of(holder));
    }

    private void drain() {
        while (!queue.isEmpty()) {
            visit(queue.remove());
        }
    }

    /** Makes a container known: its ledger may name members that stand elsewhere in the tree. */
    private void hold(Holder holder) {
        holders.add(holder);
        Node definition = holder.node.map(Node::definition).orElse(null);
        holder.entry.slots().forEach((pointer, slot) -> {
            for (Node node : holder.resolve(pointer, slot, nodes)) {
                // What has a content id is in because the files say so.
                if (node != null
                        && node.definition() != definition
                        && (node.kind.identity().instance() || !layout.isByContent())
                        && node.kind.isIn(holder.kind)
                        && !assembly.isLeft(node)) {
                    joinShared(holder, node);
                }
            }
        });
    }

    private void joinShared(Holder holder, Node node) {
        if (selection.version().isEmpty()
                || node.kind.is(Kind.Flag.MEMBER)
                || holder == document
                || node.isEmbedded()) {
            join(holder, node);
        }
    }

    private void join(Holder holder, Node node) {
        if (!assembly.isLeft(node) && holder.members.add(node)) {
            node.held = true;
            takingPlaces += holder == document && node.isFolder() && node.owner == null ? 1 : 0;
            boolean whole = node.owner == null || layout.isByContent() && !node.isEmbedded();
            if (whole && !node.visited) {
                node.visited = true;
                queue.add(node);
            }
        }
    }

    /** Gives every node of a definition its container and finds what it refers to outside. */
    private void visit(Node node) {
        if (!assembly.isLeft(node)) {
            assembly.decodeAhead(node);
            walk(node, references.computeIfAbsent(node.definition(), d -> new LinkedHashSet<>()));
        }
    }

    /** @param outside receives what the definition refers to outside */
    private void walk(Node node, Set<String> outside) {
        if (assembly.isLeft(node)) {
            return;
        }
        node.visited = true;
        findSame(node);
        JsonObject content = assembly.decode(node, outside);
        links.each(node.kind, content, (rule, id) -> outside.addAll(linked(rule, id)));
        if (!layout.slotsOf(node.kind.name()).isEmpty()) {
            findNamed(node.holder(), node.content, () -> node.scope(layout));
            hold(node.holder());
        }
        if (node.owner != null) {
            Optional<Node> container = node.around(node.kind.containers());
            if (container.isPresent() || node.kind.isIn(Layout.DOCUMENT)) {
                join(container.map(Node::holder).orElse(document), node);
            }
        }
        node.children.forEach(child -> walk(child, outside));
    }

    /** Addresses of what a rule carries for an id; read once for each id. */
    private List<String> linked(Kind.Ref rule, String id) {
        if (missing.contains(id)) {
            return List.of();
        }
        return byId.computeIfAbsent(id, ids::find).stream()
                .filter(n -> Links.carries(rule, n.kind, n.content))
                .map(n -> n.address)
                .toList();
    }

    private void findNamed(Holder holder, JsonValue content, Supplier<Scope> scope) {
        ListNames.targets(layout, holder.kind, content).forEach((target, times) -> {
            boolean out = target.startsWith(LeftOut.MARK);
            scope.get()
                    .read(out ? target.substring(LeftOut.MARK.length()) : target)
                    .flatMap(nodes::node)
                    .ifPresent(n -> {
                        if (out) {
                            holder.leftOut.add(n);
                        } else {
                            holder.named.put(n, times);
                            naming.add(holder);
                        }
                    });
        });
    }

    /** Finds the places of a record that say which other one they are equal to. */
    void findSame(Node node) {
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
                        .ifPresent(target -> node.holder()
                                .same
                                .add(new Holder.SamePlace(slot.at(), target, override(node.entry, slot.at()))));
            }
        }
    }

    private static Optional<Ledger.Entry> override(Ledger.Entry entry, Pointer at) {
        Ledger.Slot slot = entry.slots().get(at.toString());
        return slot == null || slot.tokens().isEmpty()
                ? Optional.empty()
                : slot.tokens().get(0).override();
    }

    /** Adds shared records that nothing holds yet and something refers to; those the exporter left out on purpose stay out. */
    private void refer(List<Node> mains) {
        Set<String> omitted = document.entry.omitted();
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
                    if (wanted) {
                        more |= carry(e.getKey(), shared.get(), mains);
                    }
                }
            }
            drain();
        }
    }

    /** Puts a shared record where it belongs, when nothing holds it. */
    private boolean carry(Node from, Node shared, List<Node> mains) {
        Optional<Holder> found = holderFor(from, shared, mains);
        if (found.isEmpty()) {
            return false;
        }
        Holder holder = found.get();
        // A definition that no ledger knows carries all it refers to, whoever else does.
        boolean own = holder == from.holder() && holder.isNew();
        boolean held = own ? holder.members.contains(shared) : shared.held;
        if (held || holder.leftOut.contains(shared) || isIn(holder, shared)) {
            return false;
        }
        join(holder, shared);
        return holder.members.contains(shared);
    }

    /** True when the holder is the record itself or stands somewhere in it: nothing can hold what it is part of. */
    private static boolean isIn(Holder holder, Node record) {
        Set<Holder> seen = new HashSet<>();
        Deque<Holder> inner = new ArrayDeque<>(List.of(record.holder()));
        while (!inner.isEmpty()) {
            Holder at = inner.remove();
            if (at == holder) {
                return true;
            }
            if (seen.add(at)) {
                at.members.stream().filter(n -> n.owner == null).forEach(n -> inner.add(n.holder()));
            }
        }
        return false;
    }

    /** An envelope may have a place of its own for the record: those that nobody takes. */
    private boolean hasOpenPlace(Node shared) {
        return places.computeIfAbsent(shared.kind, this::places) > takingPlaces;
    }

    private int places(Kind kind) {
        Set<String> found = new HashSet<>();
        for (Kind.Slot slot : kind.slotsIn(Layout.DOCUMENT)) {
            if (!slot.isMany() && !slot.at().isSelf() && !slot.at().parent().isSelf()) {
                found.addAll(slot.at().parent().expand(envelope));
            }
        }
        return found.size();
    }

    private Optional<Holder> holderFor(Node from, Node shared, List<Node> mains) {
        if (hasOpenPlace(shared) || document.members.contains(shared)) {
            return Optional.of(document);
        }
        if (shared.kind.isIn(from.kind.name())) {
            return Optional.of(from.holder());
        }
        for (Node main : mains) {
            if (shared.kind.isIn(main.kind.name()) && main != shared) {
                return Optional.of(main.holder());
            }
        }
        return shared.kind.isIn(Layout.DOCUMENT) ? Optional.of(document) : Optional.empty();
    }

    /** Adds what every container of its kind carries, and records inside shared ones. */
    private void carry() {
        for (Layout.Owned shared : layout.shared()) {
            if (shared.kind().is(Kind.Flag.MEMBER)) {
                for (String address : assembly.addresses(shared)) {
                    nodes.node(address)
                            .ifPresent(n -> List.copyOf(holders).stream()
                                    .filter(h -> h != document && n.kind.isIn(h.kind) && (h.isNew() || !n.known))
                                    .forEach(h -> join(h, n)));
                }
            }
        }
        drain();
        for (Holder holder : holders) {
            if (holder != document) {
                for (Node member : foreign(holder)) {
                    inside(member)
                            .filter(n -> n.kind.isIn(holder.kind)
                                    && n.around(n.kind.containers()).isEmpty()
                                    && (holder.isNew() || !n.known))
                            .forEach(n -> join(holder, n));
                }
            }
        }
        if (selection.version().isPresent()) {
            holders.forEach(holder -> holder.members.removeIf(n -> n.isEmbedded()
                    && n.definition().owner == null
                    && isForeign(holder, n)
                    && !holder.members.contains(n.definition())));
        }
    }

    /** The members that are of another definition. */
    private static List<Node> foreign(Holder holder) {
        List<Node> found = List.of();
        for (Node member : holder.members) {
            if (isForeign(holder, member)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(member);
            }
        }
        return found;
    }

    private static boolean isForeign(Holder holder, Node n) {
        return holder.node.map(h -> h.definition() != n.definition()).orElse(false);
    }

    private static Stream<Node> inside(Node node) {
        return node.children.stream().flatMap(c -> Stream.concat(Stream.of(c), inside(c)));
    }
}
