package dev.offshoot.model;

import java.util.Objects;

/**
 * One thing that is wrong or worth knowing: what, where, and what to do.
 *
 * @param reason stable code
 * @param where a JSON pointer into the document ({@code /app/0}), a place in a file ({@code path.yaml:12}), a parameter
 *     name, or empty when the whole request is meant
 * @param message what is wrong, for a person; never holds a secret
 * @param hint what to do about it, or empty
 */
public record Problem(Reason reason, String where, String message, String hint) {
    public Problem {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(where);
        Objects.requireNonNull(message);
        Objects.requireNonNull(hint);
    }

    public static Problem of(Reason reason, String where, String message) {
        return new Problem(reason, where, message, "");
    }

    public Problem withHint(String text) {
        return new Problem(reason, where, message, text);
    }

    /** The same problem of something that is itself a part: the part's place, then the place in it. */
    public Problem in(String place) {
        return new Problem(reason, where.isEmpty() ? place : place + " " + where, message, hint);
    }

    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + message + (hint.isEmpty() ? "" : " (" + hint + ")");
    }
}
