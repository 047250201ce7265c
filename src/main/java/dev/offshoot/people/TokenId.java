package dev.offshoot.people;

import java.util.Objects;
import java.util.UUID;

/** A token, to name it without showing it. */
public record TokenId(UUID value) {
    public TokenId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
