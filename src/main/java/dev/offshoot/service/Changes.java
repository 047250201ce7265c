package dev.offshoot.service;

import dev.offshoot.layout.FilePlace;
import dev.offshoot.layout.Places;
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

    public record Change(ChangedEntity entity, Action action) {}

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
     * Sums up changed files. An entity comes and goes with its main file; whatever else happens changes it.
     *
     * @param files what happens to each file
     */
    static Changes of(SortedMap<TreePath, Action> files, Places places) {
        Map<TreePath, Change> byEntity = new TreeMap<>();
        files.forEach((path, action) -> {
            FilePlace place = places.of(path);
            ChangedEntity entity = ChangedEntity.of(path, place);
            boolean order = entity.kind().equals(ChangedEntity.ORDER);
            Action happened = order ? action : files.getOrDefault(place.entity().main(), Action.CHANGED);
            byEntity.putIfAbsent(entity.address(), new Change(entity, happened));
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
