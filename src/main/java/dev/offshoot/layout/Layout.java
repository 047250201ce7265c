package dev.offshoot.layout;

import dev.offshoot.format.JsonValue;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The declarative description of how one platform's documents map to files and back.
 *
 * @param recognise alternatives; a document is the platform's when all tests of one of them hold
 * @param ids what ids of the instance look like inside text; empty when the layout has none
 * @param document name of the file for what stands outside every definition
 */
record Layout(
        String platform,
        TreePath root,
        List<List<Test>> recognise,
        Optional<IdShape> ids,
        String document,
        Map<String, Kind> kinds) {

    /** Name of the pseudo kind of a whole document. */
    static final String DOCUMENT = "document";

    Layout {
        kinds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }

    boolean recognises(JsonValue value) {
        return recognise.stream().anyMatch(tests -> tests.stream().allMatch(t -> t.holds(value)));
    }

    Kind kind(String name) {
        return kinds.get(name);
    }

    /** Kinds cut from a container kind, grouped by slot, both in layout order. */
    Map<Kind.Slot, List<Kind>> slotsOf(String containerKind) {
        Map<Kind.Slot, List<Kind>> found = new LinkedHashMap<>();
        for (Kind kind : kinds.values()) {
            if (kind.isIn(containerKind)) {
                kind.slotsIn(containerKind)
                        .forEach(s ->
                                found.computeIfAbsent(s, k -> new ArrayList<>()).add(kind));
            }
        }
        return found;
    }

    /** Placements whose owner may be a record of this kind, with the kind that is placed. */
    List<Owned> ownedBy(Kind owner) {
        List<Owned> found = new ArrayList<>();
        for (Kind kind : kinds.values()) {
            for (Placement place : kind.places()) {
                boolean fits = place.owner() instanceof Placement.Owner.ByField f
                                && f.kinds().contains(owner.name())
                        || place.owner() instanceof Placement.Owner.ByList l
                                && l.kinds().contains(owner.name())
                        || place.owner() instanceof Placement.Owner.Container && kind.isIn(owner.name());
                if (fits) {
                    found.add(new Owned(kind, place));
                }
            }
        }
        return found;
    }

    /** Placements directly in the platform's folder. */
    List<Owned> shared() {
        List<Owned> found = new ArrayList<>();
        for (Kind kind : kinds.values()) {
            for (Placement place : kind.places()) {
                if (place.owner() instanceof Placement.Owner.Root) {
                    found.add(new Owned(kind, place));
                }
            }
        }
        return found;
    }

    record Owned(Kind kind, Placement place) {}

    /** Names of the direct children of a record's folder: what the first segment of a reference is looked up in. */
    Set<String> scopeNames(Kind owner) {
        Set<String> names = new LinkedHashSet<>();
        for (Owned owned : ownedBy(owner)) {
            Optional<Template> path = owned.place().target() instanceof Placement.Target.File f
                    ? Optional.of(f.path())
                    : owned.place().target() instanceof Placement.Target.Folder d
                            ? Optional.of(d.path())
                            : Optional.empty();
            path.filter(t -> t.segments().get(0).isFixed())
                    .ifPresent(t -> names.add(t.segments().get(0).text()));
        }
        return names;
    }
}
