package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** First step of an explode: cuts records out of their containers, top down, remembering every slot. */
final class Cutter {
    private final Layout layout;
    private final List<Rec> records = new ArrayList<>();

    private Cutter(Layout layout) {
        this.layout = layout;
    }

    /** @param document the pseudo record of the whole; its content is what stands outside every definition */
    record Cut(Rec document, List<Rec> records) {}

    static Cut cut(Layout layout, JsonObject value) {
        return cut(layout, value, new ArrayList<>());
    }

    /** @param withheld receives the pointers of what the document as a whole withholds; no record ever holds it */
    static Cut cut(Layout layout, JsonObject value, List<String> withheld) {
        Cutter cutter = new Cutter(layout);
        Rec document = new Rec(layout.whole(), null, value, "", -1, "", "");
        Stripper.strip(document, withheld);
        cutter.cut(document);
        return new Cut(document, cutter.records);
    }

    private void cut(Rec container) {
        for (Map.Entry<Kind.Slot, List<Kind>> e :
                layout.slotsOf(container.kindName()).entrySet()) {
            Kind.Slot slot = e.getKey();
            if (slot.at().isSelf()) {
                if (container.slots.isEmpty()) {
                    whole(container, slot, e.getValue());
                }
            } else if (slot.isMany()) {
                Pointer list = slot.at().parent();
                for (String pointer : list.isLiteral() ? List.of(list.toString()) : list.expand(container.content)) {
                    many(container, slot, pointer, e.getValue());
                }
            } else {
                for (String pointer : slot.at().isLiteral()
                        ? List.of(slot.at().toString())
                        : slot.at().expand(container.content)) {
                    one(container, slot, pointer, e.getValue());
                }
            }
        }
    }

    /** The container's object is also the record, but for what is the container's own: of a document nothing, an export without an envelope. */
    private void whole(Rec container, Kind.Slot slot, List<Kind> kinds) {
        JsonObject rest = container.content.without(container.kind.own());
        fit(container, rest, "", kinds).ifPresent(kind -> {
            Rec.SlotCut cut = new Rec.SlotCut(container, slot, "", Rec.Shape.ONE);
            container.slots.add(cut);
            Rec record = take(kind, container, rest, "", -1, "", "");
            container.content = container.content.without(new HashSet<>(rest.keys()));
            add(cut, record);
            descend(record);
        });
    }

    private void one(Rec container, Kind.Slot slot, String pointer, List<Kind> kinds) {
        Pointer at = Pointer.parse(pointer);
        Optional<JsonValue> value = at.get(container.content);
        if (value.isEmpty() || !(value.get() instanceof JsonObject o)) {
            return;
        }
        fit(container, o, "", kinds).ifPresent(kind -> {
            Rec.SlotCut cut = new Rec.SlotCut(container, slot, pointer, Rec.Shape.ONE);
            container.slots.add(cut);
            container.content = at.cut(container.content);
            Rec record = take(kind, container, o, pointer, -1, "", "");
            record.member = slot.at().endsWithAny() ? at.last() : "";
            add(cut, record);
            descend(record);
        });
    }

    private void many(Rec container, Kind.Slot slot, String pointer, List<Kind> kinds) {
        Pointer at = Pointer.parse(pointer);
        Optional<JsonValue> value = at.get(container.content);
        boolean isMap = value.isPresent() && value.get() instanceof JsonObject;
        if (value.isEmpty() || !isMap && !(value.get() instanceof JsonArray)) {
            return;
        }
        Rec.SlotCut cut = new Rec.SlotCut(container, slot, pointer, isMap ? Rec.Shape.MAP : Rec.Shape.LIST);
        List<Rec> taken = new ArrayList<>();
        if (value.get() instanceof JsonObject map) {
            for (int i = 0; i < map.size(); i++) {
                item(
                        container,
                        cut,
                        map.key(i),
                        map.value(i),
                        pointer + "/" + Pointer.escape(map.key(i)),
                        -1,
                        kinds,
                        taken);
            }
        } else {
            JsonArray list = (JsonArray) value.get();
            for (int i = 0; i < list.size(); i++) {
                item(container, cut, "", list.get(i), pointer, i, kinds, taken);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        container.slots.add(cut);
        container.content = at.cut(container.content);
        taken.forEach(Satellites::join);
        taken.forEach(this::descend);
    }

    private void item(
            Rec container,
            Rec.SlotCut cut,
            String key,
            JsonValue value,
            String place,
            int index,
            List<Kind> kinds,
            List<Rec> taken) {
        cut.keys.add(key);
        Optional<JsonObject> inner = unwrap(value, cut.slot.wrapper());
        Optional<Kind> kind = inner.flatMap(o -> fit(container, o, key, kinds));
        if (kind.isEmpty()) {
            cut.items.add(value);
            return;
        }
        Rec record = take(
                kind.get(),
                container,
                inner.get(),
                place,
                index,
                cut.slot.wrapper().toString(),
                key);
        if (cut.shape == Rec.Shape.MAP && !kind.get().identity().isKey()) {
            record.facts.put(Rec.KEY, new JsonString(key)); // a map in the place of a list: nothing else tells its keys
        }
        add(cut, record);
        taken.add(record);
    }

    /** The record inside wrappers that hold nothing else; an item that does stays as it is. */
    private static Optional<JsonObject> unwrap(JsonValue value, Pointer wrapper) {
        JsonValue at = value;
        for (String step : wrapper.steps()) {
            if (!(at instanceof JsonObject o) || o.size() != 1 || !o.has(step)) {
                return Optional.empty();
            }
            at = o.value(0);
        }
        return at instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    }

    private Optional<Kind> fit(Rec container, JsonObject value, String key, List<Kind> kinds) {
        for (Kind kind : kinds) {
            if ((!kind.identity().isKey() || !key.isEmpty())
                    && holds(kind.when(), value)
                    && Satellites.fit(kind, value)
                    && !isExcluded(kind, container)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(List<Test> tests, JsonObject value) {
        for (Test test : tests) {
            if (!test.holds(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExcluded(Kind kind, Rec container) {
        for (Map.Entry<Set<String>, Pointer> unless : kind.unless().entrySet()) {
            if (stands(container, unless.getKey(), unless.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(Rec container, Set<String> kinds, Pointer pointer) {
        for (Rec at = container; at != null; at = at.container) {
            if (kinds.contains(at.kindName())) {
                return pointer.get(at.original).isPresent();
            }
        }
        return false;
    }

    private Rec take(Kind kind, Rec container, JsonObject value, String place, int index, String inner, String key) {
        String id = kind.identity().isKey()
                ? key
                : kind.identity().at().flatMap(p -> p.text(value)).orElse("");
        Rec record = new Rec(kind, container, value, place, index, inner, id);
        if (kind.identity().isKey() && kind.identity().instance()) {
            record.facts.put(Rec.KEY, new JsonString(key));
        }
        kind.sameAs()
                .ifPresent(other -> records.stream()
                        .filter(r -> r.container == container
                                && r.kindName().equals(other)
                                && !id.isEmpty()
                                && r.id.equals(id))
                        .filter(r -> Stripper.strip(r.kind, r.original).equals(Stripper.strip(kind, value)))
                        .findFirst()
                        .ifPresent(r -> record.sameAs = r));
        records.add(record);
        return record;
    }

    private static void add(Rec.SlotCut cut, Rec record) {
        cut.items.add(record);
        record.slot = cut;
    }

    private void descend(Rec record) {
        if (record.sameAs == null) {
            cut(record);
        }
    }
}
