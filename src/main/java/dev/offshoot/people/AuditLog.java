package dev.offshoot.people;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Who did or tried what. Only ever written to, but that an erased person's name is taken out. */
public final class AuditLog {
    private static final String ERASED = "(erased)";

    private final Jdbi jdbi;
    private final Clock clock;

    public AuditLog(Database database, Clock clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /** Writes down that something begins. Returns its number. */
    public long begin(AuditEntry.Event event) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                        "INSERT INTO audit (at, request, account, who, action, workspace, status, commit_id)"
                                + " VALUES (:at, :request, :account, :who, :action, :workspace, :status, :commit)")
                .bind("at", clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .bind("request", event.request())
                .bind("account", event.account().map(AccountId::value))
                .bind("who", event.who())
                .bind("action", event.action())
                .bind("workspace", event.workspace().map(WorkspaceId::value))
                .bind("status", event.status())
                .bind("commit", event.commit().map(ObjectName::value))
                .executeAndReturnGeneratedKeys("number")
                .mapTo(Long.class)
                .one());
    }

    /** Writes down how it ended. */
    public void end(long number, int status, Optional<ObjectName> commit) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE audit SET status = :status, commit_id = :commit WHERE number = :number")
                .bind("status", status)
                .bind("commit", commit.map(ObjectName::value))
                .bind("number", number)
                .execute());
    }

    /**
     * Newest first.
     *
     * @param before entries with smaller numbers; empty for the newest
     * @param workspace what happened in it alone; empty for everything
     */
    public List<AuditEntry> list(Optional<Long> before, Optional<WorkspaceId> workspace, int limit) {
        Optional<UUID> id = workspace.map(WorkspaceId::value);
        String where = " WHERE number < :before" + (id.isPresent() ? " AND workspace = :workspace" : "");
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery("SELECT * FROM audit" + where + " ORDER BY number DESC LIMIT :limit")
                    .bind("before", before.orElse(Long.MAX_VALUE))
                    .bind("limit", limit);
            id.ifPresent(value -> query.bind("workspace", value));
            return query.map((row, context) -> Rows.audit(row)).list();
        });
    }

    static void forget(Handle handle, AccountId account) {
        handle.createUpdate("UPDATE audit SET account = NULL, who = :erased WHERE account = :account")
                .bind("erased", ERASED)
                .bind("account", account.value())
                .execute();
    }
}
