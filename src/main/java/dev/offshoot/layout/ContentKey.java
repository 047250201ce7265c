package dev.offshoot.layout;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record says, without any id of the instance: the same on every instance, so it can decide between twins. */
final class ContentKey {
    private final Optional<IdShape> ids;

    /** Names of records by id: two twins that refer to different things differ. */
    private final Map<String, String> names = new HashMap<>();

    ContentKey(Optional<IdShape> ids, List<Rec> records) {
        this.ids = ids;
        records.forEach(r -> names.putIfAbsent(r.id, r.kindName() + " " + r.name()));
    }

    String of(Rec record) {
        StringBuilder key = new StringBuilder(of(record.content));
        record.embedded.forEach((name, children) -> {
            key.append('\n').append(name);
            // In any order: the children's own order may be settled only later.
            children.stream()
                    .map(child -> (child.embedRef == null ? child.embedKey : "") + of(child))
                    .sorted()
                    .forEach(text -> key.append('\n').append(text));
        });
        return key.toString();
    }

    private String of(JsonValue value) {
        return blank(new String(JsonWriter.compact(CanonicalOrder.sort(value)), StandardCharsets.UTF_8));
    }

    private String blank(String text) {
        if (ids.isEmpty()) {
            return text;
        }
        IdShape shape = ids.get();
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at; (at = shape.next(text, from)) >= 0; from = at + shape.length()) {
            out.append(text, from, at)
                    .append('#')
                    .append(names.getOrDefault(text.substring(at, at + shape.length()), ""));
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
