package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In what order the members of a container stand in which of its lists: as the ledger says for those it knows, by order fields and path for new ones. */
final class Sequences {
    private final Layout layout;
    private final NodeReader nodes;
    private final JsonValue envelope;
    private final Selection selection;

    Sequences(Layout layout, NodeReader nodes, JsonValue envelope, Selection selection) {
        this.layout = layout;
        this.nodes = nodes;
        this.envelope = envelope;
        this.selection = selection;
    }

    /** By pointer, in the order they are to be put in. */
    Map<String, Holder.Sequence> of(Holder holder) {
        Map<String, Holder.Sequence> found = new LinkedHashMap<>();
        Set<Node> rest = known(holder, found);
        if (!rest.isEmpty()) {
            fresh(holder, rest, found);
        }
        found.replaceAll((pointer, sequence) -> OrderFiles.inOrder(sequence, nodes));
        for (Map.Entry<Kind.Slot, List<Kind>> e : layout.slotsOf(holder.kind).entrySet()) {
            Kind.Slot slot = e.getKey();
            if (slot.isMany()
                    && slot.at().parent().isLiteral()
                    && e.getValue().stream().anyMatch(k -> k.is(Kind.Flag.ALWAYS))) {
                Pointer at = slot.at().parent();
                found.putIfAbsent(at.toString(), new Holder.Sequence(at, Rec.Shape.LIST, slot.wrapper(), List.of()));
            }
        }
        return found;
    }

    /** The members that the ledger has a place for; returns the others. */
    private Set<Node> known(Holder holder, Map<String, Holder.Sequence> found) {
        Set<Node> rest = new LinkedHashSet<>(holder.members);
        Set<String> samePlaces = new HashSet<>();
        holder.same.forEach(s -> samePlaces.add(s.at().toString()));
        holder.entry.slots().forEach((pointer, slot) -> {
            if (samePlaces.contains(pointer)) {
                return;
            }
            List<Node> targets = holder.resolve(pointer, slot, nodes);
            List<Holder.Member> items = new ArrayList<>(targets.size());
            for (int i = 0; i < targets.size(); i++) {
                Ledger.Token token = slot.tokens().get(i);
                Node node = targets.get(i);
                if (token.isRaw()) {
                    items.add(Holder.Member.RAW);
                } else if (node != null && holder.members.contains(node)) {
                    items.add(new Holder.Member(Optional.of(node), token.override()));
                    rest.remove(node);
                }
            }
            boolean gone = items.isEmpty() && (slot.shape() == Rec.Shape.ONE || isExcluded(slot, targets));
            if (!gone) {
                found.put(pointer, sequence(holder.kind, pointer, slot.shape(), items));
            }
        });
        return rest;
    }

    private Holder.Sequence sequence(String holderKind, String pointer, Rec.Shape shape, List<Holder.Member> items) {
        for (Kind.Slot slot : layout.slotsOf(holderKind).keySet()) {
            if (slot.isMany() && slot.at().parent().toString().equals(pointer)) {
                return new Holder.Sequence(slot.at().parent(), shape, slot.wrapper(), items);
            }
        }
        return new Holder.Sequence(Pointer.parse(pointer), shape, Pointer.SELF, items);
    }

    private void fresh(Holder holder, Set<Node> rest, Map<String, Holder.Sequence> found) {
        Map<Kind, List<Node>> fresh = new LinkedHashMap<>();
        rest.forEach(n -> fresh.computeIfAbsent(n.kind, k -> new ArrayList<>()).add(n));
        JsonValue content = holder.node.map(n -> (JsonValue) n.content).orElse(envelope);
        fresh.values().forEach(list -> {
            list.sort(Sequences::byOrder);
            for (Node node : list) {
                int times = holder.named.getOrDefault(node, 1);
                for (int i = 0; i < times; i++) {
                    place(node, holder.kind, content, found);
                }
            }
        });
    }

    /** A list all of whose records were left out on purpose says nothing, not that it is empty. */
    private boolean isExcluded(Ledger.Slot slot, List<Node> targets) {
        return !selection.without().isEmpty()
                && slot.tokens().stream().noneMatch(Ledger.Token::isRaw)
                && targets.stream().allMatch(n -> n != null && isLeft(n));
    }

    private boolean isLeft(Node node) {
        return node.left || selection.without().contains(node.kind.name());
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
    private static void place(Node node, String holderKind, JsonValue content, Map<String, Holder.Sequence> found) {
        boolean named = node.key.isPresent() && !node.kind.writesKey();
        for (Kind.Slot slot : node.kind.slotsIn(holderKind)) {
            if (slot.at().isSelf() && !named) {
                found.put("", one("", node));
                return;
            }
            if (slot.at().endsWithAny() && named) {
                String pointer = slot.at().parent() + "/" + Pointer.escape(Symbols.plain(node.key.get()));
                found.put(pointer, one(pointer, node));
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
                    found.computeIfAbsent(
                                    place,
                                    p -> new Holder.Sequence(
                                            Pointer.parse(p), shape, slot.wrapper(), new ArrayList<>()))
                            .items()
                            .add(Holder.Member.of(node));
                    return;
                }
                String pointer = place + "/" + Pointer.escape(slot.at().last());
                if (!found.containsKey(pointer)) {
                    found.put(pointer, one(pointer, node));
                    return;
                }
            }
        }
    }

    private static Holder.Sequence one(String pointer, Node node) {
        return new Holder.Sequence(
                Pointer.parse(pointer), Rec.Shape.ONE, Pointer.SELF, List.of(Holder.Member.of(node)));
    }
}
