package dev.offshoot.people;

import dev.offshoot.model.WorkspaceId;
import java.time.Instant;
import java.util.List;

/**
 * Somebody's place in one workspace.
 *
 * @param status an archived place keeps its role and groups and lets nobody do anything
 * @param groups that were made by people, by name; what the role gives is not among them
 */
public record Membership(
        WorkspaceId workspace, Role role, Status status, List<Group> groups, Instant createdAt, Instant updatedAt) {
    public Membership {
        groups = List.copyOf(groups);
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }
}
