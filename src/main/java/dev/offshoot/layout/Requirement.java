package dev.offshoot.layout;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Something that records of a kind need of wherever they are.
 *
 * @param need what sort of thing, as people are told: {@code datasource}, {@code plugin}, {@code role}
 * @param at where it is named: in a text, in a list of texts, or in the keys of a map
 * @param kinds what it is in the tree; empty: nothing, the platform itself has to have it
 * @param when tests on the record
 * @param except what every instance has
 * @param name where the record says what to call it; empty: by what it is named with
 */
record Requirement(
        String need,
        List<Pointer> at,
        Set<String> kinds,
        List<Test> when,
        Optional<Test.Expectation> except,
        Optional<Pointer> name) {

    static Requirement of(Spec spec, List<Pointer> at, List<Test> when) {
        spec.allow(LayoutWords.REQUIRES);
        return new Requirement(
                spec.need("need").text(),
                at,
                Set.copyOf(spec.texts("kind")),
                when,
                spec.find("except").map(s -> LayoutReader.readable(s, () -> Test.expectation(s.text()))),
                spec.find("name").map(Spec::pointer));
    }

    /** Tells everything that a record names. */
    void each(JsonValue record, Consumer<String> named) {
        if (!when.stream().allMatch(t -> t.holds(record))) {
            return;
        }
        for (Pointer pointer : at) {
            if (pointer.isLiteral()) {
                pointer.get(record).ifPresent(value -> texts(value, named));
            } else {
                pointer.each(record, (where, value) -> texts(value, named));
            }
        }
    }

    private void texts(JsonValue value, Consumer<String> named) {
        if (value instanceof JsonArray list) {
            for (JsonValue item : list) {
                if (item instanceof JsonString s) {
                    text(s.value(), named);
                }
            }
        } else if (value instanceof JsonObject map) {
            map.keys().forEach(key -> text(key, named));
        } else {
            Values.text(value).ifPresent(text -> text(text, named));
        }
    }

    private void text(String text, Consumer<String> named) {
        if (!text.isBlank()
                && except.filter(e -> e.holds(Optional.of(new JsonString(text))))
                        .isEmpty()) {
            named.accept(text);
        }
    }
}
