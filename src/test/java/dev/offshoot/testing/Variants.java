package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Documents as other versions and instances of a platform write them: a member that no record has, that is empty or of another type, unknown ones, other
 * ids, times, orders, names that meet. Unlike {@link Mutants}, what happens happens to one place, to some or to all of its kind. From a seed.
 */
public final class Variants {
    static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TIME_TEXT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");
    /** Records of other shapes, ids that are none, things that a platform has one of. */
    private static final Pattern FAR_FETCHED = Pattern.compile(
            "as a map|as a list|unwrapped|parsed|wrapped in|as JSON text|what stands at|a record of|ids of 24|"
                    + "ids are numbers|ids without|text of \\S*[iI]d |renamed to|one copied with new ids one \\(0\\) /app\\b|one twice one \\(0\\) /app$|one twice one \\(0\\) /app;|/id\\b");

    private final JsonValue root;
    private final VariantPlaces places;
    private final VariantOps ops;

    public Variants(JsonValue root) {
        this.root = root;
        this.places = new VariantPlaces(root);
        this.ops = new VariantOps(places);
    }

    /**
     * A changed document and what was done.
     *
     * @param likely what another version or instance can well have written; otherwise only a program gone wrong has
     */
    public record Variant(JsonValue document, String done, boolean likely) {}

    /** The variant of a seed; nothing when the seed means one that this document does not have. */
    public Optional<Variant> of(long seed) {
        Random random = new Random(seed * 31 + 7);
        String done = "";
        JsonValue document = root;
        int changes = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        for (int i = 0; i < changes; i++) {
            Change change = random.nextInt(8) == 0 ? everywhere(random) : somewhere(random);
            JsonValue next = change.apply(document);
            if (!next.equals(document)) {
                done += (done.isEmpty() ? "" : "; ") + change.what;
                document = next;
            }
        }
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(new Variant(
                        document,
                        done,
                        FAR_FETCHED.matcher(done).results().findAny().isEmpty()));
    }

    private record Change(String what, UnaryOperator<JsonValue> change) {
        JsonValue apply(JsonValue v) {
            return change.apply(v);
        }
    }

    // One sort of place.

    private Change somewhere(Random random) {
        String at = places.place(random);
        int times = places.times(at);
        int which = random.nextInt(5); // 0, 1: one; 2, 3: all; 4: some
        int one = random.nextInt(times);
        long some = random.nextLong();
        VariantOps.Op op = ops.op(random, at);
        String who = which < 2 || times == 1 ? "one (" + one + ")" : which < 4 ? "all" : "some";
        return new Change(op.name() + " " + who + " " + (at.isEmpty() ? "/" : at), v -> {
            int[] n = {0};
            Random coin = new Random(some);
            Optional<JsonValue> result = rewrite("", v, at, old -> {
                int i = n[0]++;
                boolean hit = which < 2 ? i == one : which < 4 || coin.nextBoolean();
                return hit ? op.change().apply(old) : Optional.of(old);
            });
            return result.orElse(JsonNull.NULL);
        });
    }

    private static Optional<JsonValue> rewrite(
            String at,
            JsonValue value,
            String wanted,
            java.util.function.Function<JsonValue, Optional<JsonValue>> change) {
        if (at.equals(wanted)) {
            return change.apply(value);
        }
        if (!wanted.startsWith(at + "/")) {
            return Optional.of(value);
        }
        if (value instanceof JsonObject o) {
            JsonObject.Builder b = JsonObject.builder();
            o.forEach((k, v) ->
                    rewrite(at + "/" + VariantPlaces.step(k), v, wanted, change).ifPresent(x -> b.put(k, x)));
            return Optional.of(b.build());
        }
        if (value instanceof JsonArray a) {
            List<JsonValue> items = new ArrayList<>();
            a.forEach(v -> rewrite(at + "/*", v, wanted, change).ifPresent(items::add));
            return Optional.of(JsonArray.of(items));
        }
        return Optional.of(value);
    }

    // The whole document.

    private Change everywhere(Random random) {
        long seed = random.nextLong();
        return switch (random.nextInt(10)) {
            case 0 ->
                strings("ids of 24 digits", UUID_TEXT, id -> id.replace("-", "").substring(0, 24));
            case 1 -> {
                Map<String, Integer> numbers = new TreeMap<>();
                yield strings(
                        "ids are numbers in text",
                        UUID_TEXT,
                        id -> "" + (1000 + numbers.computeIfAbsent(id, k -> numbers.size())));
            }
            case 2 -> strings("ids in upper case", UUID_TEXT, id -> id.toUpperCase(Locale.ROOT));
            case 3 -> strings("ids without dashes", UUID_TEXT, id -> id.replace("-", ""));
            case 4 ->
                strings(
                        "times with a blank",
                        TIME_TEXT,
                        t -> t.replace("T", " ").replace("Z", "+00"));
            case 5 ->
                new Change(
                        "times in milliseconds",
                        v -> map(
                                v,
                                x -> x instanceof JsonString s
                                                && TIME_TEXT.matcher(s.value()).matches()
                                        ? new JsonNumber(
                                                "17" + Math.abs(s.value().hashCode()))
                                        : x));
            case 6 ->
                new Change(
                        "no nulls",
                        v -> map(
                                v,
                                x -> x instanceof JsonObject o
                                        ? o.without(o.keys().stream()
                                                .filter(k -> o.get(k).orElseThrow() == JsonNull.NULL)
                                                .collect(java.util.stream.Collectors.toSet()))
                                        : x));
            case 7 ->
                new Change(
                        "all numbers with .0",
                        v -> map(
                                v,
                                x -> x instanceof JsonNumber n && n.literal().matches("-?\\d{1,9}")
                                        ? new JsonNumber(n.literal() + ".0")
                                        : x));
            case 8 ->
                new Change("lists of records permuted", v -> {
                    Random r = new Random(seed);
                    return map(
                            v,
                            x -> x instanceof JsonArray a && a.size() > 1 && a.get(0) instanceof JsonObject
                                    ? VariantOps.items(x, l -> Collections.shuffle(l, r))
                                    : x);
                });
            default ->
                new Change(
                        "empty lists and objects as null",
                        v -> map(v, x -> x.equals(JsonArray.EMPTY) || x.equals(JsonObject.EMPTY) ? JsonNull.NULL : x));
        };
    }

    private static Change strings(String what, Pattern pattern, UnaryOperator<String> change) {
        return new Change(
                what,
                v -> ToolJetRows.mapStrings(
                        v, s -> pattern.matcher(s).replaceAll(m -> Matcher.quoteReplacement(change.apply(m.group())))));
    }

    private static JsonValue map(JsonValue v, UnaryOperator<JsonValue> change) {
        JsonValue inner = v;
        if (v instanceof JsonObject o) {
            inner = o.map(x -> map(x, change));
        } else if (v instanceof JsonArray a) {
            inner = JsonArray.of(a.items().stream().map(x -> map(x, change)).toList());
        }
        return change.apply(inner);
    }
}
