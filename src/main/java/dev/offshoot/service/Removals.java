package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.layout.RemovalRules;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What edits take away, graded by what that costs in the platform. What goes with something around it is not listed by itself, unless it
 * takes data along. An entity whose file only got another name beside the old one is the same entity.
 */
final class Removals {
    private final Layouts layouts;
    private final RemovalRules rules;
    private final Places places;

    Removals(Layouts layouts) {
        this.layouts = layouts;
        this.rules = layouts.removals();
        this.places = new Places(layouts, path -> true);
    }

    /** A file of an entity that may have taken data along, before or after. */
    private record Holder(TreePath entity, JsonValue record) {}

    /** Lists, the worst first. */
    List<Removal> of(TreeEdit edits, Snapshot before) {
        Set<TreePath> gone = new TreeSet<>();
        List<Removal> found = new ArrayList<>();
        Map<TreePath, TreePath> added = new TreeMap<>();
        edits.changes().forEach((path, content) -> {
            if (content.isPresent() && !rules.mayKeepData(path)) {
                return;
            }
            Optional<TreePath> entity = entityOf(path);
            if (entity.isEmpty()) {
                return;
            }
            boolean wasThere = before.files().objectAt(path).isPresent();
            if (content.isEmpty() && wasThere) {
                gone.add(entity.get());
            } else if (content.isPresent() && rules.keepsData(entity.get())) {
                if (wasThere) {
                    Holder now = new Holder(entity.get(), YamlFiles.parse(path, content.get()));
                    found.addAll(changed(holder(entity.get(), path, before), now));
                } else {
                    added.put(path, entity.get());
                }
            }
        });
        Map<String, Holder> arrived = gone.isEmpty() ? Map.of() : arrived(added, edits);
        for (TreePath entity : gone) {
            found.addAll(removed(entity, gone, arrived, before));
        }
        found.sort(Comparator.comparing(Removal::grade).reversed().thenComparing(Removal::where));
        return found;
    }

    /** What is there for the first time, by its id; only of interest where something goes that it may be. */
    private Map<String, Holder> arrived(Map<TreePath, TreePath> added, TreeEdit edits) {
        Map<String, Holder> arrived = new HashMap<>();
        added.forEach((path, entity) -> {
            Content content = edits.changes().get(path).orElseThrow();
            Holder now = new Holder(entity, YamlFiles.parse(path, content));
            id(now).ifPresent(id -> arrived.put(id, now));
        });
        return arrived;
    }

    private List<Removal> removed(TreePath entity, Set<TreePath> gone, Map<String, Holder> arrived, Snapshot before) {
        Removal.Grade grade = rules.grade(entity);
        if (grade != Removal.Grade.DATA_LOSS) {
            return isWithinAny(entity, gone) ? List.of() : List.of(removal(entity, Optional.empty(), grade, "removed"));
        }
        if (rules.keepsData(entity)) {
            Holder was = holder(entity, fileOf(entity, before), before);
            Optional<Holder> same = id(was).map(arrived::get)
                    .filter(now -> now.entity().parent().equals(entity.parent()));
            if (same.isPresent()) {
                return changed(was, same.get());
            }
        }
        return List.of(removal(entity, Optional.empty(), grade, "removed"));
    }

    private List<Removal> changed(Holder was, Holder now) {
        return rules.lost(now.entity(), was.record(), now.record()).stream()
                .map(lost -> removal(now.entity(), Optional.of(lost.pointer()), Removal.Grade.DATA_LOSS, lost.words()))
                .toList();
    }

    private Removal removal(TreePath entity, Optional<String> field, Removal.Grade grade, String words) {
        String kind = places.at(entity).kind();
        return new Removal(entity, kind, entity.name(), field, grade, words, List.of());
    }

    private Optional<String> id(Holder holder) {
        return rules.contentId(holder.entity(), holder.record());
    }

    private static Holder holder(TreePath entity, TreePath path, Snapshot state) {
        Content content = state.files().read(path).orElseThrow();
        return new Holder(entity, YamlFiles.parse(path, content));
    }

    private TreePath fileOf(TreePath entity, Snapshot state) {
        TreePath file = entity.parent().child(entity.name() + ".yaml");
        return state.files().objectAt(file).isPresent()
                ? file
                : state.files().list(entity).keySet().stream()
                        .filter(path -> path.isDirectlyIn(entity) && layouts.isMainFile(path))
                        .findFirst()
                        .orElseThrow();
    }

    /** The entity that a file is the main one of. */
    private Optional<TreePath> entityOf(TreePath file) {
        if (!layouts.platforms().contains(file.segments().get(0))
                || !YamlFiles.isYaml(file)
                || layouts.holdsLines(file)) {
            return Optional.empty();
        }
        if (layouts.isMainFile(file)) {
            return Optional.of(file.parent());
        }
        String stem = file.name().substring(0, file.name().lastIndexOf('.'));
        return layouts.isEntity(file.parent().child(stem))
                ? Optional.of(file.parent().child(stem))
                : Optional.empty();
    }

    private static boolean isWithinAny(TreePath entity, Set<TreePath> gone) {
        for (TreePath at = entity.parent(); !at.isRoot(); at = at.parent()) {
            if (gone.contains(at)) {
                return true;
            }
        }
        return false;
    }
}
