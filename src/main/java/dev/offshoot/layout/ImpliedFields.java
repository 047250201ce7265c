package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a record's own content, its name and its owner imply; ids are the affair of those who know them. */
final class ImpliedFields {
    private ImpliedFields() {}

    /** Value of a text source; empty for every other source. */
    static Optional<JsonValue> text(
            Kind.Implied.Source source, Kind kind, JsonValue own, Function<Pointer, Optional<JsonValue>> owner) {
        if (!(source instanceof Kind.Implied.Source.Text text)) {
            return Optional.empty();
        }
        Optional<JsonValue> made = text.text()
                .fill(variable -> variable(variable, kind, own, owner))
                .map(JsonString::new);
        return text.list() ? made.map(JsonArray::of) : made;
    }

    private static Optional<String> variable(
            String variable, Kind kind, JsonValue own, Function<Pointer, Optional<JsonValue>> owner) {
        Optional<JsonValue> found = variable.equals(ImpliedText.NAME)
                ? kind.names().stream()
                        .flatMap(p -> p.get(own).stream())
                        .filter(v -> v instanceof JsonString s && !s.value().isBlank())
                        .findFirst()
                : variable.startsWith(ImpliedText.OWNER)
                        ? owner.apply(Pointer.parse(variable.substring(ImpliedText.OWNER.length())))
                        : Pointer.parse(variable).get(own);
        return found.filter(JsonString.class::isInstance).flatMap(Values::text);
    }

    /** Places of a pattern: itself when it has no stars, else those whose parent is an object. */
    static List<Pointer> places(Pointer field, JsonValue content) {
        if (field.isLiteral()) {
            return List.of(field);
        }
        List<Pointer> found = new ArrayList<>();
        field.parent().each(content, (at, value) -> {
            if (value instanceof JsonObject) {
                found.add(Pointer.parse(at + "/" + Pointer.escape(field.last())));
            }
        });
        return found;
    }

    /** The value of another member of the object that a place is in. */
    static Optional<JsonValue> sibling(Kind.Implied.Source.Sibling rule, Pointer place, JsonValue content) {
        return place.parent()
                .get(content)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(o -> rule.beside().stream().allMatch(o::has))
                .flatMap(o -> o.get(rule.member()));
    }

    /** Content with every implied sibling that is not noted as absent. */
    static JsonValue siblings(
            Pointer field, Kind.Implied.Source.Sibling rule, JsonValue content, Collection<String> absent) {
        JsonValue result = content;
        for (Pointer place : places(field, content)) {
            Optional<JsonValue> implied = sibling(rule, place, result);
            if (implied.isPresent() && place.get(result).isEmpty() && !absent.contains(place.toString())) {
                result = place.put(result, implied.get());
            }
        }
        return result;
    }
}
