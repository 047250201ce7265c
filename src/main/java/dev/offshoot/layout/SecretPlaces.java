package dev.offshoot.layout;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, for the secrets of a document, the places in files that they would have had. One in a list without names, or in a part with a file of
 * its own, has none that stays: it is withheld and no more.
 */
final class SecretPlaces {
    private final Set<String> withheld;
    private final Map<String, Rec> byPointer = new HashMap<>();
    private final Map<String, JsonValue> values = new HashMap<>();
    private final List<SecretAt> all = new ArrayList<>();

    private SecretPlaces(List<String> withheld) {
        this.withheld = new HashSet<>(withheld);
    }

    static List<SecretAt> of(Layout layout, JsonObject document, List<Rec> records, List<String> withheld) {
        if (withheld.isEmpty()) {
            return List.of();
        }
        SecretPlaces places = new SecretPlaces(withheld);
        for (Rec r : records) {
            for (Vaulted rule : r.kind.vault()) {
                rule.place().at().each(r.original, (pointer, value) -> places.add(r, pointer, value));
            }
        }
        if (!layout.whole().vault().isEmpty()) {
            records.forEach(r -> places.byPointer.put(r.pointer(), r)); // the innermost of one place comes last
            for (Vaulted rule : layout.whole().vault()) {
                rule.place().at().each(document, places::outermost);
            }
        }
        return places.all;
    }

    /** Of the document as a whole: the place is that of the innermost record around it. */
    private void outermost(String pointer, JsonValue value) {
        for (int slash = pointer.lastIndexOf('/'); slash >= 0; slash = pointer.lastIndexOf('/', slash - 1)) {
            Rec r = byPointer.get(pointer.substring(0, slash));
            if (r != null) {
                add(r, pointer.substring(slash), value);
                return;
            }
            if (slash == 0) {
                return;
            }
        }
    }

    private void add(Rec r, String pointer, JsonValue value) {
        String where = r.pointer() + pointer;
        if (value instanceof JsonNull || !withheld.contains(where)) {
            return;
        }
        inBase(r, Pointer.parse(pointer))
                .filter(at -> !isApart(r, at))
                .flatMap(at -> inFile(r, at.toString()))
                .ifPresent(inFile -> {
                    SecretAt place = new SecretAt(where, TreePath.of(r.host().address), inFile);
                    // Of two records in one file that do not say the same, the first one's is kept.
                    if (value.equals(values.computeIfAbsent(place.address() + " " + inFile, k -> value))) {
                        all.add(place);
                    }
                });
    }

    /** What stands in another half stands in the base as well, or nowhere. */
    private static Optional<Pointer> inBase(Rec r, Pointer at) {
        Halves halves = r.kind.anatomy().halves();
        if (halves.isNone() || at.first().equals(halves.base().member())) {
            return Optional.of(at);
        }
        Pointer base = new Pointer(at.steps().subList(1, at.steps().size()))
                .in(halves.base().at());
        return halves.others().stream().anyMatch(h -> h.member().equals(at.first())) && base.isIn(r.original)
                ? Optional.of(base)
                : Optional.empty();
    }

    private static Optional<String> inFile(Rec r, String pointer) {
        String path = pointer;
        for (Rec at = r; ; at = at.owner) {
            if (at.sameAs != null || at.isSilent() || at.address.isEmpty() || at.isEntry()) {
                return Optional.empty();
            }
            if (!at.isEmbedded()) {
                return Optional.of(path);
            }
            Placement.Target.Embed embed = (Placement.Target.Embed) at.target;
            if (embed.by().isEmpty()) {
                return Optional.empty();
            }
            String key = at.address.substring(at.address.lastIndexOf('/') + 1);
            path = "/" + Pointer.escape(embed.key()) + "/" + Pointer.escape(key) + path;
        }
    }

    /** True for what is written elsewhere than in the record's own file, or stands in several halves and differs there. */
    private boolean isApart(Rec r, Pointer at) {
        boolean inPart = r.kind.facets().stream().anyMatch(f -> isWithin(at, f.at()))
                || r.kind.anatomy().outer().derived().stream().anyMatch(d -> isWithin(at, d));
        if (inPart || r.kind.anatomy().halves().isNone()) {
            return inPart;
        }
        Halves halves = r.kind.anatomy().halves();
        Optional<JsonValue> value = at.get(r.original);
        Pointer inner = new Pointer(at.steps().subList(1, at.steps().size()));
        return r.kind.anatomy().half().derived().stream().anyMatch(d -> isWithin(inner, d))
                || halves.others().stream()
                        .filter(h -> h.at().isIn(r.original))
                        .anyMatch(h -> !inner.in(h.at()).get(r.original).equals(value));
    }

    private static boolean isWithin(Pointer inner, Pointer outer) {
        List<String> steps = outer.steps();
        return inner.steps().size() >= steps.size()
                && inner.steps().subList(0, steps.size()).equals(steps);
    }
}
