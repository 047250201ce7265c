package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A place in a value: steps joined by {@code /} (a leading one may be left out), {@code *} for every member or item, {@code ?} for one
 * member of any name, {@code **} for any number of levels. {@code ~1} and {@code ~0} stand for {@code /} and {@code ~} in a step, as in RFC 6901. The empty pointer is the value itself.
 * Immutable; what every record asks of the pointers of its kind is worked out once.
 */
final class Pointer {
    static final Pointer SELF = new Pointer(List.of());

    private final List<String> steps;
    private final boolean literal;
    // Made when first asked for; every thread makes the same.
    private String text;
    private Pointer parent;

    Pointer(List<String> steps) {
        this.steps = List.copyOf(steps);
        this.literal = this.steps.stream().noneMatch(Pointer::isPattern);
    }

    static Pointer parse(String text) {
        int start = text.startsWith("/") ? 1 : 0;
        if (start == text.length()) {
            return SELF;
        }
        List<String> steps = new ArrayList<>(4);
        for (int slash; (slash = text.indexOf('/', start)) >= 0; start = slash + 1) {
            steps.add(unescape(text.substring(start, slash)));
        }
        steps.add(unescape(text.substring(start)));
        return new Pointer(steps);
    }

    static String escape(String step) {
        return step.indexOf('~') < 0 && step.indexOf('/') < 0
                ? step
                : step.replace("~", "~0").replace("/", "~1");
    }

    private static String unescape(String step) {
        return step.indexOf('~') < 0 ? step : step.replace("~1", "/").replace("~0", "~");
    }

    List<String> steps() {
        return steps;
    }

    boolean isSelf() {
        return steps.isEmpty();
    }

    boolean isLiteral() {
        return literal;
    }

    /** True when the pointer names a direct member. */
    boolean isMember() {
        return literal && steps.size() == 1;
    }

    private static boolean isPattern(String step) {
        return step.equals("*") || step.equals("?") || step.equals("**");
    }

    String first() {
        return steps.get(0);
    }

    String last() {
        return steps.get(steps.size() - 1);
    }

    boolean endsWithStar() {
        return !isSelf() && last().equals("*");
    }

    /** True when the last step is one member of any name. */
    boolean endsWithAny() {
        return !isSelf() && last().equals("?");
    }

    Pointer parent() {
        if (parent == null) {
            parent = steps.size() == 1 ? SELF : new Pointer(steps.subList(0, steps.size() - 1));
        }
        return parent;
    }

    /** This place below another one. */
    Pointer in(Pointer outer) {
        List<String> all = new ArrayList<>(outer.steps);
        all.addAll(steps);
        return new Pointer(all);
    }

    /** An object with nothing in it but the value, at this place. */
    JsonValue wrap(JsonValue value) {
        JsonValue wrapped = value;
        for (int i = steps.size() - 1; i >= 0; i--) {
            wrapped = JsonObject.EMPTY.with(steps.get(i), wrapped);
        }
        return wrapped;
    }

    /** The value at a literal pointer. */
    Optional<JsonValue> get(JsonValue root) {
        return Optional.ofNullable(find(root));
    }

    /** The text or number at a literal pointer. */
    Optional<String> text(JsonValue root) {
        JsonValue found = find(root);
        return found == null ? Optional.empty() : Values.text(found);
    }

    boolean isIn(JsonValue root) {
        return find(root) != null;
    }

    private JsonValue find(JsonValue root) {
        JsonValue at = root;
        for (int i = 0; i < steps.size() && at != null; i++) {
            at = step(at, steps.get(i));
        }
        return at;
    }

    /** What is at a step, or null. */
    private static JsonValue step(JsonValue at, String step) {
        if (at instanceof JsonObject o) {
            int i = o.indexOf(step);
            return i < 0 ? null : o.value(i);
        }
        if (at instanceof JsonArray a) {
            int i = index(step);
            return i >= 0 && i < a.size() ? a.get(i) : null;
        }
        return null;
    }

    private static int index(String step) {
        if (step.isEmpty() || step.length() > 9) {
            return -1;
        }
        int n = 0;
        for (int i = 0; i < step.length(); i++) {
            char c = step.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            n = n * 10 + (c - '0');
        }
        return n;
    }

    /** Every match with its concrete pointer, in document order. */
    void each(JsonValue root, BiConsumer<String, JsonValue> match) {
        if (literal) {
            JsonValue found = find(root);
            if (found != null) {
                match.accept(toString(), found);
            }
        } else {
            new Search(match).from(root, 0);
        }
    }

    /** A walk through a value; the way to where it is becomes text only where something matches. */
    private final class Search {
        private final BiConsumer<String, JsonValue> match;
        private final List<Object> way = new ArrayList<>();

        Search(BiConsumer<String, JsonValue> match) {
            this.match = match;
        }

        private void from(JsonValue at, int i) {
            if (i == steps.size()) {
                match.accept(text(), at);
                return;
            }
            String step = steps.get(i);
            if (step.equals("**")) {
                from(at, i + 1);
                children(at, i, goesOn(i + 1));
            } else if (step.equals("*") || step.equals("?") && at instanceof JsonObject) {
                children(at, i + 1, goesOn(i + 1));
            } else {
                JsonValue next = step(at, step);
                if (next != null) {
                    way.add(step);
                    from(next, i + 1);
                    way.remove(way.size() - 1);
                }
            }
        }

        /** True when only what holds something can match the steps from one on. */
        private boolean goesOn(int i) {
            return i < steps.size() && !steps.get(i).equals("**");
        }

        /** @param inner what is sought stands inside the children: those that hold nothing are no use */
        private void children(JsonValue at, int i, boolean inner) {
            if (at instanceof JsonObject o) {
                for (int j = 0; j < o.size(); j++) {
                    child(o.key(j), o.value(j), i, inner);
                }
            } else if (at instanceof JsonArray a) {
                for (int j = 0; j < a.size(); j++) {
                    child(j, a.get(j), i, inner);
                }
            }
        }

        private void child(Object step, JsonValue value, int i, boolean inner) {
            if (!inner || value instanceof JsonObject || value instanceof JsonArray) {
                way.add(step);
                from(value, i);
                way.remove(way.size() - 1);
            }
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            way.forEach(step -> text.append('/').append(step instanceof String key ? escape(key) : step));
            return text.toString();
        }
    }

    /** The value without every object member that matches; items of lists are never removed, only members of objects in them. */
    JsonObject cut(JsonObject root) {
        return literal ? (JsonObject) without(root, 0) : cut(root, (pointer, value) -> {});
    }

    private JsonValue without(JsonValue at, int i) {
        String step = steps.get(i);
        if (i == steps.size() - 1) {
            return at instanceof JsonObject o ? o.without(step) : at;
        }
        JsonValue next = step(at, step);
        if (next == null) {
            return at;
        }
        JsonValue changed = without(next, i + 1);
        return changed == next ? at : replaceStep(at, step, changed);
    }

    /**
     * The same.
     *
     * @param removed is told each concrete pointer and value
     */
    JsonObject cut(JsonObject root, BiConsumer<String, JsonValue> removed) {
        if (isMember()) {
            int i = root.indexOf(first());
            if (i < 0) {
                return root;
            }
            removed.accept("/" + escape(first()), root.value(i));
            return root.without(first());
        }
        return (JsonObject) cut(root, 0, "", removed);
    }

    private JsonValue cut(JsonValue at, int i, String path, BiConsumer<String, JsonValue> removed) {
        String step = steps.get(i);
        boolean lastStep = i == steps.size() - 1;
        if (step.equals("**")) {
            JsonValue here = cut(at, i + 1, path, removed);
            return replaceChildren(here, path, (p, v) -> cut(v, i, p, removed));
        }
        if (lastStep) {
            if (!(at instanceof JsonObject o)) {
                return at;
            }
            if (step.equals("*")) {
                o.forEach((k, v) -> removed.accept(path + "/" + escape(k), v));
                return JsonObject.EMPTY;
            }
            int found = o.indexOf(step);
            if (found < 0) {
                return at;
            }
            removed.accept(path + "/" + escape(step), o.value(found));
            return o.without(step);
        }
        if (step.equals("*")) {
            return replaceChildren(at, path, (p, v) -> cut(v, i + 1, p, removed));
        }
        JsonValue next = step(at, step);
        if (next == null) {
            return at;
        }
        JsonValue changed = cut(next, i + 1, path + "/" + escape(step), removed);
        return changed == next ? at : replaceStep(at, step, changed);
    }

    private interface Replace {
        JsonValue apply(String path, JsonValue value);
    }

    private static JsonValue replaceChildren(JsonValue at, String path, Replace replace) {
        if (at instanceof JsonObject o) {
            JsonObject result = o;
            for (int i = 0; i < o.size(); i++) {
                JsonValue changed = replace.apply(path + "/" + escape(o.key(i)), o.value(i));
                if (changed != o.value(i)) {
                    result = result.with(o.key(i), changed);
                }
            }
            return result;
        }
        if (at instanceof JsonArray a) {
            JsonArray result = a;
            for (int i = 0; i < a.size(); i++) {
                JsonValue changed = replace.apply(path + "/" + i, a.get(i));
                if (changed != a.get(i)) {
                    result = result.with(i, changed);
                }
            }
            return result;
        }
        return at;
    }

    private static JsonValue replaceStep(JsonValue at, String step, JsonValue value) {
        return at instanceof JsonArray a ? a.with(index(step), value) : ((JsonObject) at).with(step, value);
    }

    /**
     * The value with a member set at a literal pointer. The parent must exist, else the value comes back unchanged; a list is only
     * changed at an index it has.
     */
    JsonValue put(JsonValue root, JsonValue value) {
        return put(root, 0, value);
    }

    private JsonValue put(JsonValue root, int i, JsonValue value) {
        if (i == steps.size()) {
            return value;
        }
        String step = steps.get(i);
        if (i == steps.size() - 1) {
            if (root instanceof JsonObject o) {
                return o.with(step, value);
            }
            return root instanceof JsonArray a && index(step) >= 0 && index(step) < a.size()
                    ? a.with(index(step), value)
                    : root;
        }
        JsonValue next = step(root, step);
        if (next == null) {
            return root;
        }
        JsonValue changed = put(next, i + 1, value);
        return changed == next ? root : replaceStep(root, step, changed);
    }

    /** Like {@link #put} but makes missing objects on the way; a value in the way that is no container leaves the root unchanged. */
    JsonValue putDeep(JsonValue root, JsonValue value) {
        return putDeep(root, 0, value);
    }

    private JsonValue putDeep(JsonValue at, int i, JsonValue value) {
        if (i == steps.size()) {
            return value;
        }
        String step = steps.get(i);
        if (at instanceof JsonObject o) {
            JsonValue next = o.get(step).orElse(JsonObject.EMPTY);
            return o.with(step, putDeep(next, i + 1, value));
        }
        JsonValue next = step(at, step);
        return next == null ? at : replaceStep(at, step, putDeep(next, i + 1, value));
    }

    /** Concrete pointers in {@code root} for a pattern whose stars are all inner ones. */
    List<String> expand(JsonValue root) {
        List<String> found = new ArrayList<>();
        each(root, (path, value) -> found.add(path));
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pointer p && steps.equals(p.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        if (text == null) {
            StringBuilder made = new StringBuilder();
            steps.forEach(s -> made.append('/').append(s.equals("*") || s.equals("**") ? s : escape(s)));
            text = made.toString();
        }
        return text;
    }
}
