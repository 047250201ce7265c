package dev.offshoot.people;

import dev.offshoot.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Hashes of tokens and what they stand for, within one transaction. */
final class TokenTable {
    private final Handle handle;

    TokenTable(Handle handle) {
        this.handle = handle;
    }

    void insert(AccessGrant grant, String hash) {
        handle.createUpdate("INSERT INTO token (id, hash, label, account, scope, workspace, created_at, expires_at)"
                        + " VALUES (:id, :hash, :label, :account, :scope, :workspace, :created_at, :expires_at)")
                .bind("id", grant.id().value())
                .bind("hash", hash)
                .bind("label", grant.label())
                .bind("account", grant.account().value())
                .bind("scope", grant.scope().word())
                .bind("workspace", grant.workspace().map(WorkspaceId::value))
                .bind("created_at", grant.createdAt())
                .bind("expires_at", grant.expiresAt())
                .execute();
    }

    Optional<AccessGrant> find(String hash) {
        return handle.createQuery("SELECT * FROM token WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> Rows.grant(row))
                .findOne();
    }

    Optional<AccessGrant> find(TokenId id) {
        return handle.createQuery("SELECT * FROM token WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> Rows.grant(row))
                .findOne();
    }

    List<AccessGrant> all() {
        return handle.createQuery("SELECT * FROM token ORDER BY created_at, id")
                .map((row, context) -> Rows.grant(row))
                .list();
    }

    long countOf(AccountId account) {
        return handle.createQuery("SELECT COUNT(*) FROM token WHERE account = :account")
                .bind("account", account.value())
                .mapTo(Long.class)
                .one();
    }

    int remove(TokenId id) {
        return handle.createUpdate("DELETE FROM token WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    void removeOf(AccountId account) {
        handle.createUpdate("DELETE FROM token WHERE account = :account")
                .bind("account", account.value())
                .execute();
    }

    void removeAllFor(WorkspaceId workspace) {
        handle.createUpdate("DELETE FROM token WHERE workspace = :workspace")
                .bind("workspace", workspace.value())
                .execute();
    }

    void removeOver(Instant now) {
        handle.createUpdate("DELETE FROM token WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
    }
}
