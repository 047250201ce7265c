package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Requirements;
import dev.offshoot.layout.SecretPlace;
import dev.offshoot.layout.Want;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What definitions need of where they are, what they carry along included, and how each need stands. */
public record Configuration(List<Need> needs) {
    private static final List<String> KINDS =
            List.of("datasource", "module", "plugin", "role", "calendar", Need.SECRET);
    private static final Comparator<Need> ORDER = Comparator.<Need>comparingInt(n -> KINDS.indexOf(n.kind()))
            .thenComparing(n -> n.address().map(TreePath::value).orElse(""))
            .thenComparing(Need::name);

    public Configuration {
        needs = List.copyOf(needs);
    }

    /** Those that somebody has to do something about, or to look at. */
    public List<Need> open() {
        return needs.stream().filter(Need::isOpen).map(Need::withMissingSecrets).toList();
    }

    /**
     * Finds out.
     *
     * @param vault the secrets that there are in this state; empty when that is not known
     */
    static Configuration of(
            LayoutEngine engine, WorkspaceView view, Collection<TreePath> definitions, Optional<SecretOwners> vault) {
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
        SecretStates states = SecretStates.of(secrets, seen, vault);
        List<Need> needs = things(wants, states, seen);
        Set<TreePath> things = needs.stream().flatMap(n -> n.address().stream()).collect(Collectors.toSet());
        needs.addAll(states.needsBeside(things));
        needs.sort(ORDER);
        return new Configuration(together(needs, seen));
    }

    /** Records of one definition that say the same, in one line: a person would not say it of every version. */
    private static List<Need> together(List<Need> needs, Set<TreePath> definitions) {
        List<Need> found = new ArrayList<>();
        for (Need need : needs) {
            boolean joined = false;
            for (int i = 0; i < found.size() && !joined && !need.kind().equals(Need.SECRET); i++) {
                Need before = found.get(i);
                Optional<Need> one = definitions.stream()
                        .flatMap(d -> before.and(need, d).stream())
                        .findFirst();
                if (one.isPresent()) {
                    found.set(i, one.get());
                    joined = true;
                }
            }
            if (!joined) {
                found.add(need);
            }
        }
        return found;
    }

    /** Each thing once, with everybody who needs it. */
    private static List<Need> things(List<Want> wants, SecretStates secrets, Set<TreePath> definitions) {
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
        first.forEach((key, want) -> {
            boolean alone = users.get(key).isEmpty()
                    && want.address().filter(definitions::contains).isEmpty();
            needs.add(new Need(
                    want.need(),
                    want.name(),
                    alone ? Need.State.UNUSED : state(want, secrets),
                    want.address(),
                    List.of(),
                    want.address().map(secrets::of).orElse(List.of()),
                    List.copyOf(users.get(key))));
        });
        return needs;
    }

    private static Need.State state(Want want, SecretStates secrets) {
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
}
