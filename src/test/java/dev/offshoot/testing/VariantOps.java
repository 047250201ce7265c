package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.HostileNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What can happen to a value: to one of its sort, to some or to all. */
final class VariantOps {
    private static final int LONG = 200_000;

    /** Words of our own files and ledger, and some that other records use. */
    private static final List<String> KEYS = List.of(
            "id",
            "name",
            "type",
            "$key",
            "~events",
            "~",
            "~without",
            "unplaced",
            "events",
            "environments",
            "in",
            "after",
            "children",
            "layout",
            "published",
            "edit",
            "editing",
            "",
            "*",
            "?",
            "**",
            "a/b",
            "a~1b",
            "~0",
            "x",
            "__proto__",
            "constructor",
            "0",
            "@{.}",
            "@{",
            "pages",
            "components",
            "definition",
            "orphanedOptions",
            "topLevel",
            "entries",
            "ledger",
            "arrangement",
            "derived",
            "unknownKey",
            "newKey2027",
            "connections",
            "satellites",
            "pinData");

    private static final List<String> TEXTS = List.of(
            "@{",
            "@{}",
            "@{.}",
            "@{/}",
            "@{.^^^^}",
            "@{@}{",
            "@{components/x}",
            "@{:organization}",
            "${DS_X}",
            "{{components.x}}",
            "a\r\nb\r\n",
            "\tx\t",
            "x  \n  y  \n",
            "\u0085",
            "a\u0085b\u2028c",
            "\ud800",
            "x\udc00y",
            "\ufeffx",
            "\n",
            "\n\n\n",
            "\r",
            " ",
            "x\n",
            "x\n\n",
            "\nx",
            "x\u0000y",
            "yes",
            "~",
            "null",
            "1e5",
            "0o7",
            "- a",
            "a: b",
            "# x",
            "*",
            "%",
            "2024-01-01",
            "café",
            "cafe\u0301",
            "\ud83d\ude00",
            "con",
            "NUL.txt",
            "a/b",
            "..",
            ".",
            ".git",
            "A".repeat(300),
            "\u0e19\u0e49\u0e33",
            "{\"a\":1}",
            "[1]",
            "{",
            "x'y\"z`",
            "\\",
            "\\n",
            "::$DATA",
            "name~2",
            "name~0a1b",
            "<vault>",
            "offshoot:vault:x");

    private final VariantPlaces places;

    VariantOps(VariantPlaces places) {
        this.places = places;
    }

    record Op(String name, java.util.function.Function<JsonValue, Optional<JsonValue>> change) {
        static Op to(String name, JsonValue v) {
            return new Op(name, old -> Optional.of(v));
        }

        static Op as(String name, UnaryOperator<JsonValue> change) {
            return new Op(name, old -> Optional.of(change.apply(old)));
        }
    }

    Op op(Random random, String at) {
        JsonValue sample = places.at(at).get(random.nextInt(places.at(at).size()));
        int group = random.nextInt(10);
        if (group < 2) {
            return new Op("absent", v -> Optional.empty());
        }
        if (group < 5) {
            return other(random);
        }
        if (sample instanceof JsonArray) {
            return list(random);
        }
        if (sample instanceof JsonObject) {
            return object(random);
        }
        if (sample instanceof JsonString) {
            return string(random, at);
        }
        return sample instanceof JsonNumber ? number(random) : other(random);
    }

    private Op other(Random random) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> Op.to("null", JsonNull.NULL);
            case 2 -> Op.to("\"\"", new JsonString(""));
            case 3 -> Op.to("[]", JsonArray.EMPTY);
            case 4 -> Op.to("{}", JsonObject.EMPTY);
            case 5 -> Op.to("0", new JsonNumber("0"));
            case 6 -> Op.to("true", JsonBoolean.TRUE);
            case 7 -> Op.to("false", JsonBoolean.FALSE);
            case 8 ->
                Op.as("as JSON text", v -> new JsonString(new String(JsonWriter.compact(v), StandardCharsets.UTF_8)));
            case 9 -> Op.as("wrapped in a list", v -> JsonArray.of(v));
            case 10 -> Op.as("wrapped in value", v -> JsonObject.of(Map.of("value", v)));
            case 11 ->
                Op.as(
                        "unwrapped",
                        v -> v instanceof JsonArray a && a.size() > 0
                                ? a.get(0)
                                : v instanceof JsonObject o && !o.isEmpty() ? o.value(0) : v);
            case 12 -> Op.as("parsed", VariantOps::parsed);
            case 13 -> {
                int depth = 40 + random.nextInt(300);
                yield Op.as("nested " + depth, v -> {
                    JsonValue deep = v;
                    for (int i = 0; i < depth; i++) {
                        deep = i % 2 == 0 ? JsonArray.of(deep) : JsonObject.of(Map.of("a", deep));
                    }
                    return deep;
                });
            }
            case 14 -> {
                String from = places.place(random);
                JsonValue v = places.at(from).get(random.nextInt(places.at(from).size()));
                yield Op.to("what stands at " + from, v);
            }
            default -> Op.to("[null,[],\"x\"]", JsonArray.of(JsonNull.NULL, JsonArray.EMPTY, new JsonString("x")));
        };
    }

    private static JsonValue parsed(JsonValue v) {
        if (v instanceof JsonString s) {
            try {
                return JsonReader.read(s.value().getBytes(StandardCharsets.UTF_8));
            } catch (Failure notJson) {
                return JsonArray.of(s);
            }
        }
        return v;
    }

    private static Op number(Random random) {
        String literal = List.of(
                        "1.0",
                        "1e5",
                        "1E+5",
                        "-0",
                        "-0.0",
                        "1.69E12",
                        "123456789012345678901234567890",
                        "0.1234567890123456789",
                        "1e400")
                .get(random.nextInt(9));
        return switch (random.nextInt(3)) {
            case 0 -> Op.as("number as text", v -> v instanceof JsonNumber n ? new JsonString(n.literal()) : v);
            case 1 ->
                Op.as(
                        "number with .0",
                        v -> v instanceof JsonNumber n && n.literal().matches("-?\\d+")
                                ? new JsonNumber(n.literal() + ".0")
                                : v);
            default -> Op.to(literal, new JsonNumber(literal));
        };
    }

    private Op string(Random random, String at) {
        List<JsonValue> same = places.at(at);
        String hostile = random.nextInt(3) == 0
                ? HostileNames.FIXED.get(random.nextInt(HostileNames.FIXED.size()))
                : TEXTS.get(random.nextInt(TEXTS.size()));
        return switch (random.nextInt(12)) {
            case 0, 1 -> Op.to("text '" + hostile + "'", new JsonString(hostile));
            case 2 -> Op.as("with '" + hostile + "'", v -> text(v, s -> s + hostile + s));
            case 3 -> Op.as("with '" + hostile + "' after it", v -> text(v, s -> s + hostile));
            case 4 -> Op.to("as another there", same.get(random.nextInt(same.size())));
            case 5 -> {
                JsonValue v = same.get(random.nextInt(same.size()));
                yield Op.to("as another there in upper case", text(v, s -> s.toUpperCase(Locale.ROOT)));
            }
            case 6 -> Op.as("upper case", v -> text(v, s -> s.toUpperCase(Locale.ROOT)));
            case 7 -> {
                String from = places.place(random);
                JsonValue v = places.at(from).get(0);
                yield Op.to("text of " + from, v instanceof JsonString ? v : new JsonString("new"));
            }
            case 8 ->
                Op.to(
                        "an unknown id",
                        new JsonString(
                                new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() | Long.MIN_VALUE)
                                        .toString()));
            case 9 -> Op.as("number", v -> new JsonNumber(Integer.toString(v.hashCode())));
            case 10 ->
                random.nextInt(6) == 0
                        ? Op.as("very long", v -> text(v, s -> (s + "x\n").repeat(1 + LONG / (s.length() + 2))))
                        : Op.as("CRLF", v -> text(v, s -> s.contains("\n") ? s.replace("\n", "\r\n") : s + "\r\n"));
            default -> Op.as("blanks around", v -> text(v, s -> " " + s + " "));
        };
    }

    private static JsonValue text(JsonValue v, UnaryOperator<String> change) {
        return v instanceof JsonString s ? new JsonString(change.apply(s.value())) : v;
    }

    private Op list(Random random) {
        long seed = random.nextLong();
        return switch (random.nextInt(9)) {
            case 0 -> Op.as("permuted", v -> items(v, l -> Collections.shuffle(l, new Random(seed))));
            case 1 -> Op.as("reversed", v -> items(v, Collections::reverse));
            case 2 ->
                Op.as(
                        "one twice",
                        v -> items(v, l -> {
                            if (!l.isEmpty()) {
                                Random r = new Random(seed);
                                l.add(r.nextInt(l.size() + 1), l.get(r.nextInt(l.size())));
                            }
                        }));
            case 3 ->
                Op.as(
                        "one copied with new ids",
                        v -> items(v, l -> {
                            if (!l.isEmpty()) {
                                Random r = new Random(seed);
                                RowIds ids = new RowIds(seed);
                                JsonValue item = l.get(r.nextInt(l.size()));
                                if (item instanceof JsonObject o) {
                                    o.text("id").ifPresent(ids::declare);
                                }
                                l.add(r.nextInt(l.size() + 1), ToolJetRows.mapStrings(item, ids::exchange));
                            }
                        }));
            case 4 ->
                Op.as(
                        "one less",
                        v -> items(v, l -> {
                            if (!l.isEmpty()) {
                                l.remove(new Random(seed).nextInt(l.size()));
                            }
                        }));
            case 5 -> {
                JsonValue odd = List.of(
                                JsonNull.NULL,
                                new JsonString("x"),
                                new JsonNumber("0"),
                                JsonArray.EMPTY,
                                JsonObject.EMPTY,
                                JsonObject.of(Map.of("type", new JsonString("zz"), "id", new JsonString("zz1"))))
                        .get(random.nextInt(6));
                yield Op.as("also " + odd, v -> items(v, l -> l.add(new Random(seed).nextInt(l.size() + 1), odd)));
            }
            case 6 ->
                Op.as(
                        "ids of two exchanged",
                        v -> items(v, l -> {
                            if (l.size() > 1
                                    && l.get(0) instanceof JsonObject a
                                    && l.get(l.size() - 1) instanceof JsonObject b
                                    && a.has("id")
                                    && b.has("id")) {
                                l.set(0, a.with("id", b.get("id").orElseThrow()));
                                l.set(l.size() - 1, b.with("id", a.get("id").orElseThrow()));
                            }
                        }));
            case 7 ->
                Op.as("as a map", v -> {
                    JsonObject.Builder map = JsonObject.builder();
                    if (v instanceof JsonArray a) {
                        for (int i = 0; i < a.size(); i++) {
                            map.put(
                                    a.get(i) instanceof JsonObject o
                                            ? o.text("id").orElse("" + i)
                                            : "" + i,
                                    a.get(i));
                        }
                    }
                    return map.build();
                });
            default -> {
                // Records of another list: moved to another parent, or of a kind that has no place here.
                List<String> lists = places.records();
                if (lists.isEmpty()) {
                    yield Op.to("[]", JsonArray.EMPTY);
                }
                String from = lists.get(random.nextInt(lists.size()));
                JsonValue item =
                        places.at(from).get(random.nextInt(places.at(from).size()));
                yield Op.as(
                        "also a record of " + from,
                        v -> items(v, l -> l.add(new Random(seed).nextInt(l.size() + 1), item)));
            }
        };
    }

    static JsonValue items(JsonValue v, java.util.function.Consumer<List<JsonValue>> change) {
        if (!(v instanceof JsonArray a)) {
            return v;
        }
        List<JsonValue> items = new ArrayList<>(a.items());
        change.accept(items);
        return JsonArray.of(items);
    }

    private Op object(Random random) {
        String key = random.nextInt(4) == 0
                ? HostileNames.FIXED.get(random.nextInt(HostileNames.FIXED.size()))
                : KEYS.get(random.nextInt(KEYS.size()));
        long seed = random.nextLong();
        return switch (random.nextInt(8)) {
            case 0 -> Op.as("keys permuted", v -> keys(v, l -> Collections.shuffle(l, new Random(seed))));
            case 1 ->
                Op.as(
                        "as a list",
                        v -> v instanceof JsonObject o
                                ? JsonArray.of(o.keys().stream()
                                        .map(k -> o.get(k).orElseThrow())
                                        .toList())
                                : v);
            case 2 ->
                Op.as("one key renamed to '" + key + "'", v -> {
                    if (!(v instanceof JsonObject o) || o.isEmpty() || o.has(key)) {
                        return v;
                    }
                    int at = new Random(seed).nextInt(o.size());
                    JsonObject.Builder b = JsonObject.builder();
                    for (int i = 0; i < o.size(); i++) {
                        b.put(i == at ? key : o.key(i), o.value(i));
                    }
                    return b.build();
                });
            default -> {
                JsonValue added = added(random);
                String told = added.toString();
                yield Op.as(
                        "with '" + key + "' = " + told.substring(0, Math.min(40, told.length())),
                        v -> v instanceof JsonObject o && !o.has(key) ? o.with(key, added) : v);
            }
        };
    }

    private JsonValue added(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> new JsonString("x");
            case 1 -> new JsonNumber("1.0");
            case 2 -> JsonNull.NULL;
            case 3 -> JsonArray.EMPTY;
            case 4 -> JsonObject.EMPTY;
            case 5 -> JsonObject.of(Map.of("id", new JsonString("a"), "b", JsonArray.of(new JsonString("@{x}"))));
            case 6 -> new JsonString(TEXTS.get(random.nextInt(TEXTS.size())));
            default -> {
                String from = places.place(random);
                yield places.at(from).get(random.nextInt(places.at(from).size()));
            }
        };
    }

    private static JsonValue keys(JsonValue v, java.util.function.Consumer<List<String>> change) {
        if (!(v instanceof JsonObject o)) {
            return v;
        }
        List<String> keys = new ArrayList<>(o.keys());
        change.accept(keys);
        JsonObject.Builder b = JsonObject.builder();
        keys.forEach(k -> b.put(k, o.get(k).orElseThrow()));
        return b.build();
    }
}
