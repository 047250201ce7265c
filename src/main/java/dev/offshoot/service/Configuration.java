package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Requirements;
import dev.offshoot.layout.SecretPlace;
import dev.offshoot.layout.Want;
import dev.offshoot.model.TreePath;
import dev.offshoot.vault.SecretName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** What definitions need of where they are, what they carry along included, and how each need stands. */
public record Configuration(List<Need> needs) {
    private static final List<String> KINDS =
            List.of("datasource", "module", "plugin", "role", "calendar", Need.SECRET);
    private static final Comparator<Need> ORDER = Comparator.<Need>comparingInt(n -> KINDS.indexOf(n.kind()))
            .thenComparing(n -> n.address().map(TreePath::value).orElse(""))
            .thenComparing(n -> n.part().orElse(""))
            .thenComparing(Need::name);

    public Configuration {
        needs = List.copyOf(needs);
    }

    /** Those that somebody has to do something about, or to look at. */
    public List<Need> open() {
        return needs.stream().filter(Need::isOpen).toList();
    }

    /**
     * Finds out.
     *
     * @param vault the secrets that there are; empty when that is not known
     */
    static Configuration of(
            LayoutEngine engine,
            WorkspaceView view,
            Collection<TreePath> definitions,
            Optional<SortedSet<SecretName>> vault) {
        List<Want> wants = new ArrayList<>();
        List<SecretPlace> secrets = new ArrayList<>();
        Set<TreePath> seen = new LinkedHashSet<>();
        Set<TreePath> next = new LinkedHashSet<>(definitions);
        while (!next.isEmpty()) {
            seen.addAll(next);
            Requirements found = engine.requirements(view.files(), next);
            wants.addAll(found.wants());
            secrets.addAll(found.secrets());
            next = new LinkedHashSet<>();
            for (Want want : found.wants()) {
                want.address()
                        .filter(a -> !seen.contains(a) && view.find(a).isPresent())
                        .ifPresent(next::add);
            }
        }
        Secrets all = new Secrets(secrets, seen, vault);
        List<Need> needs = new ArrayList<>(all.needs());
        needs.addAll(things(wants, all));
        needs.sort(ORDER);
        return new Configuration(needs);
    }

    /** Each thing once, with everybody who needs it. */
    private static List<Need> things(List<Want> wants, Secrets secrets) {
        record Key(String need, String name, Optional<TreePath> address) {}
        Map<Key, Set<TreePath>> users = new LinkedHashMap<>();
        Map<Key, Want> first = new LinkedHashMap<>();
        for (Want want : wants) {
            Key key = new Key(want.need(), want.name(), want.address());
            first.putIfAbsent(key, want);
            Set<TreePath> by = users.computeIfAbsent(key, k -> new LinkedHashSet<>());
            if (want.address().filter(want.by()::equals).isEmpty()) {
                by.add(want.by());
            }
        }
        List<Need> needs = new ArrayList<>();
        first.forEach((key, want) -> needs.add(new Need(
                want.need(),
                want.name(),
                state(want, secrets),
                want.address(),
                Optional.empty(),
                List.copyOf(users.get(key)))));
        return needs;
    }

    private static Need.State state(Want want, Secrets secrets) {
        if (!want.inTree()) {
            return Need.State.UNKNOWN;
        }
        if (want.address().isEmpty()) {
            return Need.State.MISSING;
        }
        boolean complete = want.need().equals("datasource")
                && !secrets.isLackedBy(want.address().get());
        return complete ? Need.State.SET : Need.State.PRESENT;
    }

    /** What is configured together: a record, in one environment. */
    private record Part(TreePath address, Optional<String> part) {
        static Part of(SecretPlace place) {
            return new Part(place.address(), place.part());
        }
    }

    /** The secrets of some definitions, those that are there and those that should be. */
    private static final class Secrets {
        private final Set<TreePath> definitions;
        private final Optional<SortedSet<SecretName>> vault;
        private final Set<TreePath> lacking = new HashSet<>();
        private final List<Need> needs = new ArrayList<>();

        Secrets(List<SecretPlace> places, Set<TreePath> definitions, Optional<SortedSet<SecretName>> vault) {
            this.definitions = definitions;
            this.vault = vault;
            Set<SecretName> others = new LinkedHashSet<>();
            vault.ifPresent(names -> names.stream().filter(this::isOfThese).forEach(others::add));
            Map<SecretPlace, Boolean> there = new LinkedHashMap<>();
            places.forEach(place -> there.put(place, others.removeIf(name -> SecretFields.holds(place, name))));
            Set<Part> begun = new HashSet<>();
            there.forEach((place, set) -> {
                if (set) {
                    begun.add(Part.of(place));
                }
            });
            there.forEach((place, set) -> {
                if (set || place.needed()) {
                    add(place, set, begun.contains(Part.of(place)));
                }
            });
            // What no placeholder in a file tells of, such as a token of the app itself.
            others.forEach(name -> needs.add(new Need(
                    Need.SECRET,
                    SecretFields.plainName(name),
                    Need.State.SET,
                    Optional.of(name.address()),
                    Optional.empty(),
                    List.of())));
        }

        private boolean isOfThese(SecretName name) {
            for (TreePath at = name.address(); !at.isRoot(); at = at.parent()) {
                if (definitions.contains(at)) {
                    return true;
                }
            }
            return false;
        }

        /**
         * @param begun somebody has set another one of the same part: whether this one is needed as well, only the platform knows
         */
        private void add(SecretPlace place, boolean set, boolean begun) {
            Need.State state =
                    set ? Need.State.SET : begun || vault.isEmpty() ? Need.State.UNKNOWN : Need.State.MISSING;
            if (!set && !begun) {
                lacking.add(place.address());
            }
            needs.add(
                    new Need(Need.SECRET, place.field(), state, Optional.of(place.address()), place.part(), List.of()));
        }

        List<Need> needs() {
            return needs;
        }

        boolean isLackedBy(TreePath address) {
            return lacking.contains(address);
        }
    }
}
