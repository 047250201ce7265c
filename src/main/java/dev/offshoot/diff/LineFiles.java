package dev.offshoot.diff;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Places;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Files with a line for each of several entities: where they stand, and what the platform works out. */
final class LineFiles {
    private final Side before;
    private final Side after;
    private final Places places;
    private final Matching matching;

    LineFiles(Side before, Side after, Places places, Matching matching) {
        this.before = before;
        this.after = after;
        this.places = places;
        this.matching = matching;
    }

    /**
     * What a file says of one entity.
     *
     * @param entity as it is now; as it was, when it is gone
     * @param details none when it came or went itself
     */
    record Found(Entity entity, List<Detail> details) {}

    /** A line: of which entity, of what inside it, and what it says. */
    private record Key(Entity entity, String inside) {}

    record LineFile(TreePath path, FilePlace place) {}

    /** One file before and after; a folder takes it along when it moves. */
    record Pair(Optional<LineFile> was, Optional<LineFile> is) {
        List<LineFile> both() {
            return Stream.concat(was.stream(), is.stream()).distinct().toList();
        }
    }

    /** Changed files, each with what it was. */
    List<Pair> pairs(List<LineFile> changed) {
        Map<FilePlace, Pair> pairs = new LinkedHashMap<>();
        for (LineFile file : changed) {
            FilePlace place = file.place();
            if (before.has(file.path())) {
                FilePlace now = new FilePlace(now(place.entity()), place.part(), place.half());
                pairs.merge(now, new Pair(Optional.of(file), Optional.empty()), LineFiles::join);
            }
            if (after.has(file.path())) {
                pairs.merge(place, new Pair(Optional.empty(), Optional.of(file)), LineFiles::join);
            }
        }
        return List.copyOf(pairs.values());
    }

    private static Pair join(Pair a, Pair b) {
        return new Pair(a.was().or(b::was), a.is().or(b::is));
    }

    /** Of a changed file, all entities whose lines are not the same; the one whose folder it is in, if there are none. */
    List<Found> compare(Pair pair) {
        // A half without a file of its own is as the base; so one that has none any more has to be asked for all the
        // same.
        LineFile one = pair.was().or(pair::is).orElseThrow();
        LineFile other = pair.is().or(pair::was).orElseThrow();
        Map<Key, JsonObject> was = lines(before, one);
        Map<Key, JsonObject> is = lines(after, other);
        FilePlace place = other.place();
        List<Found> found = new ArrayList<>();
        was.forEach((key, line) -> {
            Entity now = entity(key.entity());
            Optional<JsonObject> then = Optional.ofNullable(is.remove(new Key(now, key.inside())));
            compare(one.place(), place, key, now, Optional.of(line), then).ifPresent(found::add);
        });
        is.forEach((key, line) -> compare(one.place(), place, key, key.entity(), Optional.empty(), Optional.of(line))
                .ifPresent(found::add));
        if (found.isEmpty()) {
            found.add(new Found(now(place.entity()), same(one.path(), other)));
        }
        return found;
    }

    private Entity now(Entity place) {
        return before.has(place) ? entity(place) : place;
    }

    /** Other bytes that say the same: names that followed, or formatting; nothing for a file that only moved. */
    private List<Detail> same(TreePath from, LineFile to) {
        if (before.find(from).equals(after.find(to.path()))) {
            return List.of();
        }
        Map<String, JsonValue> was = new LinkedHashMap<>(before.lines(from));
        was.entrySet().removeAll(after.lines(to.path()).entrySet());
        return List.of(
                was.isEmpty()
                        ? new Detail.Formatting(to.place().half(), to.path().name())
                        : new Detail.References(to.place().half(), was.size()));
    }

    private Entity entity(Entity was) {
        if (before.has(was) && matching.after(was).isPresent()) {
            return matching.after(was).get();
        }
        String moved = matching.moved(was.address().value());
        return moved.equals(was.address().value())
                ? was
                : places.of(TreePath.of(moved + ".yaml")).entity();
    }

    private Optional<Found> compare(
            FilePlace from,
            FilePlace place,
            Key was,
            Entity now,
            Optional<JsonObject> line,
            Optional<JsonObject> other) {
        JsonObject a =
                line.map(l -> places.absoluteLine(from, l, matching::moved)).orElse(JsonObject.EMPTY);
        JsonObject b = other.map(l -> places.absoluteLine(place, l, UnaryOperator.identity()))
                .orElse(JsonObject.EMPTY);
        boolean same = FieldDiff.text(a).equals(FieldDiff.text(b)) && line.isPresent() == other.isPresent();
        if (same) {
            return Optional.empty();
        }
        boolean came = line.isEmpty() && after.has(now) && matching.isNew(now);
        boolean went = other.isEmpty()
                && before.has(was.entity())
                && matching.after(was.entity()).isEmpty();
        if (came || went) {
            return Optional.of(new Found(now, List.of()));
        }
        FieldDiff fields = new FieldDiff(place.half(), new Budget(), folded -> {});
        String pointer = was.inside().isEmpty() ? "" : "/" + FieldDiff.escape(was.inside());
        fields.compare(pointer, shown(a, line), shown(b, other));
        List<Detail.Field> found = new ArrayList<>();
        for (Detail detail : fields.found()) {
            if (detail instanceof Detail.Field field) {
                found.add(field);
            }
        }
        Detail detail = place.part() instanceof Part.Arrangement
                ? new Detail.Placed(place.half(), found)
                : new Detail.Derived(place.half(), found);
        return Optional.of(new Found(now, List.of(detail)));
    }

    private static FieldDiff.Twice shown(JsonObject compared, Optional<JsonObject> line) {
        return new FieldDiff.Twice(compared, line.orElse(JsonObject.EMPTY));
    }

    /** Lines by what they speak of. A half says only what is not as in the base, and {@code null} where something is not there. */
    private Map<Key, JsonObject> lines(Side side, LineFile file) {
        FilePlace place = file.place();
        Map<String, JsonValue> lines = new LinkedHashMap<>();
        if (place.half().isPresent()) {
            TreePath definition = place.entity().definition().address();
            String rest = file.path()
                    .relativeTo(definition)
                    .substring(place.half().get().length() + 1);
            lines.putAll(side.lines(definition.child(rest)));
        }
        lines.putAll(side.lines(file.path()));
        Map<Key, JsonObject> found = new LinkedHashMap<>();
        lines.forEach((key, value) -> {
            if (value instanceof JsonNull) {
                return;
            }
            Entity entity = places.ofLine(place, key);
            boolean own = entity.equals(place.entity());
            int hash = key.indexOf('#');
            String inside = own ? (key.equals(".") ? "" : key) : hash < 0 ? "" : key.substring(hash + 1);
            found.put(
                    new Key(entity, inside), value instanceof JsonObject o ? o : JsonObject.EMPTY.with("value", value));
        });
        return found;
    }
}
