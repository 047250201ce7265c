package dev.offshoot.diff;

import dev.offshoot.diff.Change.Copy;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.Places;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out what a new folder is a copy of: a version of another, a page of another. */
final class Copies {
    private static final int FEW_FILES = 3;
    private static final int MOST_FILES = 50_000;
    private static final int MOST_DIFFERENT = 20;

    private final Side after;
    private final Places places;

    Copies(Side after, Places places) {
        this.after = after;
        this.places = places;
    }

    /** The neighbour that most files of a new folder are the same as, if more than half are. */
    Optional<Copy> find(Entity added) {
        if (!added.isFolder()) {
            return Optional.empty();
        }
        Map<String, ObjectName> own = files(added.address());
        if (own.size() < FEW_FILES) {
            return Optional.empty();
        }
        Map<String, Map<String, ObjectName>> neighbours = neighbours(added);
        String best = "";
        int most = own.size() / 2;
        for (Map.Entry<String, Map<String, ObjectName>> neighbour : new TreeMap<>(neighbours).entrySet()) {
            int common = 0;
            for (Map.Entry<String, ObjectName> file : neighbour.getValue().entrySet()) {
                common += file.getValue().equals(own.get(file.getKey())) ? 1 : 0;
            }
            if (common > most) {
                most = common;
                best = neighbour.getKey();
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        TreePath folder = added.address().parent().child(best);
        Entity of = places.of(folder.child(added.main().name())).entity();
        return Optional.of(copy(added, of, own, neighbours.get(best)));
    }

    private Map<String, ObjectName> files(TreePath folder) {
        Map<String, ObjectName> files = new HashMap<>();
        after.state().list(folder).forEach((path, blob) -> files.put(path.relativeTo(folder), blob));
        return files;
    }

    private Map<String, Map<String, ObjectName>> neighbours(Entity added) {
        TreePath around = added.address().parent();
        Map<String, Map<String, ObjectName>> found = new HashMap<>();
        after.state().list(around).entrySet().stream().limit(MOST_FILES).forEach(file -> {
            String rest = file.getKey().relativeTo(around);
            int slash = rest.indexOf('/');
            if (slash > 0 && !rest.substring(0, slash).equals(added.address().name())) {
                found.computeIfAbsent(rest.substring(0, slash), n -> new HashMap<>())
                        .put(rest.substring(slash + 1), file.getValue());
            }
        });
        return found;
    }

    private Copy copy(Entity added, Entity of, Map<String, ObjectName> own, Map<String, ObjectName> other) {
        TreeSet<String> paths = new TreeSet<>(own.keySet());
        paths.addAll(other.keySet());
        List<String> different = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(own.get(path), other.get(path))) {
                TreePath file = (own.containsKey(path) ? added : of).address().child(path);
                Entity entity = places.of(file).entity();
                String who = entity.kind() + " " + after.name(entity);
                if (!entity.equals(added) && !different.contains(who)) {
                    different.add(who);
                }
            }
        }
        int shown = Math.min(MOST_DIFFERENT, different.size());
        return new Copy(after.who(of), different.subList(0, shown), different.size() - shown);
    }
}
