package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Places of accounts in workspaces, with their groups, within one transaction. */
final class MembershipTable {
    private final Handle handle;
    private final GroupTable groups;

    MembershipTable(Handle handle) {
        this.handle = handle;
        this.groups = new GroupTable(handle);
    }

    private record Row(AccountId account, Membership membership) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new AccountId(Rows.uuid(row, "account")),
                    new Membership(
                            new WorkspaceId(Rows.uuid(row, "workspace")),
                            Role.of(row.getString("role")).orElseThrow(),
                            Rows.status(row),
                            List.of(),
                            Rows.instant(row, "created_at"),
                            Rows.instant(row, "updated_at")));
        }

        Membership with(List<Group> groups) {
            Membership m = membership;
            return new Membership(m.workspace(), m.role(), m.status(), groups, m.createdAt(), m.updatedAt());
        }
    }

    private record Place(AccountId account, WorkspaceId workspace) {}

    List<Membership> of(AccountId account) {
        List<Row> rows = handle.createQuery(
                        "SELECT * FROM membership WHERE account = :account ORDER BY created_at, workspace")
                .bind("account", account.value())
                .map((row, context) -> Row.of(row))
                .list();
        return rows.stream()
                .map(row -> row.with(groups.of(account, row.membership().workspace())))
                .toList();
    }

    Map<AccountId, List<Membership>> all() {
        Map<Place, List<Group>> byPlace = handle
                .createQuery("SELECT m.account, g.* FROM team_member m JOIN team g ON g.id = m.team ORDER BY g.name")
                .map((row, context) -> Map.entry(new AccountId(Rows.uuid(row, "account")), Rows.group(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        e -> new Place(e.getKey(), e.getValue().workspace()),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return handle
                .createQuery("SELECT * FROM membership ORDER BY created_at, workspace")
                .map((row, context) -> Row.of(row))
                .stream()
                .collect(Collectors.groupingBy(
                        Row::account,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                row -> row.with(byPlace.getOrDefault(
                                        new Place(
                                                row.account(), row.membership().workspace()),
                                        List.of())),
                                Collectors.toList())));
    }

    void replace(AccountId account, List<MembershipWish> wishes, Instant now) {
        Set<WorkspaceId> kept = new HashSet<>();
        for (MembershipWish wish : wishes) {
            if (!kept.add(wish.workspace())) {
                throw Failure.of(Reason.INVALID_PARAMETER, "workspaces", "a workspace is named twice");
            }
        }
        of(account).stream()
                .map(Membership::workspace)
                .filter(workspace -> !kept.contains(workspace))
                .forEach(workspace -> remove(account, workspace));
        wishes.forEach(wish -> put(account, wish, now));
    }

    void put(AccountId account, MembershipWish wish, Instant now) {
        if (find(account, wish.workspace()).isPresent()) {
            update(account, wish, now);
            return;
        }
        handle.createUpdate("INSERT INTO membership (account, workspace, role, status, created_at, updated_at)"
                        + " VALUES (:account, :workspace, :role, :status, :now, :now)")
                .bind("account", account.value())
                .bind("workspace", wish.workspace().value())
                .bind("role", wish.role().orElse(MembershipWish.NEW_ROLE).word())
                .bind("status", wish.status().orElse(Status.ACTIVE).word())
                .bind("now", now)
                .execute();
        putGroups(account, wish);
    }

    void update(AccountId account, MembershipWish wish, Instant now) {
        Membership old = require(account, wish.workspace());
        handle.createUpdate("UPDATE membership SET role = :role, status = :status, updated_at = :now"
                        + " WHERE account = :account AND workspace = :workspace")
                .bind("role", wish.role().orElse(old.role()).word())
                .bind("status", wish.status().orElse(old.status()).word())
                .bind("now", now)
                .bind("account", account.value())
                .bind("workspace", wish.workspace().value())
                .execute();
        putGroups(account, wish);
    }

    private void putGroups(AccountId account, MembershipWish wish) {
        wish.groups().ifPresent(wanted -> groups.replace(account, wish.workspace(), wanted));
    }

    private Membership require(AccountId account, WorkspaceId workspace) {
        return find(account, workspace)
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND, "workspace", "the account has no place in workspace " + workspace));
    }

    private Optional<Membership> find(AccountId account, WorkspaceId workspace) {
        return of(account).stream().filter(m -> m.workspace().equals(workspace)).findFirst();
    }

    void remove(AccountId account, WorkspaceId workspace) {
        require(account, workspace);
        handle.createUpdate("DELETE FROM membership WHERE account = :account AND workspace = :workspace")
                .bind("account", account.value())
                .bind("workspace", workspace.value())
                .execute();
    }

    void removeAllOf(WorkspaceId workspace) {
        handle.createUpdate("DELETE FROM membership WHERE workspace = :workspace")
                .bind("workspace", workspace.value())
                .execute();
    }
}
