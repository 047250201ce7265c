package dev.offshoot.service;

import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;

/**
 * Something that a definition needs of where it is.
 *
 * @param kind {@code datasource}, {@code module}, {@code plugin}, {@code role}, {@code calendar} or {@code secret}
 * @param name what people call it
 * @param state how it stands here
 * @param address where it is; of a secret, the record that has it
 * @param part of a secret: the environment it is for, where the platform has several
 * @param usedBy the records that need it
 */
public record Need(
        String kind,
        String name,
        State state,
        Optional<TreePath> address,
        Optional<String> part,
        List<TreePath> usedBy) {
    static final String SECRET = "secret";

    public Need {
        usedBy = List.copyOf(usedBy);
    }

    /** How a need stands. */
    public enum State {
        /** It is not here. */
        MISSING,
        /** It is here, and has to be configured yet when it is a data source. */
        PRESENT,
        /** Nothing is left to do: a secret is in the vault, a data source has all that it needs. */
        SET,
        /** Only the platform knows: whether it has a plugin, or needs one more secret of what is configured already. */
        UNKNOWN
    }

    public boolean isSecret() {
        return kind.equals(SECRET);
    }

    /** Whether somebody has something to do, or to look at. */
    public boolean isOpen() {
        return switch (state) {
            case MISSING -> true;
            case UNKNOWN -> !kind.equals(SECRET);
            case PRESENT -> kind.equals("datasource");
            case SET -> false;
        };
    }
}
