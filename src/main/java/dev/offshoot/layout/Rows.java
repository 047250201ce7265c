package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the records of a document without taking it apart. */
final class Rows {
    private final Layout layout;
    private final List<Row> found = new ArrayList<>();

    private Rows(Layout layout) {
        this.layout = layout;
    }

    static List<Row> of(Layout layout, JsonObject document) {
        Rows rows = new Rows(layout);
        rows.in(Layout.DOCUMENT, document, "");
        return rows.found;
    }

    private void in(String container, JsonObject value, String pointer) {
        int before = found.size();
        for (Map.Entry<Kind.Slot, List<Kind>> e : layout.slotsOf(container).entrySet()) {
            Kind.Slot slot = e.getKey();
            if (!slot.at().isSelf() || !container.equals(Layout.DOCUMENT) || found.size() == before) {
                slot.at().each(value, (at, item) -> {
                    if (slot.wrapper().get(item).orElse(null) instanceof JsonObject record) {
                        add(e.getValue(), record, pointer + at + slot.wrapper());
                    }
                });
            }
        }
    }

    private void add(List<Kind> kinds, JsonObject record, String pointer) {
        Optional<Kind> kind = kinds.stream()
                .filter(k -> k.when().stream().allMatch(t -> t.holds(record)))
                .findFirst();
        kind.ifPresent(k -> {
            Optional<Pointer> nameAt = k.names().stream()
                    .filter(p -> text(p, record).filter(t -> !t.isBlank()).isPresent())
                    .findFirst()
                    .or(() -> k.names().stream().findFirst());
            found.add(new Row(
                    k.name(),
                    pointer,
                    record,
                    nameAt.flatMap(p -> text(p, record)).orElse(""),
                    nameAt.map(p -> pointer + p),
                    k.identity().at().flatMap(p -> text(p, record)).filter(i -> !i.isEmpty()),
                    k.is(Kind.Flag.SELECTABLE)));
            in(k.name(), record, pointer);
        });
    }

    private static Optional<String> text(Pointer at, JsonValue record) {
        return at.get(record).flatMap(Values::text);
    }
}
