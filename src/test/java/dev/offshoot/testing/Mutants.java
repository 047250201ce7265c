package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.HostileNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents that nobody would write: things missing, doubled, exchanged, in another order or of another type. From a seed. */
public final class Mutants {
    private static final List<String> TEXTS = List.of(
            "@{",
            "@{}",
            "@{.}",
            "@{/}",
            "@{.^^^^}",
            "@{@}{",
            "@{components/x}",
            "@{:organization}",
            "~events",
            "$key",
            "*",
            "**",
            "a/b",
            "0");

    private final Random random;
    private final List<String> done = new ArrayList<>();

    private Mutants(long seed) {
        random = new Random(seed);
    }

    /** A damaged document and what was done to it. */
    public record Damaged(JsonValue document, List<String> done) {}

    /** Damages a document in one to six places; the same seed does the same. */
    public static Damaged of(JsonValue document, long seed) {
        Mutants made = new Mutants(seed);
        JsonValue value = document;
        for (int i = 1 + made.random.nextInt(6); i > 0; i--) {
            value = made.once(value);
        }
        return new Damaged(value, made.done);
    }

    private JsonValue once(JsonValue root) {
        List<Integer> at = place(root);
        if (at.isEmpty()) {
            return root;
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> note("delete", root, at, delete(root, at));
            case 2 -> swap(root, at);
            case 3 -> note("duplicate", root, at, duplicate(root, at));
            case 4 -> note("shuffle", root, at, replace(root, at, shuffle(get(root, at))));
            case 5 -> note("retype", root, at, replace(root, at, other()));
            case 6 -> note("rename", root, at, rename(root, at));
            default -> note("text", root, at, replace(root, at, text(root, get(root, at))));
        };
    }

    private JsonValue note(String what, JsonValue root, List<Integer> at, JsonValue result) {
        done.add(what + " " + pointer(root, at));
        return result;
    }

    // Places: positions of children from the root down.

    /** Half of the places are of any depth alike, the others rather near the root, where the structure is. */
    private List<Integer> place(JsonValue root) {
        if (random.nextBoolean()) {
            return anyOf(root, random.nextInt(count(root)));
        }
        List<Integer> path = new ArrayList<>();
        JsonValue at = root;
        while (size(at) > 0 && (path.isEmpty() || random.nextInt(5) > 0)) {
            int i = random.nextInt(size(at));
            path.add(i);
            at = child(at, i);
        }
        return path;
    }

    private static int count(JsonValue value) {
        int all = 1;
        for (int i = 0; i < size(value); i++) {
            all += count(child(value, i));
        }
        return all;
    }

    private static List<Integer> anyOf(JsonValue root, int which) {
        List<Integer> path = new ArrayList<>();
        JsonValue at = root;
        int left = which;
        while (left > 0) {
            left--;
            int i = 0;
            for (int below; left >= (below = count(child(at, i))); i++) {
                left -= below;
            }
            path.add(i);
            at = child(at, i);
        }
        return path;
    }

    private static int size(JsonValue value) {
        return value instanceof JsonObject o ? o.size() : value instanceof JsonArray a ? a.size() : 0;
    }

    private static JsonValue child(JsonValue value, int i) {
        return value instanceof JsonObject o ? o.value(i) : ((JsonArray) value).get(i);
    }

    private static JsonValue get(JsonValue root, List<Integer> path) {
        JsonValue at = root;
        for (int i : path) {
            at = child(at, i);
        }
        return at;
    }

    private static String pointer(JsonValue root, List<Integer> path) {
        StringBuilder text = new StringBuilder();
        JsonValue at = root;
        for (int i : path) {
            text.append('/').append(at instanceof JsonObject o ? o.key(i) : i);
            at = child(at, i);
        }
        return text.toString();
    }

    private static JsonValue replace(JsonValue root, List<Integer> path, JsonValue value) {
        if (path.isEmpty()) {
            return value;
        }
        int i = path.get(0);
        JsonValue changed = replace(child(root, i), path.subList(1, path.size()), value);
        return root instanceof JsonObject o ? o.with(o.key(i), changed) : ((JsonArray) root).with(i, changed);
    }

    private static List<Integer> parent(List<Integer> path) {
        return path.subList(0, path.size() - 1);
    }

    private static int last(List<Integer> path) {
        return path.get(path.size() - 1);
    }

    // What is done there.

    private static JsonValue delete(JsonValue root, List<Integer> path) {
        JsonValue parent = get(root, parent(path));
        if (parent instanceof JsonObject o) {
            return replace(root, parent(path), o.without(o.key(last(path))));
        }
        List<JsonValue> rest = new ArrayList<>(((JsonArray) parent).items());
        rest.remove(last(path));
        return replace(root, parent(path), JsonArray.of(rest));
    }

    private JsonValue swap(JsonValue root, List<Integer> path) {
        List<Integer> other = place(root);
        int common = Math.min(path.size(), other.size());
        if (path.subList(0, common).equals(other.subList(0, common))) {
            return root; // one is in the other
        }
        done.add("swap " + pointer(root, path) + " and " + pointer(root, other));
        JsonValue here = get(root, path);
        return replace(replace(root, path, get(root, other)), other, here);
    }

    private JsonValue duplicate(JsonValue root, List<Integer> path) {
        JsonValue value = get(root, path);
        JsonValue parent = get(root, parent(path));
        if (parent instanceof JsonObject o) {
            String key = random.nextBoolean() ? o.key(random.nextInt(o.size())) : key(root);
            return replace(root, parent(path), o.with(key, value));
        }
        List<JsonValue> more = new ArrayList<>(((JsonArray) parent).items());
        more.add(random.nextInt(more.size() + 1), value);
        return replace(root, parent(path), JsonArray.of(more));
    }

    private JsonValue shuffle(JsonValue value) {
        if (value instanceof JsonArray a) {
            List<JsonValue> items = new ArrayList<>(a.items());
            Collections.shuffle(items, random);
            return JsonArray.of(items);
        }
        if (value instanceof JsonObject o) {
            List<String> keys = new ArrayList<>(o.keys());
            Collections.shuffle(keys, random);
            JsonObject.Builder shuffled = JsonObject.builder();
            keys.forEach(k -> shuffled.put(k, o.get(k).orElseThrow()));
            return shuffled.build();
        }
        return value;
    }

    private JsonValue other() {
        return switch (random.nextInt(9)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.TRUE;
            case 2 -> new JsonNumber("1.50");
            case 3 -> new JsonNumber("-0");
            case 4 -> new JsonString("");
            case 5 -> JsonArray.EMPTY;
            case 6 -> JsonObject.EMPTY;
            case 7 -> JsonArray.of(JsonNull.NULL, JsonArray.EMPTY, new JsonString("x"));
            default -> JsonObject.of(Map.of("id", new JsonString("x"), "name", JsonNull.NULL));
        };
    }

    private JsonValue rename(JsonValue root, List<Integer> path) {
        if (!(get(root, parent(path)) instanceof JsonObject o)) {
            return root;
        }
        JsonObject.Builder renamed = JsonObject.builder();
        String key = key(root);
        for (int i = 0; i < o.size(); i++) {
            if (i == last(path) || !o.key(i).equals(key)) {
                renamed.put(i == last(path) ? key : o.key(i), o.value(i));
            }
        }
        return replace(root, parent(path), renamed.build());
    }

    /** A key of the document, or one that no platform has. */
    private String key(JsonValue root) {
        List<Integer> place = place(root);
        if (!place.isEmpty() && get(root, parent(place)) instanceof JsonObject o && random.nextInt(4) > 0) {
            return o.key(last(place));
        }
        return hostile();
    }

    private String hostile() {
        List<String> all = random.nextInt(3) == 0 ? TEXTS : HostileNames.FIXED;
        return all.get(random.nextInt(all.size()));
    }

    /** Another text: one of the document's own (so that ids and names meet where they should not), or a hostile one. */
    private JsonValue text(JsonValue root, JsonValue old) {
        JsonValue found = get(root, place(root));
        if (random.nextInt(3) > 0 && found instanceof JsonString) {
            return found;
        }
        String hostile = hostile();
        return new JsonString(
                old instanceof JsonString s && random.nextBoolean() ? s.value() + hostile + s.value() : hostile);
    }
}
