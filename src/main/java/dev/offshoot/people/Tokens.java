package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Tokens: 256 random bits each, shown once and kept as a hash. Who signs in with a password is given one; programs are given theirs by an
 * administrator. They end when they expire, when somebody revokes them, and when the account no longer counts.
 */
public final class Tokens {
    /** Of one account; the one who asks for more has to revoke some. */
    private static final int MOST = 100;

    private static final int LONGEST_LABEL = 200;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final SecureRandom random;

    public Tokens(Database database, Clock clock, Supplier<UUID> ids, SecureRandom random) {
        this.jdbi = database.jdbi();
        this.clock = clock;
        this.ids = ids;
        this.random = random;
    }

    /** A token that was made just now: the only moment at which it can be seen. */
    public record Issued(Secret token, AccessGrant grant) {}

    /** What somebody asks a token for. */
    public record Wanted(
            AccountId account,
            String label,
            Scope scope,
            Optional<WorkspaceId> workspace,
            Optional<Instant> expiresAt) {
        public Wanted {
            if (label.length() > LONGEST_LABEL || label.codePoints().anyMatch(Character::isISOControl)) {
                throw Failure.of(
                        Reason.INVALID_PARAMETER,
                        "label",
                        "a label has at most " + LONGEST_LABEL + " characters, none of them a control character");
            }
        }
    }

    /** Who holds a token, and what for. */
    public record Holder(AccessGrant grant, Profile profile) {}

    /** @throws Failure {@code NOT_FOUND} for the account, {@code INVALID_PARAMETER} when it ends before it begins */
    public Issued issue(Wanted wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (wanted.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "expires_at", "the token would be over already");
        }
        String text = TokenText.make(random);
        AccessGrant grant = new AccessGrant(
                new TokenId(ids.get()),
                wanted.label(),
                wanted.account(),
                wanted.scope(),
                wanted.workspace(),
                now,
                wanted.expiresAt().map(end -> end.truncatedTo(ChronoUnit.MILLIS)));
        jdbi.useTransaction(handle -> {
            TokenTable tokens = new TokenTable(handle);
            tokens.removeOver(now);
            Account account = new AccountTable(handle).require(wanted.account());
            if (!account.isActive()) {
                throw Failure.of(
                        Reason.CONFLICT,
                        "account",
                        "the account is " + account.status().word());
            }
            if (tokens.countOf(account.id()) >= MOST) {
                throw Failure.of(
                        Reason.LIMIT_EXCEEDED, "account", "the account has " + MOST + " tokens", "revoke some first");
            }
            tokens.insert(grant, hash(text));
        });
        return new Issued(Secret.of(text), grant);
    }

    /** Who holds this token; empty for one that is unknown, over or revoked, and when its account does not count. */
    public Optional<Holder> find(String token) {
        return jdbi.withHandle(
                handle -> new TokenTable(handle).find(hash(token)).flatMap(grant -> holder(handle, grant)));
    }

    /** The same, for a token that was shown before. */
    public Optional<Holder> holder(TokenId id) {
        return jdbi.withHandle(handle -> new TokenTable(handle).find(id).flatMap(grant -> holder(handle, grant)));
    }

    private Optional<Holder> holder(Handle handle, AccessGrant grant) {
        return grant.isOver(clock.instant())
                ? Optional.empty()
                : new AccountTable(handle)
                        .find(grant.account())
                        .filter(Account::isActive)
                        .map(account ->
                                new Holder(grant, new Profile(account, new MembershipTable(handle).of(account.id()))));
    }

    /** The tokens that are good now, oldest first. */
    public List<AccessGrant> list() {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> new TokenTable(handle).all()).stream()
                .filter(grant -> !grant.isOver(now))
                .toList();
    }

    public Optional<AccessGrant> find(TokenId id) {
        return jdbi.withHandle(handle -> new TokenTable(handle).find(id));
    }

    /** @throws Failure {@code NOT_FOUND} */
    public void revoke(TokenId id) {
        int removed = jdbi.inTransaction(handle -> new TokenTable(handle).remove(id));
        if (removed == 0) {
            throw Failure.of(Reason.NOT_FOUND, "token", "there is no token " + id);
        }
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(TokenText.hash(token));
    }
}
