package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Symbolic references in text: {@code @{target}} in the place of an id. A literal <code>@{</code> of the source is written
 * <code>@{@}{</code>. One pass over every string and every key; what does not resolve stays as it is.
 */
final class Symbols {
    private static final String OPEN = "@{";
    private static final String ESCAPED = "@{@}{";

    private Symbols() {}

    /** True for a text that {@link #encode} leaves alone whatever it is told: no id fits into it, and nothing has to be escaped. */
    static boolean isPlain(String text, Optional<IdShape> ids) {
        return (ids.isEmpty() || text.length() < ids.get().length()) && text.indexOf('@') < 0;
    }

    /** Ids to references. {@code target} gives the reference of an id it knows. */
    static String encode(String text, Optional<IdShape> ids, Function<String, Optional<String>> target) {
        String source = text.contains(OPEN) ? text.replace(OPEN, ESCAPED) : text;
        if (ids.isEmpty() || source.length() < ids.get().length()) {
            return source;
        }
        IdShape shape = ids.get();
        StringBuilder out = null;
        int copied = 0;
        int from = 0;
        for (int at; (at = shape.next(source, from)) >= 0; ) {
            Optional<String> reference = target.apply(source.substring(at, at + shape.length()));
            if (reference.isEmpty()) {
                from = at + 1;
                continue;
            }
            out = out == null ? new StringBuilder() : out;
            out.append(source, copied, at).append(OPEN).append(reference.get()).append('}');
            from = at + shape.length();
            copied = from;
        }
        return out == null
                ? source
                : out.append(source, copied, source.length()).toString();
    }

    /** A value as it is written in a file, where none of its texts is a reference. */
    static JsonValue literal(JsonValue value) {
        return map(value, text -> text.replace(OPEN, ESCAPED));
    }

    /** What a text of a file says where it holds no reference. */
    static String plain(String text) {
        return decode(text, reference -> OPEN + reference + "}");
    }

    /** True for a text with a reference in it, or with something that was escaped. */
    static boolean isIn(String text) {
        return text.contains(OPEN);
    }

    /** References to ids. {@code id} answers for the text between the braces; it throws for one that resolves to nothing. */
    static String decode(String text, UnaryOperator<String> id) {
        return each(text, OPEN, id);
    }

    /** Other references in the places of those in a text of a file; what is escaped stays escaped. */
    static String rewrite(String text, UnaryOperator<String> reference) {
        return each(text, ESCAPED, inner -> OPEN + reference.apply(inner) + "}");
    }

    private static String each(String text, String escaped, UnaryOperator<String> id) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        while (open >= 0) {
            out.append(text, copied, open);
            if (text.startsWith(ESCAPED, open)) {
                out.append(escaped);
                copied = open + ESCAPED.length();
            } else {
                int close = text.indexOf('}', open);
                String inner = close < 0 ? text.substring(open + 2) : text.substring(open + 2, close);
                out.append(id.apply(inner));
                copied = close < 0 ? text.length() : close + 1;
            }
            open = text.indexOf(OPEN, copied);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Changes every string and every key of a value; the value itself comes back when nothing changed. */
    static JsonValue map(JsonValue value, UnaryOperator<String> change) {
        if (value instanceof JsonString s) {
            String changed = change.apply(s.value());
            return changed == s.value() || changed.equals(s.value()) ? value : new JsonString(changed);
        }
        if (value instanceof JsonArray a) {
            JsonValue[] items = null;
            for (int i = 0; i < a.size(); i++) {
                JsonValue changed = map(a.get(i), change);
                if (changed != a.get(i)) {
                    items = items == null ? a.items().toArray(new JsonValue[0]) : items;
                    items[i] = changed;
                }
            }
            return items == null ? a : JsonArray.of(items);
        }
        return value instanceof JsonObject o ? map(o, change) : value;
    }

    private static JsonValue map(JsonObject o, UnaryOperator<String> change) {
        String[] keys = null;
        JsonValue[] values = null;
        for (int i = 0; i < o.size(); i++) {
            JsonValue value = map(o.value(i), change);
            String key = change.apply(o.key(i));
            if (value != o.value(i) || !key.equals(o.key(i))) {
                if (keys == null) {
                    keys = o.keys().toArray(new String[0]);
                    values = new JsonValue[keys.length];
                    for (int j = 0; j < values.length; j++) {
                        values[j] = o.value(j);
                    }
                }
                keys[i] = key;
                values[i] = value;
            }
        }
        return keys == null ? o : JsonObject.adopt(keys, values);
    }
}
