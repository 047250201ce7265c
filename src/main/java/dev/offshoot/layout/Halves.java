package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Copies of one shape inside a record, for example what is edited and what is deployed. The first is the base and stands in the record's own
 * files; of each other one only the parts that differ are written, under a parallel folder of the definition.
 *
 * @param all the base first; empty where a kind has no halves
 * @param park a half without this field was never deployed and says nothing worth a file: it is kept whole among the derived facts
 */
record Halves(List<Half> all, Optional<Pointer> park) {
    static final Halves NONE = new Halves(List.of(), Optional.empty());

    /**
     * @param folder name of the parallel folder; without meaning for the base
     * @param member the record's member that holds the half
     */
    record Half(String folder, String member) {
        Pointer at() {
            return new Pointer(List.of(member));
        }
    }

    Halves {
        all = List.copyOf(all);
    }

    boolean isNone() {
        return all.isEmpty();
    }

    Half base() {
        return all.get(0);
    }

    List<Half> others() {
        return isNone() ? all : all.subList(1, all.size());
    }

    /** True when the record's halves can be told apart; a half that is no object leaves the record as it is. */
    boolean fit(JsonObject record) {
        return !isNone()
                && all.stream().allMatch(h -> record.get(h.member()).stream().allMatch(JsonObject.class::isInstance));
    }

    boolean isParked(Half half, JsonValue value) {
        return half != base()
                && park.isPresent()
                && value instanceof JsonObject
                && park.get().get(value).isEmpty();
    }

    /** True for a place inside a half that was never deployed: nothing is implied there. */
    boolean isParked(Pointer field, JsonObject record) {
        return park.isPresent()
                && others().stream()
                        .anyMatch(h -> field.first().equals(h.member())
                                && record.get(h.member())
                                        .filter(v -> isParked(h, v))
                                        .isPresent());
    }
}
