package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A container on the way back to a document, or the document itself: who stands in its lists. Working state of {@link Members}. */
final class Holder {
    /** A place in a list; without a node, an item that no kind fits. */
    record Member(Optional<Node> node, Optional<Ledger.Entry> override) {
        static final Member RAW = new Member(Optional.empty(), Optional.empty());

        static Member of(Node node) {
            return new Member(Optional.of(node), Optional.empty());
        }
    }

    /** A list, a map or a single place, with what stands in it. */
    record Sequence(Pointer at, Rec.Shape shape, Pointer wrapper, List<Member> items) {}

    /** A place whose record is equal to another one. */
    record SamePlace(Pointer at, Node target, Optional<Ledger.Entry> override) {}

    final String address;
    final String kind;
    /** Empty for the document. */
    final Optional<Node> node;

    final Ledger.Entry entry;
    final Set<Node> members = new LinkedHashSet<>();
    /** Records that its lists name, and how often. */
    final Map<Node, Integer> named = new LinkedHashMap<>();
    /** Records that its lists say it does not carry. */
    final Set<Node> leftOut = new LinkedHashSet<>();

    final List<SamePlace> same = new ArrayList<>();
    /** By pointer; known at the end. */
    Map<String, Sequence> sequences = Map.of();

    private final Map<String, List<Node>> resolved = new HashMap<>(4);

    Holder(String address, String kind, Optional<Node> node, Ledger.Entry entry) {
        this.address = address;
        this.kind = kind;
        this.node = node;
        this.entry = entry;
    }

    /** True when the ledger has never seen a list in it. */
    boolean isNew() {
        return entry.slots().isEmpty();
    }

    /** The records of the ledger's sequence, found once; null for an item that is none or is not there any more. */
    List<Node> resolve(String pointer, Ledger.Slot slot, NodeReader nodes) {
        List<Node> known = resolved.get(pointer);
        if (known == null) {
            known = new ArrayList<>(slot.tokens().size());
            for (Ledger.Token token : slot.tokens()) {
                known.add(token.isRaw() ? null : nodes.node(token.address()).orElse(null));
            }
            resolved.put(pointer, known);
        }
        return known;
    }

    /** Finds, of these, the sequences all of whose records have been read before. */
    void resolveAhead(NodeReader nodes) {
        for (Map.Entry<String, Ledger.Slot> slot : entry.slots().entrySet()) {
            List<Ledger.Token> tokens = slot.getValue().tokens();
            List<Node> known = new ArrayList<>(tokens.size());
            for (Ledger.Token token : tokens) {
                Optional<Node> found = token.isRaw() ? Optional.empty() : known(token.address(), nodes);
                if (found.isEmpty() && !token.isRaw()) {
                    break;
                }
                known.add(found.orElse(null));
            }
            if (known.size() == tokens.size()) {
                resolved.put(slot.getKey(), known);
            }
        }
    }

    private Optional<Node> known(String member, NodeReader nodes) {
        boolean inside = node.isPresent()
                && !node.get().isEmbedded()
                && member.length() > address.length()
                && member.charAt(address.length()) == '#'
                && member.startsWith(address);
        return inside ? node.get().inside(member) : nodes.known(member);
    }
}
