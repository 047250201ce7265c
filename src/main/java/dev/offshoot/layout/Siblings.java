package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order of siblings, each of which says who stands before it. Total and deterministic: several after the same one follow it by name, each
 * with what follows it in turn; who stands after nobody that is there comes last, by name.
 */
final class Siblings {
    private Siblings() {}

    /**
     * @param after for each sibling the one before it, or empty text for the first
     * @param broken receives those whose place could not be told
     */
    static List<String> order(SortedMap<String, String> after, Set<String> broken) {
        Map<String, Set<String>> next = new HashMap<>();
        Set<String> lost = new TreeSet<>();
        after.forEach((name, before) -> {
            if (before.isEmpty() || after.containsKey(before) && !before.equals(name)) {
                next.computeIfAbsent(before, b -> new TreeSet<>()).add(name);
            } else {
                lost.add(name);
            }
        });
        Set<String> ordered = new LinkedHashSet<>();
        follow("", next, ordered);
        lost.forEach(name -> {
            broken.add(name);
            ordered.add(name);
            follow(name, next, ordered);
        });
        for (String name : new TreeMap<>(after).keySet()) {
            // Only rings are left: opened at the first name.
            if (ordered.add(name)) {
                broken.add(name);
                follow(name, next, ordered);
            }
        }
        return new ArrayList<>(ordered);
    }

    private static void follow(String start, Map<String, Set<String>> next, Set<String> ordered) {
        List<String> stack = new ArrayList<>();
        push(next.get(start), stack);
        while (!stack.isEmpty()) {
            String name = stack.remove(stack.size() - 1);
            if (ordered.add(name)) {
                push(next.get(name), stack);
            }
        }
    }

    private static void push(Set<String> names, List<String> stack) {
        if (names != null) {
            List<String> reversed = new ArrayList<>(names);
            java.util.Collections.reverse(reversed);
            stack.addAll(reversed);
        }
    }
}
