package dev.offshoot.people;

import dev.offshoot.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token stands for; the token itself is known to its holder alone.
 *
 * @param label for people, what it is used for
 * @param account in whose name it acts
 * @param workspace the only one that it is good for; empty for all of its account's
 */
public record AccessGrant(
        TokenId id,
        String label,
        AccountId account,
        Scope scope,
        Optional<WorkspaceId> workspace,
        Instant createdAt,
        Optional<Instant> expiresAt) {
    public boolean isOver(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
