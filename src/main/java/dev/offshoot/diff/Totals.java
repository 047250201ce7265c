package dev.offshoot.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * A comparison in numbers.
 *
 * @param placed entities that only stand elsewhere on their page
 * @param derived those of which only derived facts are not the same
 * @param references files in which only references followed
 * @param formatting those whose files say the same in another way, and those whose file only has another name
 */
public record Totals(
        int added,
        int removed,
        int renamed,
        int moved,
        int changed,
        int placed,
        int derived,
        int references,
        int formatting) {

    public static Totals of(Comparison comparison) {
        int[] n = new int[9];
        for (Change change : changes(comparison)) {
            n[place(change)]++;
        }
        return new Totals(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }

    /** What a reader who asks for nothing special is not shown. */
    public int hidden() {
        return placed + derived + references + formatting;
    }

    public int shown() {
        return added + removed + renamed + moved + changed;
    }

    static List<Change> changes(Comparison comparison) {
        List<Change> all = new ArrayList<>();
        comparison.definitions().forEach(d -> all.addAll(d.changes()));
        all.addAll(comparison.elsewhere());
        return all;
    }

    private static int place(Change change) {
        if (change instanceof Change.Changed changed) {
            return changed.isNoise() ? noise(changed) : 4;
        }
        if (change.isNoise()) {
            return 8;
        }
        return change instanceof Change.Added
                ? 0
                : change instanceof Change.Removed ? 1 : change instanceof Change.Renamed ? 2 : 3;
    }

    private static int noise(Change.Changed changed) {
        if (changed.details().stream().anyMatch(Detail.Placed.class::isInstance)) {
            return 5;
        }
        if (changed.details().stream().anyMatch(Detail.Derived.class::isInstance)) {
            return 6;
        }
        return changed.details().stream().anyMatch(Detail.References.class::isInstance) ? 7 : 8;
    }
}
