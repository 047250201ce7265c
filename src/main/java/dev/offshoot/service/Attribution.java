package dev.offshoot.service;

import dev.offshoot.model.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * Whose change an import or removal is, when it was made elsewhere and is only repeated here.
 *
 * @param author of the commit; empty: the caller
 * @param when it was made; empty: now
 * @param message of the commit; empty: what changed, in our words
 */
public record Attribution(Optional<Person> author, Optional<Instant> when, Optional<String> message) {
    public static final Attribution CALLER = new Attribution(Optional.empty(), Optional.empty(), Optional.empty());
}
