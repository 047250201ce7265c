package dev.offshoot.people;

import dev.offshoot.model.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A group of one workspace.
 *
 * @param name unique in its workspace; 1 to 50 of letters, digits, blank, {@code _} and {@code -}, as ToolJet has it
 */
public record Group(GroupId id, WorkspaceId workspace, String name, Instant createdAt, Instant updatedAt) {
    /** The group that everybody of a workspace is in. */
    public static final String EVERYBODY = "all_users";

    /** The groups that every workspace has from its beginning: all users, and one for each role. Their ids follow from the workspace's. */
    public static List<Group> builtIn(WorkspaceId workspace) {
        return Stream.concat(Stream.of(EVERYBODY), Stream.of(Role.values()).map(Role::word))
                .map(name -> builtIn(workspace, name))
                .toList();
    }

    private static Group builtIn(WorkspaceId workspace, String name) {
        UUID id = UUID.nameUUIDFromBytes((workspace + "/groups/" + name).getBytes(StandardCharsets.UTF_8));
        return new Group(new GroupId(id), workspace, name, Instant.EPOCH, Instant.EPOCH);
    }

    public boolean isBuiltIn() {
        return builtIn(workspace).stream().anyMatch(g -> g.id().equals(id));
    }
}
