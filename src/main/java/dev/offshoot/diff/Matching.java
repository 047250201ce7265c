package dev.offshoot.diff;

import dev.offshoot.layout.Entity;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which entity of one state is which of the other: by id, then by address, then by the place below an owner that has moved, then by
 * content. Looks only at entities whose files are not the same.
 */
final class Matching {
    private final Side before;
    private final Side after;
    private final Likeness likeness;
    private final Map<Entity, Entity> pairs = new LinkedHashMap<>();
    private final Set<Entity> found = new HashSet<>();
    private final Set<Entity> looked = new HashSet<>();
    private final Map<TreePath, TreePath> moves = new HashMap<>();

    private Matching(Side before, Side after, Likeness likeness) {
        this.before = before;
        this.after = after;
        this.likeness = likeness;
    }

    /** Matches entities of which some file was changed. */
    static Matching of(Side before, Side after, Collection<Entity> touched, Likeness likeness) {
        Matching matching = new Matching(before, after, likeness);
        matching.looked.addAll(touched);
        List<Entity> was = touched.stream().filter(before::has).toList();
        List<Entity> is = touched.stream().filter(after::has).toList();
        matching.byId(was, is);
        matching.byAddress(was, is);
        matching.byPlaceAndContent(was, is);
        return matching;
    }

    /** What an entity that was there has become; itself when none of its own files was changed. */
    Optional<Entity> after(Entity was) {
        return looked.contains(was) ? Optional.ofNullable(pairs.get(was)) : Optional.of(was);
    }

    /** True for an entity that is there now and was not. */
    boolean isNew(Entity is) {
        return looked.contains(is) && !found.contains(is);
    }

    /** New addresses of what stands elsewhere now, by old ones. */
    Map<TreePath, TreePath> moves() {
        return Map.copyOf(moves);
    }

    boolean hasMoves() {
        return !moves.isEmpty();
    }

    /** Where the thing at an address stands now. {@code #} begins what is inside a file. */
    String moved(String address) {
        if (moves.isEmpty()) {
            return address;
        }
        int hash = address.indexOf('#');
        String file = hash < 0 ? address : address.substring(0, hash);
        String rest = hash < 0 ? "" : address.substring(hash);
        return moveOf(file)
                .map(from -> moves.get(from) + file.substring(from.value().length()) + rest)
                .orElse(address);
    }

    /** What moved, and the thing at an address with it: itself, or the nearest folder around it. */
    Optional<TreePath> moveOf(String address) {
        int hash = address.indexOf('#');
        String file = hash < 0 ? address : address.substring(0, hash);
        for (int end = file.length(); end > 0; end = file.lastIndexOf('/', end - 1)) {
            Optional<TreePath> at = path(file.substring(0, end)).filter(moves::containsKey);
            if (at.isPresent()) {
                return at;
            }
        }
        return Optional.empty();
    }

    /** Somebody may have written anything into a reference. */
    private static Optional<TreePath> path(String text) {
        try {
            return Optional.of(TreePath.of(text));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    private void pair(Entity was, Entity is) {
        pairs.put(was, is);
        found.add(is);
        if (!was.address().equals(is.address())) {
            moves.put(was.address(), is.address());
        }
    }

    private boolean isFree(Entity was, Entity is) {
        return !pairs.containsKey(was) && !found.contains(is);
    }

    private void byId(List<Entity> was, List<Entity> is) {
        Map<String, Entity> known = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (Entity entity : is) {
            after.id(entity).filter(id -> known.put(id, entity) != null).ifPresent(twice::add);
        }
        for (Entity entity : was) {
            before.id(entity)
                    .filter(id -> !twice.contains(id))
                    .map(known::get)
                    .filter(other -> isFree(entity, other))
                    .ifPresent(other -> pair(entity, other));
        }
    }

    private void byAddress(List<Entity> was, List<Entity> is) {
        Set<Entity> there = new HashSet<>(is);
        for (Entity entity : was) {
            if (there.contains(entity) && isFree(entity, entity)) {
                pair(entity, entity);
            }
        }
    }

    /** Owners first, so that what is below them finds its place. */
    private void byPlaceAndContent(List<Entity> was, List<Entity> is) {
        TreeMap<Integer, List<Entity>> gone =
                byDepth(was.stream().filter(e -> !pairs.containsKey(e)).toList());
        TreeMap<Integer, List<Entity>> come =
                byDepth(is.stream().filter(e -> !found.contains(e)).toList());
        gone.forEach((depth, entities) -> {
            List<Entity> others = come.getOrDefault(depth, List.of());
            Map<TreePath, Entity> places = new HashMap<>();
            others.forEach(e -> places.put(e.address(), e));
            for (Entity entity : entities) {
                path(moved(entity.address().value()))
                        .map(places::get)
                        .filter(other -> other.kind().equals(entity.kind()) && isFree(entity, other))
                        .ifPresent(other -> pair(entity, other));
            }
            byContent(entities, others);
        });
    }

    private static TreeMap<Integer, List<Entity>> byDepth(List<Entity> entities) {
        TreeMap<Integer, List<Entity>> found = new TreeMap<>();
        entities.stream()
                .sorted(Comparator.comparing(Entity::address))
                .forEach(e ->
                        found.computeIfAbsent(e.depth(), d -> new ArrayList<>()).add(e));
        return found;
    }

    private void byContent(List<Entity> was, List<Entity> is) {
        List<Entity> gone = was.stream().filter(e -> !pairs.containsKey(e)).toList();
        List<Entity> come = is.stream().filter(e -> !found.contains(e)).toList();
        for (Likeness.Pair like : likeness.pairs(gone, come, this::isInReach, this::isAtHome)) {
            if (isFree(like.was(), like.is())) {
                pair(like.was(), like.is());
            }
        }
    }

    /** True for two of one definition: what two apps have in common has not moved from one to the other. */
    private boolean isInReach(Entity was, Entity is) {
        return was.owner().isEmpty()
                ? is.owner().isEmpty()
                : moved(was.definition().address().value())
                        .equals(is.definition().address().value());
    }

    /** True when both are below the same owner. */
    private boolean isAtHome(Entity was, Entity is) {
        TreePath folder = was.owner().map(Entity::address).orElse(was.address().parent());
        TreePath other = is.owner().map(Entity::address).orElse(is.address().parent());
        return moved(folder.value()).equals(other.value());
    }
}
