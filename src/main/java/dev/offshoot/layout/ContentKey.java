package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a record says, without any id of the instance: the same on every instance, so it can decide between twins. In the place of an id stands
 * what the record it means says, two steps deep: twins that differ only in which twin they refer to differ.
 */
final class ContentKey {
    private static final int STEPS = 2;

    private final Optional<IdShape> ids;
    private final Map<String, Rec> records;
    private final List<Map<Rec, String>> known = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());

    /** @param records the first record of each id */
    ContentKey(Optional<IdShape> ids, Map<String, Rec> records) {
        this.ids = ids;
        this.records = records;
    }

    String of(Rec record) {
        return of(record, STEPS);
    }

    private String of(Rec record, int steps) {
        String key = known.get(steps).get(record);
        if (key == null) {
            record.compared = true;
            StringBuilder text = new StringBuilder(of(record.content, steps));
            record.embedded.forEach((name, children) -> {
                text.append('\n').append(name);
                // In any order: the children's own order may be settled only later.
                children.stream()
                        .map(child -> (child.embedRef == null ? child.embedKey : "") + of(child, steps))
                        .sorted()
                        .forEach(child -> text.append('\n').append(child));
            });
            key = text.toString();
            known.get(steps).put(record, key);
        }
        return key;
    }

    private String of(JsonValue value, int steps) {
        String text = new String(JsonWriter.compact(CanonicalOrder.sort(value)), StandardCharsets.UTF_8);
        if (ids.isEmpty()) {
            return text;
        }
        IdShape shape = ids.get();
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at; (at = shape.next(text, from)) >= 0; from = at + shape.length()) {
            Rec meant = records.get(text.substring(at, at + shape.length()));
            out.append(text, from, at).append('#');
            if (meant != null) {
                out.append(meant.kindName()).append(' ').append(meant.name());
                if (steps > 0) {
                    out.append(' ').append(of(meant, steps - 1).hashCode());
                }
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    static int compare(List<Pointer> order, Rec a, Rec b) {
        for (Pointer p : order) {
            int c = Values.ORDER.compare(p.get(a.original), p.get(b.original));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }
}
