package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** A piece of a layout file with its place, read with errors that say file, place and reason. */
record Spec(String file, String where, JsonValue value) {

    Failure wrong(String reason) {
        return Failure.of(Reason.INVALID_LAYOUT, file + ":" + where, reason);
    }

    JsonObject object() {
        if (value instanceof JsonObject o) {
            return o;
        }
        throw wrong("a map is expected here");
    }

    /** Refuses members that are no words of the language. */
    Spec allow(Set<String> words) {
        for (String key : object().keys()) {
            if (!words.contains(key)) {
                throw at(key).wrong("unknown word; known here: "
                        + String.join(", ", words.stream().sorted().toList()));
            }
        }
        return this;
    }

    private Spec at(String key) {
        return new Spec(
                file, where + "/" + Pointer.escape(key), object().get(key).orElse(JsonNull.NULL));
    }

    boolean has(String key) {
        return object().has(key);
    }

    Optional<Spec> find(String key) {
        return has(key) ? Optional.of(at(key)) : Optional.empty();
    }

    Spec need(String key) {
        return find(key).orElseThrow(() -> wrong("'" + key + "' is missing"));
    }

    String text() {
        if (value instanceof JsonString s) {
            return s.value();
        }
        if (value instanceof JsonNumber n) {
            return n.literal();
        }
        if (value instanceof JsonBoolean b) {
            return b.toString();
        }
        throw wrong("a text is expected here");
    }

    String text(String key, String otherwise) {
        return find(key).map(Spec::text).orElse(otherwise);
    }

    boolean flag(String key) {
        return find(key)
                .map(s -> {
                    if (s.value() instanceof JsonBoolean b) {
                        return b.value();
                    }
                    throw s.wrong("true or false is expected here");
                })
                .orElse(false);
    }

    /** The items of a list; a single value counts as a list of one. */
    List<Spec> items() {
        if (!(value instanceof JsonArray a)) {
            return List.of(this);
        }
        List<Spec> items = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            items.add(new Spec(file, where + "/" + i, a.get(i)));
        }
        return items;
    }

    List<Spec> items(String key) {
        return find(key).map(Spec::items).orElse(List.of());
    }

    List<String> texts(String key) {
        return items(key).stream().map(Spec::text).toList();
    }

    List<Pointer> pointers(String key) {
        return items(key).stream().map(Spec::pointer).toList();
    }

    Pointer pointer() {
        return Pointer.parse(text());
    }

    /** Members of a map, in order. */
    Map<String, Spec> members() {
        Map<String, Spec> members = new LinkedHashMap<>();
        object().keys().forEach(k -> members.put(k, at(k)));
        return members;
    }

    <T> List<T> members(String key, BiFunction<String, Spec, T> read) {
        List<T> all = new ArrayList<>();
        find(key).ifPresent(s -> s.members().forEach((k, v) -> all.add(read.apply(k, v))));
        return all;
    }
}
