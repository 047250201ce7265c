package dev.offshoot.model;

import java.util.Objects;
import java.util.UUID;

/** What a workspace is known by to whoever has to tell it from a later one of the same name. Never changes. */
public record WorkspaceId(UUID value) {
    public WorkspaceId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
