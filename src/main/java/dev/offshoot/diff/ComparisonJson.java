package dev.offshoot.diff;

import dev.offshoot.diff.Change.Added;
import dev.offshoot.diff.Change.Changed;
import dev.offshoot.diff.Change.Moved;
import dev.offshoot.diff.Change.Removed;
import dev.offshoot.diff.Change.Renamed;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A comparison as JSON; the shape is described in {@code docs/http-api.md}. */
public final class ComparisonJson {
    /** Longer values are cut, in characters. */
    private static final int LONG_VALUE = 2_000;

    private static final int START_OF_VALUE = 500;
    /** When this much is written, what follows is told without details. */
    private static final int MOST_CHARACTERS = 4_000_000;

    private final Noise noise;
    private int written;
    private int withoutDetails;

    private ComparisonJson(Noise noise) {
        this.noise = noise;
    }

    public static JsonObject of(Comparison comparison, Noise noise) {
        return new ComparisonJson(noise).comparison(comparison);
    }

    private JsonObject comparison(Comparison comparison) {
        Totals totals = Totals.of(comparison);
        List<JsonValue> definitions = new ArrayList<>();
        for (Comparison.OfDefinition definition : comparison.definitions()) {
            JsonArray changes = changes(definition.changes());
            if (!changes.isEmpty()) {
                definitions.add(JsonObject.builder()
                        .put("address", definition.address().value())
                        .put("kind", definition.who().kind())
                        .put("name", definition.who().name())
                        .put("changes", changes)
                        .build());
            }
        }
        JsonArray elsewhere = changes(comparison.elsewhere());
        return JsonObject.builder()
                .put("files", JsonValue.of(comparison.files()))
                .put(
                        "totals",
                        numbers(
                                "added", totals.added(),
                                "removed", totals.removed(),
                                "renamed", totals.renamed(),
                                "moved", totals.moved(),
                                "changed", totals.changed()))
                .put(
                        "folded",
                        numbers(
                                "placed", totals.placed(),
                                "derived", totals.derived(),
                                "references", totals.references(),
                                "formatting", totals.formatting()))
                .put("leftOut", numbers("files", comparison.unread(), "details", withoutDetails))
                .put("definitions", JsonArray.of(definitions))
                .put("elsewhere", elsewhere)
                .build();
    }

    private static JsonObject numbers(Object... pairs) {
        JsonObject.Builder all = JsonObject.builder();
        for (int i = 0; i < pairs.length; i += 2) {
            all.put((String) pairs[i], JsonValue.of((Integer) pairs[i + 1]));
        }
        return all.build();
    }

    private JsonArray changes(List<Change> changes) {
        return JsonArray.of(
                changes.stream().filter(noise::shows).map(this::change).toList());
    }

    private JsonValue change(Change change) {
        JsonObject.Builder head = JsonObject.builder()
                .put("change", name(change))
                .put("kind", change.who().kind())
                .put("name", change.who().name())
                .put("address", change.who().address().value())
                .put("in", within(change.who()))
                .put("summary", Words.summary(change));
        if (written > MOST_CHARACTERS) {
            withoutDetails++;
            return head.build();
        }
        details(head, change);
        if (noise == Noise.SHOW) {
            head.put(
                    "files", texts(change.files().stream().map(Object::toString).toList()));
        }
        JsonObject whole = head.build();
        written += JsonWriter.compact(whole).length;
        return whole;
    }

    private static String name(Change change) {
        if (change instanceof Added) {
            return "added";
        }
        if (change instanceof Removed) {
            return "removed";
        }
        if (change instanceof Renamed) {
            return "renamed";
        }
        return change instanceof Moved ? "moved" : "changed";
    }

    private static JsonArray within(Who who) {
        return JsonArray.of(who.within().stream()
                .map(n -> (JsonValue) JsonObject.builder()
                        .put("kind", n.kind())
                        .put("name", n.name())
                        .build())
                .toList());
    }

    private static JsonObject who(Who who) {
        return JsonObject.builder()
                .put("name", who.name())
                .put("address", who.address().value())
                .put("in", within(who))
                .build();
    }

    private void details(JsonObject.Builder to, Change change) {
        if (change instanceof Added added) {
            with(to, added.with());
            added.copy()
                    .ifPresent(copy -> to.put(
                            "copyOf",
                            JsonObject.builder()
                                    .putAll(who(copy.of()))
                                    .put("different", texts(copy.different()))
                                    .put("more", JsonValue.of(copy.more()))
                                    .build()));
        } else if (change instanceof Removed removed) {
            with(to, removed.with());
        } else if (change instanceof Renamed renamed) {
            to.put("was", who(renamed.before())).put("references", JsonValue.of(renamed.references()));
        } else if (change instanceof Moved moved) {
            to.put("was", who(moved.before())).put("references", JsonValue.of(moved.references()));
        } else {
            changed(to, (Changed) change);
        }
    }

    private static void with(JsonObject.Builder to, Map<String, Integer> with) {
        if (!with.isEmpty()) {
            JsonObject.Builder numbers = JsonObject.builder();
            with.forEach((kind, n) -> numbers.put(kind, JsonValue.of(n)));
            to.put("with", numbers.build());
        }
    }

    /** Details by their sort; sorts that do not occur are left out. */
    private void changed(JsonObject.Builder to, Changed changed) {
        Map<String, List<JsonValue>> sorts = new TreeMap<>();
        for (Detail detail : changed.details()) {
            if (noise.shows(detail)) {
                JsonObject.Builder one = JsonObject.builder();
                detail.half().ifPresent(h -> one.put("half", h));
                String sort = fill(one, detail);
                sorts.computeIfAbsent(sort, s -> new ArrayList<>()).add(one.build());
            }
        }
        sorts.forEach((sort, all) -> to.put(sort, JsonArray.of(all)));
        if (changed.more() > 0) {
            to.put("more", JsonValue.of(changed.more()));
        }
    }

    private static String fill(JsonObject.Builder to, Detail detail) {
        if (detail instanceof Detail.Field field) {
            field(to, field);
            return "fields";
        }
        if (detail instanceof Detail.Text text) {
            text(to, text);
            return "texts";
        }
        if (detail instanceof Detail.Order order) {
            to.put("of", order.of()).put("before", texts(order.before())).put("after", texts(order.after()));
            return "orders";
        }
        if (detail instanceof Detail.Placed placed) {
            to.put("fields", fields(placed.fields()));
            return "placed";
        }
        if (detail instanceof Detail.Derived derived) {
            to.put("fields", fields(derived.fields()));
            return "derived";
        }
        if (detail instanceof Detail.References references) {
            to.put("count", JsonValue.of(references.count()));
            return "references";
        }
        if (detail instanceof Detail.Formatting formatting) {
            to.put("of", formatting.of());
            return "formatting";
        }
        if (detail instanceof Detail.Attachment attachment) {
            to.put("of", attachment.of());
            attachment.before().ifPresent(n -> to.put("before", JsonValue.of(n)));
            attachment.after().ifPresent(n -> to.put("after", JsonValue.of(n)));
            return "attachments";
        }
        return "deployed";
    }

    private static JsonArray fields(List<Detail.Field> fields) {
        List<JsonValue> all = new ArrayList<>();
        for (Detail.Field field : fields) {
            JsonObject.Builder one = JsonObject.builder();
            field(one, field);
            all.add(one.build());
        }
        return JsonArray.of(all);
    }

    private static void field(JsonObject.Builder to, Detail.Field field) {
        to.put("pointer", field.pointer());
        value(to, "before", field.before());
        value(to, "after", field.after());
    }

    private static void value(JsonObject.Builder to, String name, Optional<JsonValue> value) {
        if (value.isEmpty()) {
            return;
        }
        String text = value.get() instanceof JsonString s
                ? s.value()
                : new String(JsonWriter.compact(value.get()), StandardCharsets.UTF_8);
        if (text.length() <= LONG_VALUE) {
            to.put(name, value.get());
            return;
        }
        int end = Character.isHighSurrogate(text.charAt(START_OF_VALUE - 1)) ? START_OF_VALUE - 1 : START_OF_VALUE;
        to.put(
                name + "Cut",
                JsonObject.builder()
                        .put("start", text.substring(0, end))
                        .put("characters", JsonValue.of(text.length()))
                        .build());
    }

    private static void text(JsonObject.Builder to, Detail.Text text) {
        List<JsonValue> hunks = new ArrayList<>();
        for (Hunk hunk : text.hunks()) {
            hunks.add(JsonObject.builder()
                    .put("before", JsonValue.of(hunk.before()))
                    .put("after", JsonValue.of(hunk.after()))
                    .put(
                            "lines",
                            texts(hunk.lines().stream()
                                    .map(l -> l.sign().mark() + cut(l.text()))
                                    .toList()))
                    .build());
        }
        to.put("of", text.of())
                .put("language", Words.language(text.of()))
                .put("added", JsonValue.of(text.added()))
                .put("removed", JsonValue.of(text.removed()))
                .put("hunks", JsonArray.of(hunks));
        if (text.more() > 0) {
            to.put("more", JsonValue.of(text.more()));
        }
    }

    /** A line as it is shown: very long ones, of minified scripts, are cut. */
    static String cut(String line) {
        return line.length() <= LONG_VALUE
                ? line
                : line.substring(0, START_OF_VALUE) + "… (" + line.length() + " characters)";
    }

    private static JsonArray texts(Collection<String> texts) {
        return JsonArray.of(texts.stream().map(JsonValue::of).toList());
    }
}
