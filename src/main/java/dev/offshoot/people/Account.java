package dev.offshoot.people;

import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who can be let in: a person, or a program that acts for one.
 *
 * @param kind a service has no password, only tokens
 * @param name shown, and the author's name of commits; 1 to 200 characters
 * @param administrator may do everything on this instance
 * @param defaultWorkspace where a client should begin
 */
public record Account(
        AccountId id,
        Kind kind,
        String name,
        Email email,
        Status status,
        boolean administrator,
        Optional<WorkspaceId> defaultWorkspace,
        Instant createdAt,
        Instant updatedAt) {
    /** The two kinds of accounts. */
    public enum Kind {
        PERSON,
        SERVICE
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    /**
     * The author of commits. Commits cannot be taken back when a person is erased, so they carry an address that leads to nobody, as Git
     * hosts offer it; the name is what the person chose to be shown by.
     */
    public Person author() {
        return new Person(name, id + "@accounts.offshoot.invalid");
    }
}
