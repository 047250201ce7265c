package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accounts, within one transaction. */
final class AccountTable {
    private final Handle handle;

    AccountTable(Handle handle) {
        this.handle = handle;
    }

    /** What a sign-in is compared with. */
    record Credentials(AccountId id, String hash) {}

    void insert(AccountId id, NewAccount wanted, Optional<String> passwordHash, Instant now) {
        handle.createUpdate("INSERT INTO account (id, kind, name, email, status, administrator, password,"
                        + " default_workspace, created_at, updated_at) VALUES (:id, :kind, :name, :email, :status,"
                        + " :administrator, :password, :default_workspace, :now, :now)")
                .bind("id", id.value())
                .bind("kind", wanted.kind().name().toLowerCase(Locale.ROOT))
                .bind("name", wanted.name())
                .bind("email", wanted.email().value())
                .bind("status", wanted.status().word())
                .bind("administrator", wanted.administrator())
                .bind("password", passwordHash)
                .bind("default_workspace", wanted.defaultWorkspace().map(w -> w.value()))
                .bind("now", now)
                .execute();
    }

    Optional<Account> find(AccountId id) {
        return handle.createQuery("SELECT * FROM account WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> Rows.account(row))
                .findOne();
    }

    Optional<Account> find(Email email) {
        return handle.createQuery("SELECT * FROM account WHERE email = :email")
                .bind("email", email.value())
                .map((row, context) -> Rows.account(row))
                .findOne();
    }

    Account require(AccountId id) {
        return find(id).orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "account", "there is no account " + id));
    }

    List<Account> all() {
        return handle.createQuery("SELECT * FROM account ORDER BY created_at, id")
                .map((row, context) -> Rows.account(row))
                .list();
    }

    boolean isEmpty() {
        return handle.createQuery("SELECT COUNT(*) FROM account")
                        .mapTo(Long.class)
                        .one()
                == 0;
    }

    Optional<Credentials> credentials(Email email) {
        return handle.createQuery("SELECT id, password FROM account WHERE email = :email AND password IS NOT NULL")
                .bind("email", email.value())
                .map((row, context) -> new Credentials(new AccountId(Rows.uuid(row, "id")), row.getString("password")))
                .findOne();
    }

    void update(AccountId id, AccountChange change, Optional<String> passwordHash, Instant now) {
        set(id, "name", change.name());
        set(id, "email", change.email().map(Email::value));
        set(id, "status", change.status().map(Status::word));
        set(id, "password", passwordHash);
        set(id, "default_workspace", change.defaultWorkspace().map(w -> w.value()));
        if (!change.equals(AccountChange.NONE)) {
            set(id, "updated_at", Optional.of(now));
        }
    }

    private void set(AccountId id, String column, Optional<?> value) {
        value.ifPresent(v -> handle.createUpdate("UPDATE account SET " + column + " = :value WHERE id = :id")
                .bind("value", v)
                .bind("id", id.value())
                .execute());
    }

    void delete(AccountId id) {
        handle.createUpdate("DELETE FROM account WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }
}
