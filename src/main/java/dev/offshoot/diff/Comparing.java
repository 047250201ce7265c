package dev.offshoot.diff;

import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says what changed between two states, entity by entity. Pure, but for what the states load; the work follows the number of changed
 * files, not that of all files. Every changed file is in some change, shown or folded away.
 */
public final class Comparing {
    private final Layouts layouts;

    public Comparing(Layouts layouts) {
        this.layouts = layouts;
    }

    /** Two trees in memory. */
    public Comparison compare(FileTree before, FileTree after) {
        SortedSet<TreePath> changed = new TreeSet<>();
        before.forEach((path, content) -> {
            if (!after.find(path).equals(Optional.of(content))) {
                changed.add(path);
            }
        });
        after.forEach((path, content) -> {
            if (before.find(path).isEmpty()) {
                changed.add(path);
            }
        });
        return compare(State.of(before), State.of(after), changed);
    }

    /** @param changed paths of the files that are not the same, or are in one state only */
    public Comparison compare(State before, State after, SortedSet<TreePath> changed) {
        return new Run(before, after, changed).comparison();
    }

    /** One comparison on its way. */
    private final class Run {
        final Places places;
        final Side before;
        final Side after;
        final int files;
        final int unread;
        /** Places of the changed files of each entity. */
        final SortedMap<TreePath, Touched> touched = new TreeMap<>();

        final List<LineFiles.LineFile> lineFiles = new ArrayList<>();

        Run(State was, State is, SortedSet<TreePath> changed) {
            this.places = new Places(layouts, path -> was.has(path) || is.has(path));
            this.before = new Side(was, places);
            this.after = new Side(is, places);
            this.files = changed.size();
            this.unread = Math.max(0, changed.size() - Budget.FILES);
            changed.stream().limit(Budget.FILES).forEach(this::take);
        }

        private void take(TreePath path) {
            FilePlace place = places.of(path);
            if (place.part() instanceof Part.Derived || place.part() instanceof Part.Arrangement) {
                lineFiles.add(new LineFiles.LineFile(path, place));
            } else {
                of(place.entity()).files.put(path, place);
            }
        }

        private Touched of(Entity entity) {
            return touched.computeIfAbsent(entity.address(), a -> new Touched(entity));
        }

        Comparison comparison() {
            List<Entity> entities = touched.values().stream().map(t -> t.entity).toList();
            Matching matching = Matching.of(before, after, entities, new Likeness(before, after, places));
            Folding folding = new Folding(places, matching);
            LineFiles lines = new LineFiles(before, after, places, matching);
            for (LineFiles.Pair pair : lines.pairs(lineFiles)) {
                lines.compare(pair).forEach(found -> {
                    Touched at = of(found.entity());
                    pair.both().forEach(file -> at.files.putIfAbsent(file.path(), file.place()));
                    at.lines.addAll(found.details());
                });
            }
            return new Telling(before, after, places, matching, folding, touched.values()).tell(files, unread);
        }
    }

    /** An entity of which some file is not the same. */
    static final class Touched {
        final Entity entity;
        final SortedMap<TreePath, FilePlace> files = new TreeMap<>();
        /** What its lines in files of lines say. */
        final List<Detail> lines = new ArrayList<>();

        Touched(Entity entity) {
            this.entity = entity;
        }

        Collection<TreePath> paths() {
            return files.keySet();
        }
    }
}
