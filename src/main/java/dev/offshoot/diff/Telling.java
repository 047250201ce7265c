package dev.offshoot.diff;

import dev.offshoot.diff.Change.Added;
import dev.offshoot.diff.Change.Changed;
import dev.offshoot.diff.Change.Moved;
import dev.offshoot.diff.Change.Removed;
import dev.offshoot.diff.Change.Renamed;
import dev.offshoot.diff.Comparing.Touched;
import dev.offshoot.diff.Comparison.OfDefinition;
import dev.offshoot.diff.EntityDiff.Piece;
import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Places;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Makes changes of matched entities: what came, what went, what is the same thing and how it changed. */
final class Telling {
    private final Side before;
    private final Side after;
    private final Places places;
    private final Matching matching;
    private final Folding folding;
    private final Collection<Touched> touched;
    private final Map<Entity, Touched> byEntity = new HashMap<>();
    private final Copies copies;
    /** Files that are the same and only stand elsewhere, by what took them along. */
    private final Map<Entity, SortedSet<TreePath>> takenAlong = new HashMap<>();

    Telling(Side before, Side after, Places places, Matching matching, Folding folding, Collection<Touched> touched) {
        this.before = before;
        this.after = after;
        this.places = places;
        this.matching = matching;
        this.folding = folding;
        this.touched = touched;
        this.copies = new Copies(after, places);
        touched.forEach(t -> byEntity.put(t.entity, t));
    }

    /** A change, and the definition that it is told with; the definition as it is now. */
    private record Told(Entity definition, Change change) {}

    /** What came or went, with all that came or went with it. */
    private static final class Whole {
        final SortedMap<String, Integer> with = new TreeMap<>();
        final SortedSet<TreePath> files = new TreeSet<>();
    }

    Comparison tell(int files, int unread) {
        List<Told> told = new ArrayList<>();
        Map<Entity, Whole> came = new LinkedHashMap<>();
        Map<Entity, Whole> went = new LinkedHashMap<>();
        List<Entity[]> pairs = new ArrayList<>();
        for (Touched t : touched) {
            Entity entity = t.entity;
            boolean was = before.has(entity);
            boolean is = after.has(entity);
            if (was && matching.after(entity).isEmpty()) {
                collect(went, outermost(entity, this::isGone), t);
            }
            if (is && matching.isNew(entity)) {
                collect(came, outermost(entity, this::isCome), t);
            }
            if (was && matching.after(entity).isPresent()) {
                pairs.add(new Entity[] {entity, matching.after(entity).get()});
            } else if (!was && !is) {
                pairs.add(new Entity[] {entity, entity});
            }
        }
        // Details first: they find the references that followed.
        List<Told> changed = new ArrayList<>();
        for (Entity[] pair : pairs) {
            changed(pair[0], pair[1]).ifPresent(changed::add);
        }
        for (Entity[] pair : pairs) {
            named(pair[0], pair[1]).ifPresent(told::add);
        }
        told.addAll(changed);
        went.forEach((entity, whole) ->
                told.add(new Told(definitionOf(entity), new Removed(before.who(entity), whole.with, whole.files))));
        came.forEach((entity, whole) -> told.add(new Told(
                entity.definition(), new Added(after.who(entity), whole.with, copies.find(entity), whole.files))));
        return grouped(told, files, unread);
    }

    private boolean isGone(Entity entity) {
        return before.has(entity)
                && byEntity.containsKey(entity)
                && matching.after(entity).isEmpty();
    }

    private boolean isCome(Entity entity) {
        return after.has(entity) && byEntity.containsKey(entity) && matching.isNew(entity);
    }

    private static Entity outermost(Entity entity, Predicate<Entity> like) {
        Entity found = entity;
        for (Optional<Entity> at = entity.owner(); at.isPresent(); at = at.get().owner()) {
            if (like.test(at.get())) {
                found = at.get();
            }
        }
        return found;
    }

    private void collect(Map<Entity, Whole> wholes, Entity top, Touched touched) {
        Whole whole = wholes.computeIfAbsent(top, t -> new Whole());
        whole.files.addAll(touched.paths());
        if (!touched.entity.equals(top)) {
            whole.with.merge(touched.entity.kind(), 1, Integer::sum);
        }
    }

    private Entity definitionOf(Entity was) {
        Entity definition = was.definition();
        return matching.after(definition).orElse(definition);
    }

    private SortedSet<TreePath> files(Entity was, Entity is) {
        SortedSet<TreePath> files = new TreeSet<>();
        for (Entity entity : List.of(was, is)) {
            Optional.ofNullable(byEntity.get(entity)).ifPresent(t -> files.addAll(t.paths()));
        }
        return files;
    }

    /** Another name, or another owner. */
    private Optional<Told> named(Entity was, Entity is) {
        String name = before.name(was);
        boolean elsewhere = !was.address().equals(is.address());
        boolean sameName = name.equals(after.name(is));
        if (sameName && (!elsewhere || isTakenAlong(was, is)) || !before.has(was) || !after.has(is)) {
            return Optional.empty();
        }
        Who whoWas = before.who(was);
        Who whoIs = after.who(is);
        int references = folding.followed(was.address());
        SortedSet<TreePath> files = files(was, is);
        files.addAll(takenAlong.getOrDefault(was, new TreeSet<>()));
        boolean moved = elsewhere
                && !folder(is).value().equals(matching.moved(folder(was).value()));
        Change change =
                moved ? new Moved(whoWas, whoIs, references, files) : new Renamed(whoWas, whoIs, references, files);
        return Optional.of(new Told(is.definition(), change));
    }

    private static TreePath folder(Entity entity) {
        return entity.address().parent();
    }

    /** True for what is elsewhere only because its owner is. */
    private boolean isTakenAlong(Entity was, Entity is) {
        String ownersPlace = matching.moved(was.address().parent().value()) + "/"
                + was.address().name();
        return !was.address().equals(is.address()) && is.address().value().equals(ownersPlace);
    }

    private void takeAlong(Entity was, Entity is) {
        Entity taker = was;
        while (taker.owner().isPresent()
                && matching.after(taker).filter(isTakenAlong(taker)).isPresent()) {
            taker = taker.owner().get();
        }
        takenAlong.computeIfAbsent(taker, t -> new TreeSet<>()).addAll(files(was, is));
    }

    private Predicate<Entity> isTakenAlong(Entity was) {
        return is -> isTakenAlong(was, is);
    }

    private Optional<Told> changed(Entity was, Entity is) {
        Budget budget = new Budget();
        List<Detail> details = new ArrayList<>(
                new EntityDiff(before, after, places, folding, was, is, budget).compare(pieces(was, is)));
        // A new name is told as such.
        List<String> names = places.nameFields(is);
        boolean other = !before.name(was).equals(after.name(is));
        details.removeIf(
                d -> other && d instanceof Detail.Field f && f.half().isEmpty() && names.contains(f.pointer()));
        for (Entity entity : was.equals(is) ? List.of(is) : List.of(was, is)) {
            Optional.ofNullable(byEntity.get(entity)).ifPresent(t -> details.addAll(t.lines));
        }
        if (details.isEmpty() && budget.more() == 0) {
            takeAlong(was, is);
            return Optional.empty();
        }
        Who who = after.has(is) || !before.has(was) ? after.who(is) : before.who(was);
        return Optional.of(new Told(is.definition(), new Changed(who, details, budget.more(), files(was, is))));
    }

    private List<Piece> pieces(Entity was, Entity is) {
        Map<String, Piece> pieces = new TreeMap<>();
        Optional.ofNullable(byEntity.get(was))
                .ifPresent(t -> t.files.forEach((path, place) -> {
                    if (before.has(path)) {
                        add(pieces, new Piece(place.part(), place.half(), Optional.of(path), Optional.empty()));
                    }
                }));
        Optional.ofNullable(byEntity.get(is))
                .ifPresent(t -> t.files.forEach((path, place) -> {
                    if (after.has(path)) {
                        add(pieces, new Piece(place.part(), place.half(), Optional.empty(), Optional.of(path)));
                    }
                }));
        return pieces.values().stream()
                .filter(p -> !(p.part() instanceof Part.Derived) && !(p.part() instanceof Part.Arrangement))
                .toList();
    }

    private static void add(Map<String, Piece> pieces, Piece piece) {
        // The main file first.
        String key = piece.half().orElse("") + (piece.part() instanceof Part.Main ? " 0" : " 1") + piece.part();
        pieces.merge(
                key,
                piece,
                (a, b) -> new Piece(
                        a.part(), a.half(), a.before().or(b::before), a.after().or(b::after)));
    }

    private Comparison grouped(List<Told> told, int files, int unread) {
        SortedMap<TreePath, List<Told>> groups = new TreeMap<>();
        List<Change> elsewhere = new ArrayList<>();
        Comparator<Change> order = Comparator.<Change, TreePath>comparing(
                        c -> c.who().address())
                .thenComparing(c -> c instanceof Changed ? 1 : 0);
        for (Told one : told) {
            if (one.definition().isDefinition()) {
                groups.computeIfAbsent(one.definition().address(), a -> new ArrayList<>())
                        .add(one);
            } else {
                elsewhere.add(one.change());
            }
        }
        List<OfDefinition> definitions = new ArrayList<>();
        groups.forEach((address, all) -> {
            Entity definition = all.get(0).definition();
            Who who = after.has(definition) ? after.who(definition) : before.who(definition);
            definitions.add(new OfDefinition(
                    who, all.stream().map(Told::change).sorted(order).toList()));
        });
        elsewhere.sort(order);
        return new Comparison(definitions, elsewhere, files, unread);
    }
}
