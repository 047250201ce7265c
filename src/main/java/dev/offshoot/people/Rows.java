package dev.offshoot.people;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Rows of the tables as values. */
final class Rows {
    private Rows() {}

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                new AccountId(uuid(row, "id")),
                Account.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                new Email(row.getString("email")),
                status(row),
                row.getBoolean("administrator"),
                workspace(row, "default_workspace"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static Group group(ResultSet row) throws SQLException {
        return new Group(
                new GroupId(uuid(row, "id")),
                new WorkspaceId(uuid(row, "workspace")),
                row.getString("name"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static AccessGrant grant(ResultSet row) throws SQLException {
        return new AccessGrant(
                new TokenId(uuid(row, "id")),
                row.getString("label"),
                new AccountId(uuid(row, "account")),
                Scope.of(row.getString("scope")).orElseThrow(),
                workspace(row, "workspace"),
                instant(row, "created_at"),
                Optional.ofNullable(row.getTimestamp("expires_at")).map(Timestamp::toInstant));
    }

    static AuditEntry audit(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                instant(row, "at"),
                new AuditEntry.Event(
                        row.getString("request"),
                        Optional.ofNullable(uuid(row, "account")).map(AccountId::new),
                        row.getString("who"),
                        row.getString("action"),
                        workspace(row, "workspace"),
                        row.getInt("status"),
                        Optional.ofNullable(row.getString("commit_id")).map(ObjectName::new)));
    }

    static Status status(ResultSet row) throws SQLException {
        return Status.of(row.getString("status")).orElseThrow();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static Optional<WorkspaceId> workspace(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(uuid(row, column)).map(WorkspaceId::new);
    }
}
