package dev.offshoot.layout;

import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Where the order is content, the order file says it, not the ledger: a person may have changed it. Only records of one folder change
     * places with each other; whatever else is in the list stays where it is.
     */
    static Holder.Sequence inOrder(Holder.Sequence sequence, NodeReader nodes) {
        Map<String, List<Integer>> folders = new LinkedHashMap<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Optional<Node> node = sequence.items().get(i).node();
            if (node.isPresent() && node.get().kind.is(Kind.Flag.ORDERED)) {
                String address = node.get().address;
                folders.computeIfAbsent(address.substring(0, address.lastIndexOf('/')), f -> new ArrayList<>())
                        .add(i);
            }
        }
        if (folders.isEmpty()) {
            return sequence;
        }
        Comparator<Node> byFile = Comparator.<Node>comparingInt(nodes::position).thenComparing(Node::lastSegment);
        List<Holder.Member> items = new ArrayList<>(sequence.items());
        folders.values().forEach(places -> {
            List<Holder.Member> own = places.stream().map(sequence.items()::get).toList();
            List<Node> first =
                    own.stream().map(m -> m.node().orElseThrow()).distinct().toList();
            if (first.stream().sorted(byFile).toList().equals(first)) {
                return; // a record that is listed twice stays where it was the second time
            }
            List<Holder.Member> sorted = new ArrayList<>(own);
            sorted.sort(Comparator.comparing(m -> m.node().orElseThrow(), byFile));
            for (int i = 0; i < sorted.size(); i++) {
                items.set(places.get(i), sorted.get(i));
            }
        });
        return new Holder.Sequence(sequence.at(), sequence.shape(), sequence.wrapper(), items);
    }
}
