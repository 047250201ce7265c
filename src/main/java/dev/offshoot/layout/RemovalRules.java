package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Removal.Grade;
import dev.offshoot.model.TreePath;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What it costs in a platform when entities go or change, as the layouts say. */
public final class RemovalRules {
    private final Layouts layouts;

    RemovalRules(Layouts layouts) {
        this.layouts = layouts;
    }

    /**
     * A value of an entity that goes or changes, and stored data with it.
     *
     * @param pointer of the value; of an item of a list, with its name in the place of its position
     * @param words what happens to it
     */
    public record Lost(String pointer, String words) {}

    /** What the removal of an entity costs; where a layout says nothing, something works otherwise then. */
    public Grade grade(TreePath entity) {
        return kinds(entity)
                .map(kind -> kind.losses().removal())
                .max(Comparator.naturalOrder())
                .orElse(Grade.BEHAVIOUR);
    }

    /** True when anything of the platform that a folder belongs to can take data along. */
    public boolean anyLossIn(TreePath folder) {
        return layouts.at(folder).stream()
                .flatMap(layout -> layout.kinds().values().stream())
                .anyMatch(kind -> kind.losses().removal() == Grade.DATA_LOSS
                        || !kind.losses().data().isEmpty());
    }

    /** True when a change of this entity may lose data. */
    public boolean keepsData(TreePath entity) {
        return kinds(entity).anyMatch(kind -> !kind.losses().data().isEmpty());
    }

    /** True for the main file of such an entity; told by its path alone, because most files are of others. */
    public boolean mayKeepData(TreePath file) {
        return layouts.at(file).filter(layout -> layout.keepsData(file)).isPresent();
    }

    /** Values that go or change from one state of an entity to the next, and stored data with them. */
    public List<Lost> lost(TreePath entity, JsonValue before, JsonValue after) {
        return kinds(entity)
                .flatMap(kind -> kind.losses().between(before, after).stream())
                .distinct()
                .toList();
    }

    /** The id of an entity, where ids are content. */
    public Optional<String> contentId(TreePath entity, JsonValue record) {
        return kinds(entity)
                .map(Kind::identity)
                .filter(identity -> !identity.instance())
                .flatMap(identity -> identity.at().flatMap(at -> at.text(record)).stream())
                .findFirst();
    }

    private Stream<Kind> kinds(TreePath entity) {
        return layouts.at(entity).stream().flatMap(layout -> layout.kindsAt(entity).stream());
    }
}
