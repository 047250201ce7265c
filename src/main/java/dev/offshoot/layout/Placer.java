package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonString;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Third step: chooses a placement for every record; the first that fits wins. What fits nowhere is embedded in its container under the
 * name of its list, and where even that is impossible stays in the list as it was.
 */
final class Placer {
    private final List<Rec> records;
    private final List<Problem> findings;
    /** Records that others look for by kind and id, by the container they stand in. */
    private final Map<Rec, Map<String, Map<String, Rec>>> byId = new HashMap<>();

    private final Map<Rec, Map<String, Rec>> byList = new HashMap<>();
    private final Set<Rec> done = new HashSet<>();
    private final Set<Rec> underway = new HashSet<>();
    private final Set<Key> keys = new HashSet<>();
    private final Map<Rec.SlotCut, Boolean> plain = new HashMap<>();
    private boolean leftOne;

    /** A key in the file of an owner. */
    private record Key(Rec owner, String key) {}

    private Placer(List<Rec> records, List<Problem> findings) {
        this.records = records;
        this.findings = findings;
    }

    static void place(Layout layout, List<Rec> records, List<Problem> findings) {
        Placer placer = new Placer(inOrder(layout, records), findings);
        placer.index(wanted(layout));
        do {
            placer.done.clear();
            placer.keys.clear();
            placer.plain.clear();
            placer.leftOne = false;
            placer.records.forEach(r -> {
                r.owner = null;
                r.placement = null;
                r.target = null;
                r.embedKey = "";
                r.embedRef = null;
            });
            placer.records.forEach(placer::place);
        } while (placer.leftOne);
        records.forEach(Rec::settle);
    }

    /** Kinds whose records others look for. */
    private static Set<String> wanted(Layout layout) {
        Set<String> kinds = new HashSet<>();
        for (Kind kind : layout.kinds().values()) {
            for (Placement place : kind.places()) {
                if (place.owner() instanceof Placement.Owner.ByField f) {
                    kinds.addAll(f.kinds());
                }
                if (place.target() instanceof Placement.Target.Embed e) {
                    e.by().flatMap(Placement.By::kind).ifPresent(kinds::add);
                }
            }
        }
        return kinds;
    }

    private void index(Set<String> wanted) {
        Map<String, Set<Pointer>> lists = new HashMap<>();
        for (Rec r : records) {
            if (!r.id.isEmpty() && wanted.contains(r.kindName()) && !r.isSilent()) {
                byId.computeIfAbsent(r.container, c -> new HashMap<>())
                        .computeIfAbsent(r.kindName(), k -> new HashMap<>())
                        .putIfAbsent(r.id, r);
            }
            for (Placement place : r.kind.places()) {
                if (place.owner() instanceof Placement.Owner.ByList l) {
                    l.kinds()
                            .forEach(k -> lists.computeIfAbsent(k, x -> new LinkedHashSet<>())
                                    .addAll(l.lists()));
                }
            }
        }
        for (Rec owner : records) {
            for (Pointer list : lists.getOrDefault(owner.kindName(), Set.of())) {
                list.each(owner.original, (at, value) -> {
                    if (value instanceof JsonArray ids) {
                        ids.forEach(id -> Values.text(id)
                                .ifPresent(text -> byList.computeIfAbsent(owner.container, c -> new HashMap<>())
                                        .putIfAbsent(owner.kindName() + " " + list + " " + text, owner)));
                    }
                });
            }
        }
    }

    /** Where ids are content, the order of rows decides nothing: of two owners of one record the first by id is taken. */
    private static List<Rec> inOrder(Layout layout, List<Rec> records) {
        if (!layout.isByContent()) {
            return records;
        }
        ContentKey content = new ContentKey(layout.ids(), Map.of());
        List<Rec> sorted = new ArrayList<>(records);
        sorted.sort((a, b) -> {
            int c = a.id.compareTo(b.id);
            return c != 0 ? c : content.of(a).compareTo(content.of(b));
        });
        return sorted;
    }

    /** The record of a kind with an id, looked up in the same container first and then outwards. */
    Optional<Rec> find(Rec from, String kind, String id) {
        for (Rec at = from.container; at != null; at = at.container) {
            Rec found =
                    byId.getOrDefault(at, Map.of()).getOrDefault(kind, Map.of()).get(id);
            if (found != null && found != from) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private void place(Rec record) {
        if (record.isSilent() || !done.add(record)) {
            return;
        }
        underway.add(record);
        for (Placement place : record.kind.places()) {
            if (fits(record, place)) {
                record.placement = place;
                underway.remove(record);
                return;
            }
        }
        fallback(record);
        underway.remove(record);
    }

    private boolean fits(Rec record, Placement place) {
        Optional<Rec> owner = owner(record, place.owner());
        if (place.owner() instanceof Placement.Owner.Root) {
            record.target = place.target();
            return true;
        }
        if (owner.isEmpty() || underway.contains(owner.get()) || owner.get().isSilent()) {
            return false;
        }
        Rec found = owner.get();
        if (!found.isDocument()) {
            place(found);
            if (found.target == null) {
                return false;
            }
        }
        if (place.target() instanceof Placement.Target.Entry) {
            return entry(record, found, place.target());
        }
        return place.target() instanceof Placement.Target.Embed embed
                ? embed(record, found, embed)
                : file(record, found, place.target());
    }

    private Optional<Rec> owner(Rec record, Placement.Owner owner) {
        if (owner instanceof Placement.Owner.Container) {
            return Optional.of(record.container);
        }
        if (owner instanceof Placement.Owner.ByField f) {
            return byField(record, f);
        }
        if (owner instanceof Placement.Owner.ByList l && !record.id.isEmpty()) {
            for (Rec at = record.container; at != null; at = at.container) {
                Map<String, Rec> lists = byList.getOrDefault(at, Map.of());
                for (Pointer list : l.lists()) {
                    for (String kind : l.kinds()) {
                        Rec found = lists.get(kind + " " + list + " " + record.id);
                        if (found != null && found != record) {
                            return Optional.of(found);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Rec> byField(Rec record, Placement.Owner.ByField owner) {
        for (Pointer field : owner.fields()) {
            if (field.get(record.original).orElse(null) instanceof JsonString id) {
                for (String kind : owner.kinds()) {
                    Optional<Rec> found = find(record, kind, id.value());
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean entry(Rec record, Rec owner, Placement.Target target) {
        if (owner.isDocument() || owner.isEmbedded() || owner.isEntry()) {
            return false;
        }
        record.owner = owner;
        record.target = target;
        return true;
    }

    private boolean file(Rec record, Rec owner, Placement.Target target) {
        Rec folder = owner;
        if (target instanceof Placement.Target.File f && f.flatten().isPresent()) {
            while (folder != null
                    && !folder.isDocument()
                    && !folder.kindName().equals(f.flatten().get())) {
                folder = folder.owner;
            }
        }
        if (folder == null || folder.isDocument() || !folder.isFolder()) {
            return false;
        }
        record.owner = folder;
        record.target = target;
        return true;
    }

    private boolean embed(Rec record, Rec owner, Placement.Target.Embed embed) {
        if (owner.isDocument()) {
            return false;
        }
        if (embed.by().isPresent()) {
            Placement.By by = embed.by().get();
            Optional<String> value = by.field()
                    .get(record.original)
                    .filter(JsonString.class::isInstance)
                    .flatMap(Values::text);
            if (value.isEmpty() || by.kind().isEmpty() && value.get().indexOf('/') >= 0) {
                return false; // a key is the last segment of an address
            }
            if (by.kind().isPresent()) {
                Optional<Rec> referred = find(record, by.kind().get(), value.get());
                if (referred.isEmpty()) {
                    return false;
                }
                place(referred.get());
                if (referred.get().target == null || referred.get().isEmbedded()) {
                    return false;
                }
            }
            String key = embed.key() + " " + value.get();
            if (!keys.add(new Key(owner, key))) {
                return false;
            }
            record.embedKey = key;
            record.embedRef =
                    by.kind().flatMap(k -> find(record, k, value.get())).orElse(null);
        }
        record.owner = owner;
        record.target = embed;
        return true;
    }

    /** Embeds the record in its container under the name of its list, when that list holds nothing but records. */
    private void fallback(Rec record) {
        Pointer list = Pointer.parse(record.slot.pointer);
        boolean records = plain.computeIfAbsent(
                record.slot,
                s -> s.shape == Rec.Shape.LIST
                        && list.isMember()
                        && s.items.stream().allMatch(i -> i instanceof Rec r && !r.raw));
        findings.add(new Problem(
                Reason.MISPLACED_RECORD,
                record.pointer(),
                "this " + record.kindName() + " belongs to nothing in the document",
                "it is kept where it stands"));
        if (records && !record.container.isDocument()) {
            place(record.container);
            if (record.container.target != null) {
                record.owner = record.container;
                record.target = new Placement.Target.Embed(
                        Embedding.UNPLACED + list.first(), Optional.empty(), Optional.empty());
                return;
            }
        }
        record.raw = true;
        leftOne = true;
    }
}
