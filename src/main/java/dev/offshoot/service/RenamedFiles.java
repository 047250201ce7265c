package dev.offshoot.service;

import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out, as Git does, which of the files that are new are old ones under another name: same extension, and at least half of the lines.
 * Addresses stand for the files, and for folders whose main file moved.
 */
final class RenamedFiles {
    /** Part of the lines of the longer file that both have. */
    private static final double ALIKE = 0.5;
    /** Pairs beyond this are only compared by their bytes, as Git does. */
    private static final int MOST_PAIRS = 10_000;

    private RenamedFiles() {}

    static Map<TreePath, TreePath> find(
            Snapshot before, Snapshot after, SortedMap<TreePath, Optional<ObjectName>> changes) {
        Map<TreePath, Content> gone = new TreeMap<>();
        Map<TreePath, Content> fresh = new TreeMap<>();
        changes.forEach((path, blob) -> {
            if (path.value().endsWith(".yaml")) {
                Optional<Content> was = before.files().read(path);
                if (blob.isEmpty()) {
                    was.ifPresent(c -> gone.put(path, c));
                } else if (was.isEmpty()) {
                    fresh.put(path, after.files().read(path).orElseThrow());
                }
            }
        });
        Map<TreePath, TreePath> found = new TreeMap<>();
        boolean few = (long) gone.size() * fresh.size() <= MOST_PAIRS;
        for (TreePath to : fresh.keySet()) {
            Optional<TreePath> from = best(to, fresh.get(to), gone, few);
            from.ifPresent(path -> {
                gone.remove(path);
                found.put(
                        address(before, path),
                        path.name().equals(to.name()) && isFolders(before, path) ? to.parent() : withoutExtension(to));
            });
        }
        return found;
    }

    private static Optional<TreePath> best(TreePath to, Content content, Map<TreePath, Content> gone, boolean compare) {
        double most = ALIKE;
        Optional<TreePath> best = Optional.empty();
        for (TreePath from : new TreeSet<>(gone.keySet())) {
            if (!from.segments().get(0).equals(to.segments().get(0))) {
                continue;
            }
            Content old = gone.get(from);
            double alike = old.equals(content) ? 1 : compare ? alike(old, content) : 0;
            boolean sameName = from.name().equals(to.name());
            if (alike > most || alike >= most && (best.isEmpty() || sameName)) {
                most = alike;
                best = Optional.of(from);
            }
        }
        return best;
    }

    private static double alike(Content a, Content b) {
        Map<String, Integer> lines = new HashMap<>();
        long ofA = a.utf8().lines().peek(l -> lines.merge(l, 1, Integer::sum)).count();
        long[] both = {0, 0};
        b.utf8().lines().forEach(line -> {
            both[1]++;
            Integer left = lines.get(line);
            if (left != null && left > 0) {
                lines.put(line, left - 1);
                both[0]++;
            }
        });
        return (double) both[0] / Math.max(1, Math.max(ofA, both[1]));
    }

    /** The address of what a file is the main file of. */
    private static TreePath address(Snapshot before, TreePath file) {
        return isFolders(before, file) ? file.parent() : withoutExtension(file);
    }

    /** A main file such as {@code page.yaml} speaks for its folder: the ledger of that folder exists, none of its own name. */
    private static boolean isFolders(Snapshot before, TreePath file) {
        return before.ledger().objectAt(file.parent().child("facts.json")).isPresent()
                && before.ledger()
                        .read(file.parent().child("facts.json"))
                        .filter(c ->
                                !c.utf8().contains("\"" + withoutExtension(file).name() + "\""))
                        .isPresent();
    }

    private static TreePath withoutExtension(TreePath file) {
        String name = file.name();
        return file.parent().child(name.substring(0, name.length() - ".yaml".length()));
    }
}
