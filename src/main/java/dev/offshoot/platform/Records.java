package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is said again and again of lists of records in a document. */
final class Records {
    private Records() {}

    /** The objects of a list; nothing where no list stands. */
    static Stream<JsonObject> in(JsonObject document, String list) {
        return document.array(list).stream()
                .flatMap(a -> a.items().stream())
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /** The document with more at the end of a list. */
    static JsonObject add(JsonObject document, String list, List<? extends JsonValue> more) {
        if (more.isEmpty()) {
            return document;
        }
        List<JsonValue> items = document.array(list).map(JsonArray::items).orElse(List.of());
        return document.with(
                list, JsonArray.of(Stream.concat(items.stream(), more.stream()).toList()));
    }

    /** A text at a path of members. */
    static Optional<String> text(JsonObject record, String member, String inner) {
        return record.object(member).flatMap(o -> o.text(inner));
    }

    /** The record with a member of an inner object changed, where that object is. */
    static JsonObject in(JsonObject record, String member, UnaryOperator<JsonObject> change) {
        return record.object(member)
                .map(o -> record.with(member, change.apply(o)))
                .orElse(record);
    }

    /** The object with a text in the place of what it has there; unchanged where it has nothing. */
    static JsonObject put(JsonObject object, String key, String text) {
        return object.has(key) ? object.with(key, new JsonString(text)) : object;
    }

    /** Every text of a value through a change. */
    static JsonValue texts(JsonValue value, UnaryOperator<String> change) {
        if (value instanceof JsonString s) {
            String changed = change.apply(s.value());
            return changed.equals(s.value()) ? s : new JsonString(changed);
        }
        if (value instanceof JsonArray a) {
            return JsonArray.of(a.items().stream().map(v -> texts(v, change)).toList());
        }
        return value instanceof JsonObject o ? o.map(v -> texts(v, change)) : value;
    }

    /** The name itself, or with the first number behind it that makes it free. */
    static String free(String name, Set<String> taken, String between, int first) {
        String free = name;
        for (int n = first; taken.contains(free); n++) {
            free = name + between + n;
        }
        return free;
    }
}
