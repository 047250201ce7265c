package dev.offshoot.people;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Everything that one database of people answers. */
public record Registry(People people, Tokens tokens, AuditLog audit) {
    public static Registry of(Database database, Clock clock, Supplier<UUID> ids, SecureRandom random) {
        return new Registry(
                new People(database, new Passwords(), clock, ids),
                new Tokens(database, clock, ids, random),
                new AuditLog(database, clock));
    }
}
