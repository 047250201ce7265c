package dev.offshoot.diff;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.YamlLine;
import dev.offshoot.format.YamlReader;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.Places;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state, read as far as it was asked for. Files that nobody can read are told, not refused: somebody may just be mending them. */
final class Side {
    private final State state;
    private final Places places;
    private final Map<TreePath, Optional<JsonValue>> values = new HashMap<>();
    private final Map<TreePath, Map<String, JsonValue>> lines = new HashMap<>();
    private final Map<Entity, String> names = new HashMap<>();

    Side(State state, Places places) {
        this.state = state;
        this.places = places;
    }

    State state() {
        return state;
    }

    boolean has(TreePath file) {
        return state.has(file);
    }

    boolean has(Entity entity) {
        return state.has(entity.main());
    }

    Optional<Content> find(TreePath file) {
        return state.has(file) ? Optional.of(state.read(file)) : Optional.empty();
    }

    /** Empty when the file is not there, or is no YAML. */
    Optional<JsonValue> yaml(TreePath file) {
        return values.computeIfAbsent(
                file,
                f -> find(f).flatMap(content -> {
                    try {
                        return Optional.of(YamlFiles.parse(f, content));
                    } catch (Failure e) {
                        return Optional.empty();
                    }
                }));
    }

    /** The lines of a line file in their order, of two with one key the last; none when it is not there or cannot be read. */
    Map<String, JsonValue> lines(TreePath file) {
        return lines.computeIfAbsent(
                file, f -> find(f).map(content -> read(f, content)).orElse(Map.of()));
    }

    private static Map<String, JsonValue> read(TreePath file, Content content) {
        try {
            Map<String, JsonValue> found = new LinkedHashMap<>();
            for (YamlLine line : YamlReader.lines(content.bytes(), file.value())) {
                found.put(line.key(), line.value());
            }
            return found;
        } catch (Failure e) {
            return Map.of();
        }
    }

    /** The id of an entity that is there, with its kind: what makes it the same one elsewhere. */
    Optional<String> id(Entity entity) {
        return state.id(entity)
                .or(() -> yaml(entity.main()).flatMap(main -> places.contentId(entity, main)))
                .filter(id -> !id.isBlank())
                .map(id -> entity.kind() + " " + id);
    }

    String name(Entity entity) {
        return names.computeIfAbsent(
                entity,
                e -> yaml(e.main())
                        .flatMap(main -> places.name(e, main))
                        .orElse(e.address().name()));
    }

    Who who(Entity entity) {
        List<Who.Named> within = new ArrayList<>();
        for (Optional<Entity> at = entity.owner(); at.isPresent(); at = at.get().owner()) {
            if (at.get().owner().isPresent()) {
                within.add(new Who.Named(at.get().kind(), name(at.get())));
            }
        }
        Collections.reverse(within);
        return new Who(entity.address(), entity.kind(), name(entity), within);
    }

    /** What the base half of an entity's main file holds; the file itself where the kind has no halves. */
    Optional<JsonValue> base(Entity entity) {
        Optional<JsonValue> main = yaml(entity.main());
        Optional<String> member = places.baseHalf(entity);
        return member.isEmpty()
                ? main
                : main.flatMap(m -> m instanceof JsonObject o ? o.get(member.get()) : Optional.empty());
    }
}
