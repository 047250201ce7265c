package dev.offshoot.diff;

import dev.offshoot.diff.FieldDiff.Twice;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.Places;
import dev.offshoot.layout.References;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.Map;

/** Makes references comparable, and counts those that only followed what was renamed or moved. */
final class Folding {
    private final Places places;
    private final Matching matching;
    private final Map<TreePath, Integer> followed = new HashMap<>();
    private int folded;

    Folding(Places places, Matching matching) {
        this.places = places;
        this.matching = matching;
    }

    Twice before(Entity in, JsonValue value) {
        return matching.hasMoves()
                ? new Twice(places.references(in).absolute(value, matching::moved), value)
                : Twice.of(value);
    }

    Twice after(Entity in, JsonValue value) {
        return matching.hasMoves()
                ? new Twice(places.references(in).absolute(value, address -> address), value)
                : Twice.of(value);
    }

    String before(Entity in, String text) {
        return matching.hasMoves() ? places.references(in).absolute(text, matching::moved) : text;
    }

    String after(Entity in, String text) {
        return matching.hasMoves() ? places.references(in).absolute(text, address -> address) : text;
    }

    /** Where the thing at an address stands now. */
    String moved(String address) {
        return matching.moved(address);
    }

    /** A value says, in other words, the same as before. */
    void folded(Entity in, JsonValue was) {
        folded++;
        References references = places.references(in);
        references.absolute(was, address -> {
            matching.moveOf(address).ifPresent(from -> followed.merge(from, 1, Integer::sum));
            return address;
        });
    }

    void folded(Entity in, String was) {
        folded(in, new JsonString(was));
    }

    /** How many were folded so far. */
    int folded() {
        return folded;
    }

    /** References that followed a move. */
    int followed(TreePath from) {
        return followed.getOrDefault(from, 0);
    }
}
