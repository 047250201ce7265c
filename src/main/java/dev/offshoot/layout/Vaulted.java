package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sensitive value that is not stored in files, but may be in the vault.
 *
 * @param place where
 * @param unless tests on the object that holds it: then the value comes from elsewhere
 * @param needed tests on the record; when all of them hold it does not work without. Empty: nobody can tell
 */
record Vaulted(Kind.Withheld place, List<Test> unless, Optional<List<Test>> needed) {

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
        around.each(record, (pointer, value) -> {
            if (value instanceof JsonObject holder && place.when().stream().allMatch(t -> t.holds(holder))) {
                boolean elsewhere = !unless.isEmpty() && unless.stream().allMatch(t -> t.holds(holder));
                found.add(new At(
                        pointer + "/" + Pointer.escape(place.at().last()), field(pointer), needsIt && !elsewhere));
            }
        });
        return found;
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
