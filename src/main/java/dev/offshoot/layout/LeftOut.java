package dev.offshoot.layout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a definition refers to, it carries; where it does not although another part of the document does, its list says so:
 * {@code '@{-/datasources/billing}'}.
 */
final class LeftOut {
    static final String MARK = "-";

    private LeftOut() {}

    /** @param referred shared definitions that each definition refers to, by address */
    static void write(Rec document, List<Rec> records, Map<String, Set<String>> referred, Function<Rec, Scope> scopes) {
        Map<Rec, Set<String>> held = new HashMap<>();
        Map<String, Rec> shared = new TreeMap<>();
        for (Rec r : records) {
            if (!r.isSilent() && r.owner == null && !r.address.isEmpty()) {
                held.computeIfAbsent(r.container, c -> new TreeSet<>()).add(r.address);
                shared.putIfAbsent(r.address, r);
            }
        }
        Set<String> inDocument = held.getOrDefault(document, Set.of());
        for (Rec definition : records) {
            if (definition.isSilent() || definition.owner != null || definition.duplicateOf != null) {
                continue;
            }
            Set<String> own = held.getOrDefault(definition, Set.of());
            for (String address : new TreeSet<>(referred.getOrDefault(definition.address, Set.of()))) {
                Rec r = shared.get(address);
                if (r != null && r != definition && !own.contains(address) && !inDocument.contains(address)) {
                    list(r, definition).ifPresent(slot -> mark(definition, slot, r, scopes));
                }
            }
        }
    }

    private static void mark(Rec definition, Rec.SlotCut slot, Rec r, Function<Rec, Scope> scopes) {
        if (Pointer.parse(slot.pointer).get(definition.content).isEmpty()
                && definition.slots.stream().noneMatch(s -> s.pointer.equals(slot.pointer))) {
            definition.absent.add(slot.pointer);
        }
        definition.listing = true;
        String target = MARK + scopes.apply(definition).write(r.address);
        definition.content = ListNames.add(definition.content, slot, List.of(Map.entry(r.id, target)));
    }

    private static Optional<Rec.SlotCut> list(Rec r, Rec container) {
        return r.kind.slotsIn(container.kindName()).stream()
                .filter(s -> s.isMany() && s.at().parent().isLiteral())
                .map(s -> new Rec.SlotCut(container, s, s.at().parent().toString(), Rec.Shape.LIST))
                .findFirst();
    }
}
