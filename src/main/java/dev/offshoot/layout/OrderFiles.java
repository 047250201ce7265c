package dev.offshoot.layout;

import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Order files: beside a folder, {@code <folder>.order} with one name per line, where the order means something and differs from that of the
 * names. Read with tolerance: entries that are not listed follow in order of name, unknown and repeated lines say nothing.
 */
final class OrderFiles {
    static final String SUFFIX = ".order";

    private OrderFiles() {}

    /** Writes the order of every folder of ordered records that is not the order of their names. {@code records}: in document order. */
    static void write(List<Rec> records, Map<TreePath, Content> files) {
        Map<String, List<String>> folders = new LinkedHashMap<>();
        for (Rec r : records) {
            if (r.kind.is(Kind.Flag.ORDERED)) {
                int slash = r.address.lastIndexOf('/');
                folders.computeIfAbsent(r.address.substring(0, slash), f -> new ArrayList<>())
                        .add(r.address.substring(slash + 1));
            }
        }
        folders.forEach((folder, names) -> {
            if (!names.equals(new ArrayList<>(new TreeSet<>(names)))) {
                files.put(TreePath.of(folder + SUFFIX), Content.utf8(String.join("\n", names) + "\n"));
            }
        });
    }

    /** Position of each name. */
    static Map<String, Integer> read(Content content) {
        Map<String, Integer> positions = new HashMap<>();
        content.utf8()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .forEach(l -> positions.putIfAbsent(l, positions.size()));
        return positions;
    }
}
