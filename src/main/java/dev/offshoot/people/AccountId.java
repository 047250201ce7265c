package dev.offshoot.people;

import java.util.Objects;
import java.util.UUID;

/** An account, for ever: ids are not used again. */
public record AccountId(UUID value) {
    public AccountId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
