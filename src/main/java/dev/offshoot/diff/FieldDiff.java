package dev.offshoot.diff;

import dev.offshoot.format.CanonicalOrder;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.diff.Edit;

/**
 * Compares two values by their fields. Both come twice: as they are compared, with whole addresses for references, and as a reader sees
 * them; the two have one shape.
 */
final class FieldDiff {
    /** Members that often name the items of a list. */
    private static final List<String> NAMES = List.of("id", "name", "key");
    /** More items than these are compared place by place. */
    private static final int MOST_ITEMS = 5_000;

    private final Optional<String> half;
    private final Budget budget;
    private final Consumer<JsonValue> folded;
    private final List<Detail> found = new ArrayList<>();

    /** @param folded is told, as they were, values that differ only in references which followed what they mean */
    FieldDiff(Optional<String> half, Budget budget, Consumer<JsonValue> folded) {
        this.half = half;
        this.budget = budget;
        this.folded = folded;
    }

    /** A value as it is compared, and as it is shown. */
    record Twice(JsonValue compared, JsonValue shown) {
        static Twice of(JsonValue value) {
            return new Twice(value, value);
        }

        private Optional<Twice> member(String key) {
            JsonObject c = (JsonObject) compared;
            int at = c.indexOf(key);
            return at < 0 ? Optional.empty() : Optional.of(new Twice(c.value(at), shownAt(at)));
        }

        private String shownKey(int i) {
            return ((JsonObject) shown).key(i);
        }

        private JsonValue shownAt(int i) {
            return shown instanceof JsonObject o ? o.value(i) : ((JsonArray) shown).get(i);
        }

        private Twice item(int i) {
            return new Twice(((JsonArray) compared).get(i), shownAt(i));
        }
    }

    List<Detail> found() {
        return found;
    }

    void compare(String pointer, Optional<Twice> before, Optional<Twice> after) {
        if (before.isPresent() && after.isPresent()) {
            compare(pointer, before.get(), after.get());
        } else if (before.isPresent() || after.isPresent()) {
            field(pointer, before, after);
        }
    }

    void compare(String pointer, Twice before, Twice after) {
        if (before.compared() instanceof JsonObject a && after.compared() instanceof JsonObject b) {
            members(pointer, before, after, a, b);
            return;
        }
        if (text(before.compared()).equals(text(after.compared()))) {
            if (!text(before.shown()).equals(text(after.shown()))) {
                folded.accept(before.shown());
            }
            return;
        }
        if (before.compared() instanceof JsonArray a && after.compared() instanceof JsonArray b) {
            items(pointer, before, after, a, b);
        } else if (isLong(before.compared()) && isLong(after.compared())) {
            lines(pointer, before, after);
        } else {
            field(pointer, Optional.of(before), Optional.of(after));
        }
    }

    private void members(String pointer, Twice before, Twice after, JsonObject a, JsonObject b) {
        for (String key : a.keys()) {
            int was = a.indexOf(key);
            int is = b.indexOf(key);
            if (is >= 0 && !before.shownKey(was).equals(after.shownKey(is))) {
                folded.accept(new JsonString(before.shownKey(was)));
            }
            compare(pointer + "/" + escape(key), before.member(key), after.member(key));
        }
        for (String key : b.keys()) {
            if (!a.has(key)) {
                compare(pointer + "/" + escape(key), Optional.empty(), after.member(key));
            }
        }
        // A map that is a list of records says something by its order.
        if (a.size() == b.size() && !a.keys().equals(b.keys()) && a.equals(b) && !text(a).equals(text(b))) {
            order(pointer, a.keys(), b.keys());
        }
    }

    private void order(String pointer, List<String> before, List<String> after) {
        if (budget.takeDetail()) {
            found.add(new Detail.Order(half, pointer, before, after));
        }
    }

    private void items(String pointer, Twice before, Twice after, JsonArray a, JsonArray b) {
        List<String> was = a.items().stream().map(FieldDiff::text).toList();
        List<String> is = b.items().stream().map(FieldDiff::text).toList();
        if (was.size() == is.size() && counts(was).equals(counts(is))) {
            order(pointer, labels(a), labels(b));
            return;
        }
        if (Math.max(was.size(), is.size()) > MOST_ITEMS) {
            field(pointer, Optional.of(before), Optional.of(after));
            return;
        }
        for (Edit edit : TextDiff.edits(was, is)) {
            replaced(pointer, before, after, edit);
        }
    }

    /** Items in the place of others: those of one name are one item, then those of one place. */
    private void replaced(String pointer, Twice before, Twice after, Edit edit) {
        Map<Integer, Integer> pairs = pairs(before, after, edit);
        for (int i = edit.getBeginA(); i < edit.getEndA(); i++) {
            String at = pointer + "/" + i;
            if (pairs.containsKey(i)) {
                compare(at, before.item(i), after.item(pairs.get(i)));
            } else {
                field(at, Optional.of(before.item(i)), Optional.empty());
            }
        }
        for (int i = edit.getBeginB(); i < edit.getEndB(); i++) {
            if (!pairs.containsValue(i)) {
                field(pointer + "/" + i, Optional.empty(), Optional.of(after.item(i)));
            }
        }
    }

    private static Map<Integer, Integer> pairs(Twice before, Twice after, Edit edit) {
        Map<Integer, Integer> pairs = new LinkedHashMap<>();
        for (String member : NAMES) {
            Map<String, Integer> was = names(before, edit.getBeginA(), edit.getEndA(), member);
            Map<String, Integer> is = names(after, edit.getBeginB(), edit.getEndB(), member);
            was.forEach((name, at) -> {
                if (is.containsKey(name)) {
                    pairs.put(at, is.get(name));
                }
            });
            if (!pairs.isEmpty()) {
                return pairs;
            }
        }
        if (edit.getLengthA() == edit.getLengthB()) {
            for (int i = 0; i < edit.getLengthA(); i++) {
                pairs.put(edit.getBeginA() + i, edit.getBeginB() + i);
            }
        }
        return pairs;
    }

    /** Items by what names them; none when two have one name. */
    private static Map<String, Integer> names(Twice list, int from, int to, String member) {
        Map<String, Integer> found = new HashMap<>();
        for (int i = from; i < to; i++) {
            Optional<String> name =
                    list.item(i).compared() instanceof JsonObject o ? o.text(member) : Optional.<String>empty();
            if (name.isEmpty() || found.put(name.get(), i) != null) {
                return Map.of();
            }
        }
        return found;
    }

    private static List<String> labels(JsonArray list) {
        List<String> found = new ArrayList<>();
        for (JsonValue item : list) {
            Optional<String> name = item instanceof JsonObject o
                    ? NAMES.stream().flatMap(n -> o.text(n).stream()).findFirst()
                    : Optional.empty();
            found.add(name.orElseGet(() -> item instanceof JsonString s ? s.value() : text(item)));
        }
        return found;
    }

    private static Map<String, Integer> counts(List<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(t -> counts.merge(t, 1, Integer::sum));
        return counts;
    }

    private void lines(String pointer, Twice before, Twice after) {
        if (budget.takeDetail()) {
            found.add(budget.text(
                    half,
                    pointer,
                    ((JsonString) before.compared()).value(),
                    ((JsonString) after.compared()).value(),
                    ((JsonString) before.shown()).value(),
                    ((JsonString) after.shown()).value()));
        }
    }

    private void field(String pointer, Optional<Twice> before, Optional<Twice> after) {
        if (budget.takeDetail()) {
            found.add(new Detail.Field(
                    half,
                    pointer,
                    before.map(v -> Mask.value(pointer, v.shown())),
                    after.map(v -> Mask.value(pointer, v.shown()))));
        }
    }

    private static boolean isLong(JsonValue value) {
        return value instanceof JsonString s && s.value().indexOf('\n') >= 0;
    }

    /** Two values with one text are the same. */
    static String text(JsonValue value) {
        return new String(JsonWriter.compact(CanonicalOrder.sort(value)), StandardCharsets.UTF_8);
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
