package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sensitive value that is not stored in files, but may be in the vault.
 *
 * @param place where
 * @param unless tests on the object that holds it: then the value comes from elsewhere
 * @param needed tests on the record; when all of them hold it does not work without. Empty: nobody can tell
 * @param asked rules that say of some fields when they are needed; the others always are
 */
record Vaulted(Kind.Withheld place, List<Test> unless, Optional<List<Test>> needed, List<Asked> asked) {

    /**
     * When fields are needed whose use depends on how the others are set.
     *
     * @param fields what people call them
     * @param when tests on the object that has them all
     */
    record Asked(Pattern fields, List<Test> when) {
        static Asked of(Spec spec) {
            spec.allow(LayoutWords.ASKED);
            Spec fields = spec.need("fields");
            return new Asked(
                    LayoutReader.readable(fields, () -> Pattern.compile(fields.text())),
                    LayoutReader.tests(spec.need("when")));
        }
    }

    /** One rule for each half of the record that it is said of. */
    static Stream<Vaulted> of(Spec spec, Halves halves) {
        if (!(spec.value() instanceof JsonObject)) {
            return each(halves, new Kind.Withheld(spec.pointer(), List.of()))
                    .map(place -> new Vaulted(place, List.of(), Optional.empty(), List.of()));
        }
        spec.allow(LayoutWords.VAULT);
        List<Test> beside = spec.find("beside").map(LayoutReader::tests).orElse(List.of());
        List<Test> unless = spec.find("unless").map(LayoutReader::tests).orElse(List.of());
        Optional<List<Test>> needed = spec.find("needed").map(LayoutReader::tests);
        List<Asked> asked = spec.items("asked").stream().map(Asked::of).toList();
        return each(halves, new Kind.Withheld(spec.need("at").pointer(), beside))
                .map(place -> new Vaulted(place, unless, needed, asked));
    }

    private static Stream<Kind.Withheld> each(Halves halves, Kind.Withheld rule) {
        return HalfPointers.each(halves, rule.at()).map(at -> new Kind.Withheld(at, rule.when()));
    }

    /** A place in a record, whether a value is there or not. */
    record At(String pointer, String field, boolean needed) {}

    /** The places that a record has by what stands around them. */
    List<At> in(JsonValue record) {
        List<At> found = new ArrayList<>();
        if (place.at().steps().contains("**")) {
            return found; // every object of the record could hold it
        }
        boolean needsIt = needed.filter(tests -> tests.stream().allMatch(t -> t.holds(record)))
                .isPresent();
        Pointer around = place.at().parent();
        if (needsIt && around.isLiteral() && place.when().isEmpty() && !around.isIn(record)) {
            found.add(new At(place.at().toString(), place.at().last(), true)); // nothing of it is set yet
        }
        around.each(record, (pointer, value) -> {
            if (value instanceof JsonObject holder && place.when().stream().allMatch(t -> t.holds(holder))) {
                boolean elsewhere = !unless.isEmpty() && unless.stream().allMatch(t -> t.holds(holder));
                String field = field(pointer);
                boolean needsThis = needsIt && !elsewhere && isAsked(field, pointer, record);
                found.add(new At(pointer + "/" + Pointer.escape(place.at().last()), field, needsThis));
            }
        });
        return found;
    }

    private boolean isAsked(String field, String holder, JsonValue record) {
        List<Asked> rules =
                asked.stream().filter(a -> a.fields().matcher(field).matches()).toList();
        Optional<JsonValue> around = rules.isEmpty() || holder.isEmpty()
                ? Optional.empty()
                : Pointer.parse(holder).parent().get(record);
        return around.isEmpty()
                || rules.stream().flatMap(rule -> rule.when().stream()).allMatch(t -> t.holds(around.get()));
    }

    /** What stood for the stars, or the last step. */
    private String field(String around) {
        List<String> varying = new ArrayList<>();
        List<String> steps = Pointer.parse(around).steps();
        for (int i = 0; i < steps.size(); i++) {
            if (place.at().steps().get(i).equals("*")
                    || place.at().steps().get(i).equals("?")) {
                varying.add(steps.get(i));
            }
        }
        return varying.isEmpty() ? place.at().last() : String.join(".", varying);
    }
}
