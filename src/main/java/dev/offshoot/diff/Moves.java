package dev.offshoot.diff;

import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.model.TreePath;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** What stands under another address than before, as comparisons find it: by id, then by the place below an owner that has moved, then by content. */
public final class Moves {
    private Moves() {}

    /**
     * Finds them. Two with ids of their own that are not the same are two, however alike.
     *
     * @param changed paths of the files that are not the same, or are in one state only
     * @return new addresses by old ones
     */
    public static Map<TreePath, TreePath> between(
            Layouts layouts, State before, State after, SortedSet<TreePath> changed) {
        Places places = new Places(layouts, path -> before.has(path) || after.has(path));
        boolean isPossible = changed.stream().anyMatch(path -> !before.has(path))
                && changed.stream().anyMatch(path -> !after.has(path));
        if (!isPossible || changed.size() > Budget.FILES) {
            return Map.of();
        }
        Set<Entity> touched = new LinkedHashSet<>();
        for (TreePath path : changed) {
            var place = places.of(path);
            if (!(place.part() instanceof Part.Derived || place.part() instanceof Part.Arrangement)
                    && !place.entity().kind().equals(Entity.FILE)) {
                touched.add(place.entity());
            }
        }
        Side was = new Side(before, places);
        Side is = new Side(after, places);
        Matching matching = Matching.of(was, is, touched, new Likeness(was, is, places));
        Map<TreePath, TreePath> found = new HashMap<>(matching.moves());
        found.entrySet().removeIf(move -> {
            Optional<String> old = was.id(places.at(move.getKey()));
            Optional<String> now = is.id(places.at(move.getValue()));
            return old.isPresent() && now.isPresent() && !old.equals(now);
        });
        return Map.copyOf(found);
    }
}
