package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Last step of an explode: what the ledger remembers of the records. */
final class LedgerEntries {
    private LedgerEntries() {}

    /**
     * The ledger of a document.
     *
     * @param omitted shared records that the document refers to and does not hold
     * @param missing content ids that it refers to and has no record of
     * @param symbols instance-wide ids by symbol
     */
    static Ledger of(
            Rec document, List<Rec> written, Set<String> omitted, Set<String> missing, Map<String, String> symbols) {
        Map<String, Ledger.Entry> entries = new HashMap<>();
        List<Ledger.Entry> made = Parallel.map(written, LedgerEntries::entry);
        for (int i = 0; i < made.size(); i++) {
            Rec r = written.get(i);
            if (r.duplicateOf == null && isKept(r, made.get(i))) {
                entries.put(r.address, made.get(i));
            }
        }
        Map<String, JsonValue> facts = new LinkedHashMap<>(document.facts);
        list(Ledger.OMITTED, omitted, facts);
        list(Ledger.MISSING, missing, facts);
        entries.put(document.address, new Ledger.Entry(facts, List.of(), symbols, slots(document)));
        return new Ledger(entries);
    }

    private static void list(String name, Set<String> texts, Map<String, JsonValue> facts) {
        if (!texts.isEmpty()) {
            facts.put(
                    name,
                    JsonArray.of(texts.stream().sorted().map(JsonString::new).toList()));
        }
    }

    /** False for an entry that says nothing of a record that gets nothing when it is new. */
    static boolean isKept(Rec r, Ledger.Entry entry) {
        return !entry.isEmpty() || !r.kind.fresh().isEmpty();
    }

    /** What is remembered of one record. */
    static Ledger.Entry entry(Rec r) {
        return r.duplicateOf != null ? Ledger.Entry.NONE : new Ledger.Entry(r.facts, unwritten(r), Map.of(), slots(r));
    }

    /** Absences that the files do not tell; of a record without the id that its kind has, that too, or it would seem new and get one. */
    private static List<String> unwritten(Rec r) {
        boolean inLines = r.kind.anatomy().hasDerived() && r.definition().isFolder();
        List<String> absent = new ArrayList<>(inLines ? List.of() : r.absent);
        r.kind.identity()
                .at()
                .filter(at -> r.kind.identity().instance() && at.get(r.original).isEmpty())
                .ifPresent(at -> absent.add(at.toString()));
        return absent;
    }

    private static Map<String, Ledger.Slot> slots(Rec container) {
        Map<String, Ledger.Slot> slots = new LinkedHashMap<>();
        for (Rec.SlotCut cut : container.slots) {
            List<Ledger.Token> tokens =
                    cut.items.stream().map(LedgerEntries::token).toList();
            slots.put(cut.pointer, new Ledger.Slot(cut.shape, tokens));
        }
        return slots;
    }

    static Ledger.Token token(Object item) {
        if (!(item instanceof Rec r) || r.raw) {
            return Ledger.Token.RAW;
        }
        Rec target = r.sameAs != null ? r.sameAs : r.duplicateOf != null ? r.duplicateOf : r;
        // What equals another lacks what that one lacks.
        List<String> absent = r.sameAs != null ? target.absent : r.absent;
        boolean same = target == r || target.facts.equals(r.facts) && target.absent.equals(absent);
        return new Ledger.Token(
                target.address,
                same
                        ? Optional.empty()
                        : Optional.of(new Ledger.Entry(r.facts, List.copyOf(absent), Map.of(), Map.of())));
    }
}
