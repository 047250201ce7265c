package dev.offshoot.merge;

import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files that each side alone could add, and that cannot stand in one tree: names that differ in letter case, a file where a folder is. */
final class Clashes {
    private Clashes() {}

    static List<Conflict> between(Side base, Side ours, Side theirs) {
        Map<String, TreePath> here = places(added(base, ours, theirs));
        List<TreePath> there = added(base, theirs, ours);
        if (here.isEmpty() || there.isEmpty()) {
            return List.of();
        }
        Set<String> foldersHere = folders(here.values());
        Set<TreePath> alike = new HashSet<>();
        List<Conflict> found = new ArrayList<>();
        for (TreePath path : there) {
            String folded = FileNames.fold(path.value());
            Optional<TreePath> other = Optional.ofNullable(here.get(folded));
            for (TreePath at = path.parent(); other.isEmpty() && !at.isRoot(); at = at.parent()) {
                other = Optional.ofNullable(here.get(FileNames.fold(at.value())));
            }
            if ((other.isPresent() || foldersHere.contains(folded)) && alike.add(path)) {
                found.add(new Conflict(
                        path,
                        new Place.File(),
                        What.NAMES_TOO_ALIKE,
                        Optional.empty(),
                        other.flatMap(ours::load).map(FileMerge::text),
                        theirs.load(path).map(FileMerge::text),
                        Suggestion.RENAME));
            }
        }
        return found;
    }

    /** What one side added and the other has not, under this very name. */
    private static List<TreePath> added(Side base, Side side, Side other) {
        return side.files().keySet().stream()
                .filter(path -> !base.has(path) && !other.has(path))
                .toList();
    }

    private static Map<String, TreePath> places(List<TreePath> paths) {
        Map<String, TreePath> places = new HashMap<>();
        paths.forEach(path -> places.put(FileNames.fold(path.value()), path));
        return places;
    }

    private static Set<String> folders(Iterable<TreePath> paths) {
        Set<String> folders = new HashSet<>();
        for (TreePath path : paths) {
            for (TreePath at = path.parent();
                    !at.isRoot() && folders.add(FileNames.fold(at.value()));
                    at = at.parent()) {
                // Every folder once.
            }
        }
        return folders;
    }
}
