package dev.offshoot.diff;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlWriter;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Places;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** How alike two entities are that have neither id nor place in common: their lines, or for folders the files below. */
final class Likeness {
    /** Where both have one owner; of two hundred. */
    private static final int ENOUGH_AT_HOME = 100;
    /** Elsewhere only what is nearly the same is taken for the same. */
    private static final int ENOUGH_AWAY = 180;
    /** Pairs that are looked at, over all. */
    private static final int MOST_PAIRS = 20_000;
    /** With fewer lines than these, nothing is known again elsewhere. */
    private static final int FEW_LINES = 4;

    private final Side before;
    private final Side after;
    private final Places places;
    private final Map<Entity, Map<String, Integer>> known = new HashMap<>();
    private int room = MOST_PAIRS;

    Likeness(Side before, Side after, Places places) {
        this.before = before;
        this.after = after;
        this.places = places;
    }

    /** @param score 0 to 200 */
    record Pair(Entity was, Entity is, int score) {}

    /**
     * Pairs that may be the same, the most alike first.
     *
     * @param reach false for two that cannot be the same
     * @param home true for two below the same owner
     */
    List<Pair> pairs(
            List<Entity> gone, List<Entity> come, BiPredicate<Entity, Entity> reach, BiPredicate<Entity, Entity> home) {
        List<Pair> found = new ArrayList<>();
        for (Entity was : gone) {
            for (Entity is : come) {
                if (!was.kind().equals(is.kind()) || room == 0 || !reach.test(was, is)) {
                    continue;
                }
                room--;
                boolean atHome = home.test(was, is);
                int score = score(lines(before, was), lines(after, is));
                boolean enough = atHome ? score >= ENOUGH_AT_HOME : score >= ENOUGH_AWAY && isTelling(was);
                if (enough) {
                    found.add(new Pair(was, is, atHome ? score + 1 : score));
                }
            }
        }
        found.sort(Comparator.comparingInt((Pair p) -> -p.score())
                .thenComparing(p -> p.was().address())
                .thenComparing(p -> p.is().address()));
        return found;
    }

    private boolean isTelling(Entity was) {
        return lines(before, was).values().stream().mapToInt(Integer::intValue).sum() >= FEW_LINES;
    }

    private static int score(Map<String, Integer> a, Map<String, Integer> b) {
        int common = 0;
        int ofA = 0;
        int ofB = 0;
        for (Map.Entry<String, Integer> e : a.entrySet()) {
            common += Math.min(e.getValue(), b.getOrDefault(e.getKey(), 0));
            ofA += e.getValue();
        }
        for (int n : b.values()) {
            ofB += n;
        }
        return ofA + ofB == 0 ? 0 : 200 * 2 * common / (ofA + ofB);
    }

    private Map<String, Integer> lines(Side side, Entity entity) {
        // The same entity can be asked for on both sides only when it was paired by its address: no two answers for one
        // key.
        return known.computeIfAbsent(entity, e -> e.isFolder() ? files(side, e) : ownLines(side, e));
    }

    /** The files below, each as a line of its place and content; those of the main file count as for a file. */
    private Map<String, Integer> files(Side side, Entity folder) {
        Map<String, Integer> found = new HashMap<>(ownLines(side, folder));
        side.state().list(folder.address()).forEach((path, blob) -> {
            if (!path.equals(folder.main())) {
                found.merge(path.relativeTo(folder.address()) + " " + blob, 4, Integer::sum);
            }
        });
        return found;
    }

    private Map<String, Integer> ownLines(Side side, Entity entity) {
        Map<String, Integer> found = new HashMap<>();
        Optional<JsonValue> main = side.yaml(entity.main());
        if (main.isPresent()) {
            JsonValue nameless = main.get();
            for (String field : places.nameFields(entity)) {
                nameless = LayoutEngine.put(nameless, field, JsonArray.EMPTY);
            }
            new String(YamlWriter.write(nameless), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> found.merge(line, 1, Integer::sum));
        }
        if (!entity.isFolder()) {
            for (TreePath file : side.state().list(entity.address().parent()).keySet()) {
                boolean own = file.isDirectlyIn(entity.address().parent())
                        && file.name().startsWith(entity.address().name() + ".")
                        && !file.equals(entity.main());
                if (own) {
                    side.state().read(file).utf8().lines().forEach(line -> found.merge(line, 1, Integer::sum));
                }
            }
        }
        return found;
    }
}
