package dev.offshoot.service;

import dev.offshoot.model.Person;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Whose change an operation is, and when and why it was made, where it was made elsewhere and is only repeated here.
 *
 * @param caller who asks
 * @param other author of the commit; empty: the caller
 * @param at time it was made; empty: now
 * @param message of the commit; empty: what changed, in our words
 */
public record Attribution(Person caller, Optional<Person> other, Optional<Instant> at, Optional<String> message) {

    /** The caller's own change, made now. */
    public static Attribution of(Person caller) {
        return new Attribution(caller, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Person author() {
        return other.orElse(caller);
    }

    Instant when(Clock clock) {
        return at.orElseGet(clock::instant);
    }
}
