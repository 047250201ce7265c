package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Who there is, in which workspaces, in which groups. Each method is one transaction: all of it or nothing. Whether the caller may is the
 * fronts' question. Safe for use by many threads.
 */
public final class People {
    /** What SQL calls a violated UNIQUE. */
    private static final String TAKEN = "23505";

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public People(Database database, Passwords passwords, Clock clock, Supplier<UUID> ids) {
        this.jdbi = database.jdbi();
        this.passwords = passwords;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Which accounts a list shall have; an empty set asks nothing.
     *
     * @param groups names of groups, also of built-in ones: who is in any of them
     */
    public record Filter(Set<String> groups, Set<Status> statuses) {
        public static final Filter NONE = new Filter(Set.of(), Set.of());

        public Filter {
            groups = Set.copyOf(groups);
            statuses = Set.copyOf(statuses);
        }

        private boolean takes(Profile profile) {
            return (statuses.isEmpty() || statuses.contains(profile.account().status()))
                    && (groups.isEmpty() || groupsOf(profile).stream().anyMatch(groups::contains));
        }

        private static Set<String> groupsOf(Profile profile) {
            Set<String> names = profile.memberships().stream()
                    .flatMap(m -> m.groups().stream())
                    .map(Group::name)
                    .collect(Collectors.toSet());
            profile.memberships().forEach(m -> names.addAll(List.of(m.role().word(), Group.EVERYBODY)));
            return names;
        }
    }

    /** @throws Failure {@code ALREADY_EXISTS} for the e-mail address, {@code NOT_FOUND} for a group */
    public Profile create(NewAccount wanted) {
        Optional<String> hash = wanted.password().map(passwords::hash);
        AccountId id = new AccountId(ids.get());
        Instant now = now();
        return write(wanted.email(), handle -> {
            new AccountTable(handle).insert(id, wanted, hash, now);
            new MembershipTable(handle).replace(id, wanted.memberships(), now);
            return profile(handle, id);
        });
    }

    public Optional<Profile> find(AccountId id) {
        return jdbi.withHandle(handle -> new AccountTable(handle).find(id).map(account -> profile(handle, account)));
    }

    public Optional<Profile> find(Email email) {
        return jdbi.withHandle(handle -> new AccountTable(handle).find(email).map(account -> profile(handle, account)));
    }

    /** In the order in which they were made. */
    public List<Profile> list(Filter filter) {
        return jdbi.inTransaction(handle -> {
            var memberships = new MembershipTable(handle).all();
            return new AccountTable(handle)
                    .all().stream()
                            .map(a -> new Profile(a, memberships.getOrDefault(a.id(), List.of())))
                            .filter(filter::takes)
                            .toList();
        });
    }

    /**
     * Changes what is given. Who no longer counts loses their tokens.
     *
     * @throws Failure {@code NOT_FOUND}, {@code ALREADY_EXISTS} for the e-mail address
     */
    public Profile change(AccountId id, AccountChange change) {
        Optional<String> hash = change.password().map(passwords::hash);
        return write(change.email().orElse(null), handle -> {
            AccountTable accounts = new AccountTable(handle);
            accounts.require(id);
            accounts.update(id, change, hash, now());
            if (change.status().filter(s -> s != Status.ACTIVE).isPresent()) {
                new TokenTable(handle).removeOf(id);
            }
            return profile(handle, id);
        });
    }

    /** Makes these the places of an account: what is not among them it loses. */
    public Profile replaceMemberships(AccountId id, List<MembershipWish> wishes) {
        return write(null, handle -> {
            new AccountTable(handle).require(id);
            new MembershipTable(handle).replace(id, wishes, now());
            return profile(handle, id);
        });
    }

    /**
     * Changes what is given about one place.
     *
     * @throws Failure {@code NOT_FOUND} also when the account has no place there
     */
    public Profile changeMembership(AccountId id, MembershipWish wish) {
        return write(null, handle -> {
            new AccountTable(handle).require(id);
            new MembershipTable(handle).update(id, wish, now());
            return profile(handle, id);
        });
    }

    /** Gives an account a place, or changes the one it has. */
    public Profile join(AccountId id, MembershipWish wish) {
        return write(null, handle -> {
            new AccountTable(handle).require(id);
            new MembershipTable(handle).put(id, wish, now());
            return profile(handle, id);
        });
    }

    /** @throws Failure {@code NOT_FOUND} also when the account has no place there */
    public void leave(AccountId id, WorkspaceId workspace) {
        jdbi.useTransaction(handle -> new MembershipTable(handle).remove(id, workspace));
    }

    /**
     * Erases somebody: account, places, tokens; the audit log keeps what was done, and no longer by whom. Commits stay: their author is a
     * name with an address that leads nowhere.
     *
     * @throws Failure {@code NOT_FOUND}
     */
    public void erase(AccountId id) {
        jdbi.useTransaction(handle -> {
            new AccountTable(handle).require(id);
            AuditLog.forget(handle, id);
            new AccountTable(handle).delete(id);
        });
    }

    /** Who has this e-mail address and this password, if the account counts. Takes as long whatever is wrong. */
    public Optional<Profile> signIn(Email email, Secret password) {
        Optional<AccountTable.Credentials> known =
                jdbi.withHandle(handle -> new AccountTable(handle).credentials(email));
        if (known.isEmpty()) {
            passwords.matchesNobody(password);
            return Optional.empty();
        }
        return passwords.matches(password, known.get().hash())
                ? find(known.get().id()).filter(p -> p.account().isActive())
                : Optional.empty();
    }

    /** True before anybody has an account. */
    public boolean isEmpty() {
        return jdbi.withHandle(handle -> new AccountTable(handle).isEmpty());
    }

    /** Groups that were made in a workspace; the built-in ones are not among them. */
    public List<Group> groups(WorkspaceId workspace) {
        return jdbi.withHandle(handle -> new GroupTable(handle).of(workspace));
    }

    /** @throws Failure {@code ALREADY_EXISTS} */
    public Group createGroup(WorkspaceId workspace, String name) {
        GroupId id = new GroupId(ids.get());
        return write(null, handle -> new GroupTable(handle).insert(id, workspace, name, now()));
    }

    /** @throws Failure {@code NOT_FOUND}, {@code ALREADY_EXISTS} */
    public Group renameGroup(WorkspaceId workspace, GroupId id, String name) {
        return write(null, handle -> new GroupTable(handle).rename(workspace, id, name, now()));
    }

    /** @throws Failure {@code NOT_FOUND} */
    public void deleteGroup(WorkspaceId workspace, GroupId id) {
        jdbi.useTransaction(handle -> new GroupTable(handle).delete(workspace, id));
    }

    /** A workspace is gone, and with it everybody's place there. */
    public void forget(WorkspaceId workspace) {
        jdbi.useTransaction(handle -> {
            new MembershipTable(handle).removeAllOf(workspace);
            new GroupTable(handle).removeAllOf(workspace);
            new TokenTable(handle).removeAllFor(workspace);
        });
    }

    private static Profile profile(Handle handle, AccountId id) {
        return profile(handle, new AccountTable(handle).require(id));
    }

    private static Profile profile(Handle handle, Account account) {
        return new Profile(account, new MembershipTable(handle).of(account.id()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private <T> T write(Email email, Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && TAKEN.equals(sql.getSQLState())) {
                throw email == null
                        ? Failure.of(Reason.ALREADY_EXISTS, "name", "the name is taken", "choose another")
                        : Failure.of(Reason.ALREADY_EXISTS, "email", "User with email " + email + " already exists");
            }
            throw e;
        }
    }
}
