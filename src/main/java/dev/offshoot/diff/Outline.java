package dev.offshoot.diff;

import dev.offshoot.diff.Comparison.OfDefinition;
import dev.offshoot.diff.Who.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown of a comparison, as a person reads it: by definition, and in it by where things stand.
 *
 * @param placed names of what only stands elsewhere on its page, and is not shown
 */
record Outline(List<Section> sections, List<Who> placed) {

    /** @param definition empty for what is outside of all definitions */
    record Section(Optional<Who> definition, List<Group> groups) {}

    record Group(List<Named> within, List<Change> changes) {}

    static Outline of(Comparison comparison, Noise noise) {
        List<Section> sections = new ArrayList<>();
        for (OfDefinition definition : comparison.definitions()) {
            add(sections, Optional.of(definition.who()), definition.changes(), noise);
        }
        add(sections, Optional.empty(), comparison.elsewhere(), noise);
        List<Who> placed = Totals.changes(comparison).stream()
                .filter(c -> !noise.shows(c) && isPlaced(c))
                .map(Change::who)
                .toList();
        return new Outline(sections, placed);
    }

    private static boolean isPlaced(Change change) {
        return change instanceof Change.Changed c
                && c.details().stream().anyMatch(d -> d instanceof Detail.Placed p && Words.isResized(p));
    }

    private static void add(List<Section> to, Optional<Who> definition, List<Change> changes, Noise noise) {
        Map<List<Named>, List<Change>> groups = new LinkedHashMap<>();
        for (Change change : changes) {
            if (noise.shows(change)) {
                groups.computeIfAbsent(change.who().within(), w -> new ArrayList<>())
                        .add(change);
            }
        }
        if (!groups.isEmpty()) {
            List<Group> all = new ArrayList<>();
            groups.forEach((within, of) -> all.add(new Group(within, of)));
            to.add(new Section(definition, all));
        }
    }
}
