package dev.offshoot.service;

import dev.offshoot.model.TreePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that a definition needs of where it is: one thing for somebody to do.
 *
 * @param kind {@code datasource}, {@code module}, {@code plugin}, {@code role}, {@code calendar} or {@code secret}
 * @param name what people call it
 * @param state how it stands here
 * @param address where it is; of a secret, the record that has it
 * @param alike others of the same name in the same definition that need the same, such as those of older versions
 * @param secrets what it has to be given, and what it has
 * @param usedBy the records that need it
 */
public record Need(
        String kind,
        String name,
        State state,
        Optional<TreePath> address,
        List<TreePath> alike,
        List<Secrets> secrets,
        List<TreePath> usedBy) {
    static final String SECRET = "secret";

    public Need {
        alike = List.copyOf(alike);
        secrets = List.copyOf(secrets);
        usedBy = List.copyOf(usedBy);
    }

    /**
     * Fields that stand alike.
     *
     * @param environments those in which they do; empty where the platform has none
     */
    public record Secrets(List<String> fields, State state, List<String> environments) {
        public Secrets {
            fields = List.copyOf(fields);
            environments = List.copyOf(environments);
        }
    }

    /** How a need stands. */
    public enum State {
        /** It is not here. */
        MISSING,
        /** It is here, and has to be configured yet when it is a data source. */
        PRESENT,
        /** Nothing is left to do: a secret is in the vault, a data source has all that it needs. */
        SET,
        /** A data source in the definition that nothing in it uses. */
        UNUSED,
        /** Only the platform knows: whether it has a plugin, or needs one more secret of what is configured already. */
        UNKNOWN
    }

    /** Whether somebody has something to do, or to look at. */
    public boolean isOpen() {
        return switch (state) {
            case MISSING -> true;
            case UNKNOWN -> !kind.equals(SECRET);
            case PRESENT -> kind.equals("datasource");
            case SET, UNUSED -> false;
        };
    }

    /** This one and another in one line, when they say the same of two records in one definition. */
    Optional<Need> and(Need other, TreePath definition) {
        boolean same = kind.equals(other.kind)
                && name.equals(other.name)
                && state == other.state
                && secrets.equals(other.secrets);
        if (!same || !isInside(definition) || !other.isInside(definition)) {
            return Optional.empty();
        }
        Set<TreePath> users = new LinkedHashSet<>(usedBy);
        users.addAll(other.usedBy);
        List<TreePath> all = Stream.of(alike, other.address.stream().toList(), other.alike)
                .flatMap(List::stream)
                .toList();
        return Optional.of(new Need(kind, name, state, address, all, secrets, List.copyOf(users)));
    }

    private boolean isInside(TreePath definition) {
        return address.filter(a -> a.isWithin(definition) && !a.equals(definition))
                .isPresent();
    }

    /** The same with those secrets alone that are missing for sure. */
    Need withMissingSecrets() {
        List<Secrets> missing =
                secrets.stream().filter(s -> s.state() == State.MISSING).toList();
        return new Need(kind, name, state, address, alike, missing.isEmpty() ? secrets : missing, usedBy);
    }
}
