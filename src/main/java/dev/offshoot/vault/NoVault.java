package dev.offshoot.vault;

import dev.offshoot.model.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

final class NoVault implements Vault {
    @Override
    public boolean hasKey() {
        return false;
    }

    @Override
    public SortedSet<SecretName> names(UUID workspace) {
        return Collections.emptySortedSet();
    }

    @Override
    public Map<SecretName, Instant> unused(UUID workspace) {
        return Map.of();
    }

    @Override
    public Map<SecretName, Instant> markUnused(
            UUID workspace, Set<SecretName> used, Set<SecretName> idle, Instant now) {
        return Map.of();
    }

    @Override
    public void forget(UUID workspace, Map<SecretName, Instant> marked, Set<SecretName> used) {
        // nothing is kept
    }

    @Override
    public List<UUID> locked() {
        return List.of();
    }

    @Override
    public Optional<Secret> read(UUID workspace, SecretName name) {
        return Optional.empty();
    }

    @Override
    public Map<SecretName, Secret> read(UUID workspace, Collection<SecretName> names) {
        return Map.of();
    }

    @Override
    public void store(UUID workspace, Map<SecretName, Optional<Secret>> changes) {
        if (changes.values().stream().anyMatch(Optional::isPresent)) {
            throw VaultProblems.noKey();
        }
    }

    @Override
    public Staged stage(UUID workspace, UUID operation, Map<SecretName, Optional<Secret>> changes) {
        store(workspace, changes);
        return Staged.NONE;
    }

    @Override
    public void deleting(UUID workspace, Runnable deletion, BooleanSupplier stillThere) {
        deletion.run();
    }
}
