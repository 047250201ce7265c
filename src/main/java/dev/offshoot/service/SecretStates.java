package dev.offshoot.service;

import dev.offshoot.layout.SecretPlace;
import dev.offshoot.model.TreePath;
import dev.offshoot.vault.SecretName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The secrets of some definitions: those that are there and those that should be. */
final class SecretStates {
    private final Map<TreePath, Map<String, List<Stand>>> byRecord = new LinkedHashMap<>();
    private final Set<TreePath> lacking = new HashSet<>();

    private SecretStates() {}

    /** What is configured together: a record, in one environment. */
    private record Part(TreePath address, Optional<String> part) {
        static Part of(SecretPlace place) {
            return new Part(place.address(), place.part());
        }
    }

    /** How one field stands in one environment. */
    private record Stand(Optional<String> environment, Need.State state) {}

    /**
     * Finds out.
     *
     * @param definitions whose secrets are meant, those that no place tells of included
     * @param vault the secrets that there are; empty when that is not known
     */
    static SecretStates of(List<SecretPlace> places, Set<TreePath> definitions, Optional<SecretOwners> vault) {
        SecretStates states = new SecretStates();
        Map<SecretPlace, Boolean> there = new LinkedHashMap<>();
        Set<SecretName> told = new HashSet<>();
        places.forEach(place -> {
            List<SecretName> held = vault.map(owners -> owners.at(place.address())).orElse(List.of()).stream()
                    .filter(name -> SecretFields.isWithin(name, place.pointer()))
                    .toList();
            told.addAll(held);
            there.put(place, !held.isEmpty());
        });
        Set<Part> begun = new HashSet<>();
        there.forEach((place, set) -> {
            if (set) {
                begun.add(Part.of(place));
            }
        });
        there.forEach((place, set) -> {
            if (set || place.needed()) {
                boolean sure = vault.isPresent() && !begun.contains(Part.of(place));
                states.add(place, set ? Need.State.SET : sure ? Need.State.MISSING : Need.State.UNKNOWN);
                // Whether one more is needed where somebody has begun, only the platform knows.
                if (!begun.contains(Part.of(place))) {
                    states.lacking.add(place.address());
                }
            }
        });
        // What no placeholder in a file tells of, such as a token of the app itself.
        vault.ifPresent(owners -> definitions.forEach(definition -> owners.within(definition)
                .forEach((address, names) -> names.stream()
                        .filter(name -> !told.contains(name))
                        .forEach(name -> states.put(
                                address, SecretFields.plainName(name), new Stand(Optional.empty(), Need.State.SET))))));
        return states;
    }

    private void add(SecretPlace place, Need.State state) {
        put(place.address(), place.field(), new Stand(place.part(), state));
    }

    private void put(TreePath address, String field, Stand stand) {
        byRecord.computeIfAbsent(address, a -> new LinkedHashMap<>())
                .computeIfAbsent(field, f -> new ArrayList<>())
                .add(stand);
    }

    boolean isLackedBy(TreePath address) {
        return lacking.contains(address);
    }

    /** Those of one record, fields that stand alike together. */
    List<Need.Secrets> of(TreePath address) {
        record Alike(Need.State state, List<String> environments) {}
        Map<Alike, List<String>> groups = new LinkedHashMap<>();
        byRecord.getOrDefault(address, Map.of())
                .forEach((field, stands) -> byState(stands)
                        .forEach((state, environments) -> groups.computeIfAbsent(
                                        new Alike(state, environments), a -> new ArrayList<>())
                                .add(field)));
        return groups.entrySet().stream()
                .map(g -> new Need.Secrets(
                        g.getValue(), g.getKey().state(), g.getKey().environments()))
                .toList();
    }

    private static Map<Need.State, List<String>> byState(List<Stand> stands) {
        Map<Need.State, List<String>> found = new LinkedHashMap<>();
        stands.forEach(stand -> found.computeIfAbsent(stand.state(), s -> new ArrayList<>())
                .addAll(stand.environment().stream().toList()));
        return found;
    }

    /** Of records that are no need themselves, one for each field. */
    List<Need> needsBeside(Set<TreePath> things) {
        List<Need> needs = new ArrayList<>();
        byRecord.forEach((address, fields) -> {
            if (!things.contains(address)) {
                fields.forEach((field, stands) ->
                        byState(stands).forEach((state, environments) -> needs.add(need(address, field, state))));
            }
        });
        return needs;
    }

    private static Need need(TreePath address, String field, Need.State state) {
        return new Need(Need.SECRET, field, state, Optional.of(address), List.of(), List.of(), List.of());
    }
}
