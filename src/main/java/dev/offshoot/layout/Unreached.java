package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the files alone would lose of a document: records that nothing in it leads to, and second copies. They are named in their list, a
 * record with {@code n} copies {@code n} times.
 *
 * @param names what to name, by list
 * @param dangling content ids that lead to nothing in the document, with the names of the kinds that they may be of
 */
record Unreached(Map<Rec.SlotCut, List<Rec>> names, Map<String, Set<String>> dangling) {

    /**
     * @param everything true for a document of the whole platform folder: it holds whatever stands in there
     * @param referred addresses of the definitions that the references of each definition lead to
     */
    static Unreached of(Layout layout, List<Rec> records, boolean everything, Map<String, Set<String>> referred) {
        boolean byContent = layout.isByContent() && !everything;
        Reach reach = new Reach(layout, byContent ? records : List.of());
        if (byContent) {
            records.stream().filter(Unreached::isMain).forEach(reach::from);
        }
        Set<String> byAnyone = new HashSet<>();
        referred.values().forEach(byAnyone::addAll);
        Map<Rec, Integer> times = new LinkedHashMap<>();
        for (Rec r : records) {
            if (r.slot.shape == Rec.Shape.ONE) {
                continue;
            }
            if (r.duplicateOf != null && !r.isEmbedded() && r.duplicateOf.slot == r.slot) {
                times.merge(r.duplicateOf, 1, Integer::sum);
            } else if (!isCarried(
                            r,
                            reach,
                            r.container.isDocument() ? byAnyone : referred.getOrDefault(r.container.address, Set.of()))
                    && !(everything && r.container.isDocument())) {
                times.merge(r, 0, Integer::sum);
            }
        }
        Map<Rec.SlotCut, List<Rec>> names = new LinkedHashMap<>();
        times.forEach((r, more) -> {
            for (int i = 0; i <= more; i++) {
                names.computeIfAbsent(r.slot, s -> new ArrayList<>()).add(r);
            }
        });
        if (layout.isByContent() && !everything) {
            // What the document names is followed as well when it is put together.
            times.keySet().forEach(reach::from);
        }
        return new Unreached(names, reach.dangling());
    }

    /** Records that the mains of a document do not lead to, as JSON pointers. */
    static List<String> pointers(Layout layout, JsonObject document) {
        if (!layout.isByContent()) {
            return List.of();
        }
        List<Rec> records = Cutter.cut(layout, document).records();
        records.forEach(r -> Stripper.strip(r, new ArrayList<>()));
        Placer.place(layout, records, new ArrayList<>());
        Reach reach = new Reach(layout, records);
        records.stream().filter(Unreached::isMain).forEach(reach::from);
        return records.stream().filter(r -> !reach.has(r)).map(Rec::pointer).toList();
    }

    private static boolean isMain(Rec r) {
        return r.kind.is(Kind.Flag.MAIN) && r.container.isDocument();
    }

    private static boolean isCarried(Rec r, Reach reach, Set<String> referred) {
        return r.duplicateOf != null && r.container.isDocument()
                || r.owner != null
                || r.isEmbedded()
                || r.kind.is(Kind.Flag.MEMBER)
                || r.kind.is(Kind.Flag.MAIN)
                || referred.contains(r.address)
                || reach.has(r);
    }
}
