package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where single records stand in a written document, by their files: so that they can be replaced in it. */
final class Spots {
    private final Map<TreePath, Integer> numbers;
    /** In the order of the document. */
    private final long[] at;

    private final int[] lengths;
    private final int[] depths;

    private Spots(Map<TreePath, Integer> numbers, long[] at, int[] lengths, int[] depths) {
        this.numbers = numbers;
        this.at = at;
        this.lengths = lengths;
        this.depths = depths;
    }

    /** A document after some records were replaced in it. */
    record Edited(ExportedDocument.Pieces document, Spots spots) {}

    /**
     * Those records that were written exactly once.
     *
     * @param files by the number that the record's value was written with
     * @param places in the order of the document
     */
    static Spots of(Map<Integer, TreePath> files, List<JsonWriter.Place> places) {
        Map<Integer, Integer> times = new HashMap<>();
        places.forEach(place -> times.merge(place.number(), 1, Integer::sum));
        List<JsonWriter.Place> single = places.stream()
                .filter(p -> times.get(p.number()) == 1 && files.containsKey(p.number()))
                .toList();
        Map<TreePath, Integer> numbers = new HashMap<>();
        for (int i = 0; i < single.size(); i++) {
            numbers.put(files.get(single.get(i).number()), i);
        }
        return new Spots(
                numbers,
                single.stream().mapToLong(JsonWriter.Place::at).toArray(),
                single.stream().mapToInt(JsonWriter.Place::length).toArray(),
                single.stream().mapToInt(JsonWriter.Place::depth).toArray());
    }

    boolean has(TreePath file) {
        return numbers.containsKey(file);
    }

    /** Replaces records, all of which are here. */
    Edited replace(ExportedDocument.Pieces document, Map<TreePath, JsonObject> values) {
        byte[][] news = new byte[at.length][];
        values.forEach((file, value) -> {
            int number = numbers.get(file);
            news[number] = JsonWriter.pretty(value, depths[number]);
        });
        List<ExportedDocument.Replacement> replacements = new ArrayList<>(values.size());
        long[] movedTo = new long[at.length];
        int[] grown = lengths.clone();
        long shift = 0;
        for (int i = 0; i < at.length; i++) {
            movedTo[i] = at[i] + shift;
            if (news[i] != null) {
                replacements.add(new ExportedDocument.Replacement(at[i], lengths[i], news[i]));
                grown[i] = news[i].length;
                shift += grown[i] - lengths[i];
            }
        }
        return new Edited(document.with(replacements), new Spots(numbers, movedTo, grown, depths));
    }
}
