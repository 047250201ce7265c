package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Groups that people made, and who is in them, within one transaction. {@code GROUP} is a word of SQL, so the tables say team. */
final class GroupTable {
    /** ToolJet's rule. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_ -]{1,50}");

    private final Handle handle;

    GroupTable(Handle handle) {
        this.handle = handle;
    }

    List<Group> of(WorkspaceId workspace) {
        return handle.createQuery("SELECT * FROM team WHERE workspace = :workspace ORDER BY name")
                .bind("workspace", workspace.value())
                .map((row, context) -> Rows.group(row))
                .list();
    }

    List<Group> of(AccountId account, WorkspaceId workspace) {
        return handle.createQuery("SELECT g.* FROM team g JOIN team_member m ON m.team = g.id"
                        + " WHERE m.account = :account AND g.workspace = :workspace ORDER BY g.name")
                .bind("account", account.value())
                .bind("workspace", workspace.value())
                .map((row, context) -> Rows.group(row))
                .list();
    }

    Group insert(GroupId id, WorkspaceId workspace, String name, Instant now) {
        Group group = new Group(id, workspace, checked(workspace, name), now, now);
        handle.createUpdate("INSERT INTO team (id, workspace, name, created_at, updated_at)"
                        + " VALUES (:id, :workspace, :name, :now, :now)")
                .bind("id", id.value())
                .bind("workspace", workspace.value())
                .bind("name", group.name())
                .bind("now", now)
                .execute();
        return group;
    }

    Group rename(WorkspaceId workspace, GroupId id, String name, Instant now) {
        Group old = require(workspace, id);
        handle.createUpdate("UPDATE team SET name = :name, updated_at = :now WHERE id = :id")
                .bind("name", checked(workspace, name))
                .bind("now", now)
                .bind("id", id.value())
                .execute();
        return new Group(id, workspace, name, old.createdAt(), now);
    }

    void delete(WorkspaceId workspace, GroupId id) {
        require(workspace, id);
        handle.createUpdate("DELETE FROM team WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    private Group require(WorkspaceId workspace, GroupId id) {
        return of(workspace).stream()
                .filter(g -> g.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "group", "there is no group " + id + " here"));
    }

    /** Makes these the groups of a member. Built-in ones follow from the role: to name one that fits is fine. */
    void replace(AccountId account, WorkspaceId workspace, List<GroupRef> wanted) {
        List<Group> here = of(workspace);
        List<Group> found = wanted.stream()
                .map(ref -> resolve(ref, here, workspace))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        handle.createUpdate("DELETE FROM team_member WHERE account = :account AND workspace = :workspace")
                .bind("account", account.value())
                .bind("workspace", workspace.value())
                .execute();
        found.forEach(group -> handle.createUpdate(
                        "INSERT INTO team_member (team, account, workspace) VALUES (:team, :account, :workspace)")
                .bind("team", group.id().value())
                .bind("account", account.value())
                .bind("workspace", workspace.value())
                .execute());
    }

    private static Optional<Group> resolve(GroupRef ref, List<Group> here, WorkspaceId workspace) {
        if (Group.builtIn(workspace).stream().anyMatch(g -> isMeant(ref, g))) {
            return Optional.empty();
        }
        return Optional.of(here.stream()
                .filter(g -> isMeant(ref, g))
                .findFirst()
                .orElseThrow(() ->
                        Failure.of(Reason.NOT_FOUND, "groups", "Group " + ref + " does not exist in this workspace")));
    }

    private static boolean isMeant(GroupRef ref, Group group) {
        return ref instanceof GroupRef.ById byId
                ? byId.id().equals(group.id())
                : ((GroupRef.ByName) ref).name().equals(group.name());
    }

    private static String checked(WorkspaceId workspace, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "name",
                    "not a name of a group",
                    "use 1 to 50 letters, digits, blanks, _ and -");
        }
        if (Group.builtIn(workspace).stream().anyMatch(g -> g.name().equals(name))) {
            throw Failure.of(Reason.ALREADY_EXISTS, "name", "every workspace has a group of that name");
        }
        return name;
    }

    void removeAllOf(WorkspaceId workspace) {
        handle.createUpdate("DELETE FROM team WHERE workspace = :workspace")
                .bind("workspace", workspace.value())
                .execute();
    }
}
