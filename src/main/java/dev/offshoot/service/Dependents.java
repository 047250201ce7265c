package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Removal;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what still speaks of something that goes: files that hold its id, or refer to its file. Reads whole platforms; for plans and refusals. */
final class Dependents {
    /** Removals beyond this are listed without. */
    private static final int MOST = 100;
    /** Files named for one removal. */
    private static final int MOST_FILES = 50;

    private final LayoutEngine engine;
    private final Caches caches;
    private final DefinitionPlaces places;

    Dependents(LayoutEngine engine, Caches caches) {
        this.engine = engine;
        this.caches = caches;
        this.places = new DefinitionPlaces(engine.layouts());
    }

    /** The removals with the files that depend on them. */
    List<Removal> of(List<Removal> removals, Snapshot before, Snapshot after) {
        if (removals.isEmpty()) {
            return removals;
        }
        WorkspaceView view = new WorkspaceView(before, engine, caches);
        Map<String, Map<TreePath, Content>> platforms = new HashMap<>();
        Map<TreePath, Map<TreePath, String>> ids = new HashMap<>();
        List<Removal> found = new ArrayList<>();
        for (Removal removal : removals) {
            if (found.size() >= MOST) {
                found.add(removal);
                continue;
            }
            String platform = removal.address().segments().get(0);
            Map<TreePath, Content> files = platforms.computeIfAbsent(
                    platform, p -> after.files().load(List.of(TreePath.of(p))).files());
            found.add(removal.with(speaking(removal.address(), needles(removal.address(), view, ids), files)));
        }
        return found;
    }

    private Set<String> needles(TreePath entity, WorkspaceView view, Map<TreePath, Map<TreePath, String>> ids) {
        Set<String> needles = new LinkedHashSet<>();
        TreePath platform = TreePath.of(entity.segments().get(0));
        String symbol = "@{/" + entity.relativeTo(platform);
        List.of("}", "/", "#").forEach(end -> needles.add(symbol + end));
        contentId(entity, view).ifPresent(needles::add);
        TreePath definition = places.of(entity);
        Optional.ofNullable(
                        ids.computeIfAbsent(definition, at -> idsIn(at, view)).get(entity))
                .ifPresent(needles::add);
        return needles;
    }

    private static Map<TreePath, String> idsIn(TreePath definition, WorkspaceView view) {
        Map<TreePath, String> ids = new HashMap<>();
        view.ledgerAround(List.of(definition)).addresses().forEach((id, address) -> ids.put(address, id));
        return ids;
    }

    private Optional<String> contentId(TreePath entity, WorkspaceView view) {
        Snapshot.Files files = view.snapshot().files();
        TreePath file = entity.parent().child(entity.name() + ".yaml");
        Optional<TreePath> main = files.objectAt(file).isPresent()
                ? Optional.of(file)
                : files.list(entity).keySet().stream()
                        .filter(path ->
                                path.isDirectlyIn(entity) && engine.layouts().isMainFile(path))
                        .findFirst();
        Optional<JsonValue> record = main.flatMap(path -> files.read(path).map(c -> YamlFiles.parse(path, c)));
        return record.flatMap(r -> engine.layouts().removals().contentId(entity, r));
    }

    /** Not the entity itself, nor what lists it as one of its own. */
    private List<TreePath> speaking(TreePath entity, Set<String> needles, Map<TreePath, Content> files) {
        TreePath holder = entity.parent().parent();
        return files.entrySet().stream()
                .filter(e -> !e.getKey().isWithin(entity)
                        && !(e.getKey().isDirectlyIn(entity.parent())
                                && e.getKey().name().startsWith(entity.name() + "."))
                        && !(e.getKey().isDirectlyIn(holder) && engine.layouts().isMainFile(e.getKey())))
                .filter(e -> speaks(e.getValue().utf8(), needles))
                .map(Map.Entry::getKey)
                .limit(MOST_FILES)
                .toList();
    }

    private static boolean speaks(String text, Set<String> needles) {
        return needles.stream().anyMatch(text::contains);
    }
}
