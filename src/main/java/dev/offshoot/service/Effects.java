package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What edits do to the definitions of a state.
 *
 * @param definitions those that change, with what happens to each
 * @param changes by entity; files outside the platforms' folders are none
 */
record Effects(List<Plan.Step> definitions, Changes changes) {
    Effects {
        definitions = List.copyOf(definitions);
    }

    static Effects of(TreeEdit edits, WorkspaceView before, WorkspaceView after, Layouts layouts) {
        DefinitionPlaces places = new DefinitionPlaces(layouts);
        TreeMap<TreePath, Changes.Action> actions = new TreeMap<>();
        SortedSet<TreePath> touched = new TreeSet<>();
        edits.changes().forEach((path, content) -> {
            if (layouts.platforms().contains(path.segments().get(0))) {
                actions.put(path, action(path, content, before));
                touched.add(places.of(path));
            }
        });
        List<Plan.Step> steps = new ArrayList<>();
        for (TreePath address : touched) {
            step(address, before.find(address), after.find(address)).ifPresent(steps::add);
        }
        return new Effects(steps, Changes.of(actions, new Places(layouts, path -> isThere(path, before, after))));
    }

    private static boolean isThere(TreePath path, WorkspaceView before, WorkspaceView after) {
        return after.snapshot().files().objectAt(path).isPresent()
                || before.snapshot().files().objectAt(path).isPresent();
    }

    private static Changes.Action action(TreePath path, Optional<Content> content, WorkspaceView before) {
        return content.isEmpty()
                ? Changes.Action.DELETED
                : before.snapshot().files().objectAt(path).isEmpty() ? Changes.Action.CREATED : Changes.Action.CHANGED;
    }

    private static Optional<Plan.Step> step(TreePath address, Optional<Definition> before, Optional<Definition> after) {
        return after.or(() -> before)
                .map(d -> new Plan.Step(
                        address,
                        d.header().kind(),
                        d.header().name(),
                        d.header().main(),
                        before.isEmpty()
                                ? Plan.Action.CREATED
                                : after.isEmpty() ? Plan.Action.DELETED : Plan.Action.UPDATED));
    }
}
