package dev.offshoot.people;

import dev.offshoot.model.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** An account with its places in workspaces, in the order in which it got them. */
public record Profile(Account account, List<Membership> memberships) {
    public Profile {
        memberships = List.copyOf(memberships);
    }

    public Optional<Membership> in(WorkspaceId workspace) {
        return memberships.stream().filter(m -> m.workspace().equals(workspace)).findFirst();
    }

    /** What it may be in a workspace now; empty when account or place does not count. */
    public Optional<Role> roleIn(WorkspaceId workspace) {
        return account.isActive() ? in(workspace).filter(Membership::isActive).map(Membership::role) : Optional.empty();
    }
}
