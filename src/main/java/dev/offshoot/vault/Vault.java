package dev.offshoot.vault;

import dev.offshoot.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The secrets of an instance, encrypted, outside Git. They belong to a workspace and an address in it, whatever the branch; a copy of a
 * definition in another workspace has none. Which secrets there are is no secret.
 */
public interface Vault {
    /** Where nothing can be kept: the command line's. */
    Vault NONE = new NoVault();

    /** False when there is no key: what is there stays, nothing can be read or added. */
    boolean hasKey();

    /**
     * The secrets of a workspace with the values hidden; needs no key.
     *
     * @throws dev.offshoot.model.Failure {@code STORAGE} when they cannot be read
     */
    SortedSet<SecretName> names(UUID workspace);

    /**
     * One secret.
     *
     * @return empty when there is none
     * @throws dev.offshoot.model.Failure {@code VAULT_LOCKED} when there is one and no key for it, {@code STORAGE} when it is damaged
     */
    Optional<Secret> read(UUID workspace, SecretName name);

    /**
     * Sets secrets, and removes those that are mapped to nothing; all of it or nothing, durable when this returns. Names that are not
     * mentioned keep theirs.
     *
     * @throws dev.offshoot.model.Failure {@code VAULT_LOCKED} without a key when something is to be set, or when other secrets of the
     *     workspace need another key; {@code LIMIT_EXCEEDED}; {@code STORAGE}; {@code NOT_FOUND} while the workspace is being deleted
     */
    void store(UUID workspace, Map<SecretName, Optional<Secret>> changes);

    /**
     * Deletes a workspace together with its secrets. Whatever happens in between, a workspace that stays keeps them and one that goes
     * does not.
     *
     * @param deletion deletes the workspace itself
     * @param stillThere whether it has not been deleted
     */
    void deleting(UUID workspace, Runnable deletion, BooleanSupplier stillThere);
}
