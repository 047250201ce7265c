package dev.offshoot.people;

import dev.offshoot.model.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * What somebody's place in a workspace shall be; what is not given stays as it is, or is as {@link #NEW_ROLE} says for a new place.
 *
 * @param groups replace the ones there are
 */
public record MembershipWish(
        WorkspaceId workspace, Optional<Role> role, Optional<Status> status, Optional<List<GroupRef>> groups) {
    /** ToolJet's default. */
    public static final Role NEW_ROLE = Role.END_USER;

    public MembershipWish {
        groups = groups.map(List::copyOf);
    }

    public static MembershipWish of(WorkspaceId workspace, Role role) {
        return new MembershipWish(workspace, Optional.of(role), Optional.empty(), Optional.empty());
    }
}
