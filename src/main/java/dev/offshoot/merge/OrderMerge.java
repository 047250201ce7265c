package dev.offshoot.merge;

import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Merges orders of names: who was added or removed on one side is or is not there; whoever is in all three keeps the order of the side that
 * changed it; who was added follows whom it followed.
 */
final class OrderMerge {
    private OrderMerge() {}

    /** The merged order; empty when both sides moved the same names, and not to the same places. */
    static Optional<List<String>> names(List<String> base, List<String> ours, List<String> theirs) {
        Set<String> before = new LinkedHashSet<>(base);
        Set<String> here = new LinkedHashSet<>(ours);
        Set<String> there = new LinkedHashSet<>(theirs);
        List<String> stayed = before.stream()
                .filter(n -> here.contains(n) && there.contains(n))
                .toList();
        Set<String> staying = Set.copyOf(stayed);
        List<String> stayedHere = here.stream().filter(staying::contains).toList();
        List<String> stayedThere = there.stream().filter(staying::contains).toList();
        List<String> skeleton;
        if (stayedHere.equals(stayed) || stayedHere.equals(stayedThere)) {
            skeleton = stayedThere;
        } else if (stayedThere.equals(stayed)) {
            skeleton = stayedHere;
        } else {
            return Optional.empty();
        }
        Map<String, List<String>> afterHere = additions(here, before, staying);
        Map<String, List<String>> afterThere = additions(there, before, staying);
        Set<String> merged = new LinkedHashSet<>(both(afterHere, afterThere, ""));
        for (String name : skeleton) {
            merged.add(name);
            merged.addAll(both(afterHere, afterThere, name));
        }
        return Optional.of(List.copyOf(merged));
    }

    /** New names by the one they follow; those at the start follow the empty name. */
    private static Map<String, List<String>> additions(Set<String> names, Set<String> before, Set<String> skeleton) {
        Map<String, List<String>> found = new HashMap<>();
        String anchor = "";
        for (String name : names) {
            if (skeleton.contains(name)) {
                anchor = name;
            } else if (!before.contains(name)) {
                found.computeIfAbsent(anchor, a -> new ArrayList<>()).add(name);
            }
        }
        return found;
    }

    /** Which side is which must not matter: the one whose first name is smaller comes first. */
    private static List<String> both(Map<String, List<String>> here, Map<String, List<String>> there, String anchor) {
        List<String> one = here.getOrDefault(anchor, List.of());
        List<String> other = there.getOrDefault(anchor, List.of());
        boolean oneFirst = String.join("\n", one).compareTo(String.join("\n", other)) <= 0;
        List<String> all = new ArrayList<>(oneFirst ? one : other);
        all.addAll(oneFirst ? other : one);
        return all;
    }

    /** Order files; where there is none, the order is that of the names. */
    static FileMerge.Result files(
            TreePath path, Optional<Content> base, Optional<Content> ours, Optional<Content> theirs) {
        Set<String> known = new TreeSet<>();
        List.of(base, ours, theirs).forEach(file -> file.ifPresent(c -> known.addAll(lines(c))));
        List<String> sorted = List.copyOf(known);
        List<String> before = base.map(OrderMerge::lines).orElse(sorted);
        List<String> here =
                ours.map(OrderMerge::lines).orElse(before.stream().sorted().toList());
        List<String> there =
                theirs.map(OrderMerge::lines).orElse(before.stream().sorted().toList());
        if (base.isEmpty()) {
            before = sorted.stream()
                    .filter(n -> here.contains(n) && there.contains(n))
                    .toList();
        }
        Optional<List<String>> merged = names(before, here, there);
        return merged.map(names -> FileMerge.Result.of(Content.utf8(String.join("\n", names) + "\n")))
                .orElseGet(() -> FileMerge.Result.of(List.of(new Conflict(
                        path,
                        new Place.File(),
                        What.ORDERED_TWICE,
                        base.map(FileMerge::text),
                        ours.map(FileMerge::text),
                        theirs.map(FileMerge::text),
                        Suggestion.DECIDE))));
    }

    /** As order files are read: empty lines and repeated names say nothing. */
    private static List<String> lines(Content content) {
        return content.utf8()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .distinct()
                .toList();
    }
}
