package dev.offshoot.service;

import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a plan does to the entities of a definition, found from the paths it writes and deletes. */
public record Changes(List<Change> entities) {
    public enum Action {
        CREATED,
        CHANGED,
        DELETED
    }

    public record Change(EntityPath entity, Action action) {}

    /** Numbers of one kind. */
    public record Counts(int created, int changed, int deleted) {
        Counts plus(Action action) {
            return switch (action) {
                case CREATED -> new Counts(created + 1, changed, deleted);
                case CHANGED -> new Counts(created, changed + 1, deleted);
                case DELETED -> new Counts(created, changed, deleted + 1);
            };
        }
    }

    public Changes {
        entities = List.copyOf(entities);
    }

    /**
     * Sums up changed files.
     *
     * @param files what happens to each file
     * @param definitionOf address of the definition that a file belongs to
     */
    static Changes of(SortedMap<TreePath, Action> files, java.util.function.Function<TreePath, TreePath> definitionOf) {
        Map<TreePath, Change> byEntity = new TreeMap<>();
        files.forEach((path, action) -> {
            EntityPath entity = EntityPath.of(path, definitionOf.apply(path));
            byEntity.merge(
                    entity.address(),
                    new Change(entity, action),
                    // A source text that comes or goes changes its entity; only what all files share holds for the
                    // whole.
                    (a, b) -> a.action() == b.action() ? a : new Change(a.entity(), Action.CHANGED));
        });
        return new Changes(new ArrayList<>(byEntity.values()));
    }

    public boolean isEmpty() {
        return entities.isEmpty();
    }

    public SortedMap<String, Counts> byKind() {
        SortedMap<String, Counts> counts = new TreeMap<>();
        for (Change change : entities) {
            counts.merge(
                    change.entity().kind(),
                    new Counts(0, 0, 0).plus(change.action()),
                    (sum, one) -> sum.plus(change.action()));
        }
        return counts;
    }

    /** Groups of one kind and action, largest first. */
    List<List<Change>> groups() {
        Map<String, List<Change>> groups = new TreeMap<>();
        for (Change change : entities) {
            groups.computeIfAbsent(change.entity().kind() + " " + change.action(), k -> new ArrayList<>())
                    .add(change);
        }
        return groups.values().stream()
                .sorted(Comparator.comparing(g -> -g.size()))
                .toList();
    }
}
