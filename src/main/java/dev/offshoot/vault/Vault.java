package dev.offshoot.vault;

import dev.offshoot.model.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * Since when secrets belong to nothing that is there, as {@link #markUnused} was told.
     *
     * @throws dev.offshoot.model.Failure {@code STORAGE} when they cannot be read
     */
    Map<SecretName, Instant> unused(UUID workspace);

    /**
     * Notes which secrets belong to something that is there and which do not. Values stay as they are; needs no key.
     *
     * @param idle keep the time they have been noted with before
     * @return all that are noted now
     * @throws dev.offshoot.model.Failure {@code STORAGE}
     */
    Map<SecretName, Instant> markUnused(UUID workspace, Set<SecretName> used, Set<SecretName> idle, Instant now);

    /**
     * Removes secrets that are still noted as unused since the same time; needs no key.
     *
     * @param used stay in any case
     * @throws dev.offshoot.model.Failure {@code STORAGE}; nothing is changed then
     */
    void forget(UUID workspace, Map<SecretName, Instant> marked, Set<SecretName> used);

    /** Workspaces with secrets that nobody gave a key for. */
    List<UUID> locked();

    /**
     * One secret.
     *
     * @return empty when there is none
     * @throws dev.offshoot.model.Failure {@code VAULT_LOCKED} when there is one and no key for it, {@code STORAGE} when it is damaged
     */
    Optional<Secret> read(UUID workspace, SecretName name);

    /**
     * Some secrets at once.
     *
     * @return those of them that there are
     * @throws dev.offshoot.model.Failure as {@link #read(UUID, SecretName)}
     */
    Map<SecretName, Secret> read(UUID workspace, Collection<SecretName> names);

    /**
     * Sets secrets, and removes those that are mapped to nothing; all of it or nothing, durable when this returns. Names that are not
     * mentioned keep theirs.
     *
     * @throws dev.offshoot.model.Failure {@code VAULT_LOCKED} without a key when something is to be set, or when other secrets of the
     *     workspace need another key; {@code LIMIT_EXCEEDED}; {@code STORAGE}; {@code NOT_FOUND} while the workspace is being deleted
     */
    void store(UUID workspace, Map<SecretName, Optional<Secret>> changes);

    /**
     * Makes changes durable without making them true yet: for those that must come true together with something else, or not at all.
     * Whether that has happened is asked for after a crash; until then nobody sees them.
     *
     * @param operation names the something else
     * @throws dev.offshoot.model.Failure as {@link #store} does; nothing is changed then
     */
    Staged stage(UUID workspace, UUID operation, Map<SecretName, Optional<Secret>> changes);

    /** Changes on their way. */
    interface Staged {
        /** What happens when nothing is to be changed. */
        Staged NONE = new Staged() {
            @Override
            public void commit() {
                // nothing to do
            }

            @Override
            public void discard() {
                // nothing to do
            }
        };

        /**
         * Makes them true. Changes of other names that were stored meanwhile stay.
         *
         * @throws dev.offshoot.model.Failure {@code STORAGE}: they come true when the vault is opened next
         */
        void commit();

        /** Forgets them. */
        void discard();
    }

    /**
     * Deletes a workspace together with its secrets. Whatever happens in between, a workspace that stays keeps them and one that goes
     * does not.
     *
     * @param deletion deletes the workspace itself
     * @param stillThere whether it has not been deleted
     */
    void deleting(UUID workspace, Runnable deletion, BooleanSupplier stillThere);
}
