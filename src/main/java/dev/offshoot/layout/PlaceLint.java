package dev.offshoot.layout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A placement says one owner and one target, and of each only what belongs to it. */
final class PlaceLint {
    private static final List<String> OWNERS = List.of("field", "listed", "under");

    private PlaceLint() {}

    static void check(Spec place) {
        Set<String> known = new HashSet<>(LayoutWords.OWNER);
        known.addAll(LayoutWords.TARGET);
        place.allow(known);
        long owners = OWNERS.stream().filter(place::has).count();
        if (owners != 1) {
            throw place.wrong("a placement says who owns the record in one way: field, listed or under");
        }
        if (place.has("under") && place.has("kind")) {
            throw place.need("kind").wrong("kind belongs to field and listed; under needs none");
        }
        boolean embed = place.has("embed");
        boolean entry = place.has("entry");
        boolean file = place.has("file");
        if ((embed ? 1 : 0) + (entry ? 1 : 0) + (file ? 1 : 0) != 1) {
            throw place.wrong(
                    "a placement says where the record goes in one way: file, folder with file, embed or entry");
        }
        only(place, "folder", file, "a file in it");
        only(place, "flatten", file && !place.has("folder"), "a file of its own");
        only(place, "by", embed, "embed");
        only(place, "position", embed && !place.has("by"), "embed as a list");
        if (place.has("under") && place.need("under").text().equals("root") && !file) {
            throw place.need("under").wrong("what nobody owns needs a file or a folder");
        }
    }

    private static void only(Spec place, String word, boolean fits, String with) {
        if (place.has(word) && !fits) {
            throw place.need(word).wrong(word + " needs " + with);
        }
    }
}
