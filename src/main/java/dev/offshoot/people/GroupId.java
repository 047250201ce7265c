package dev.offshoot.people;

import java.util.Objects;
import java.util.UUID;

/** A group of people in one workspace. */
public record GroupId(UUID value) {
    public GroupId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
