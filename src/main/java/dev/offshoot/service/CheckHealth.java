package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.vault.Vault;

/** Whether the instance can do its work: the storage answers. */
public final class CheckHealth {
    private final RepositoryStore store;
    private final Vault vault;

    /** How it stands with secrets. */
    public enum Secrets {
        /** Can be kept and read. */
        OPEN,
        /** There is no key, and nothing that needs one. */
        NONE,
        /** There are some, and no key for them. */
        LOCKED
    }

    CheckHealth(RepositoryStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** Whether secrets can be kept and read. */
    public Secrets secrets() {
        return vault.hasKey() ? Secrets.OPEN : vault.locked().isEmpty() ? Secrets.NONE : Secrets.LOCKED;
    }

    /**
     * Asks the storage.
     *
     * @throws Failure {@code BUSY} when it does not answer
     */
    public void run() {
        try {
            store.list();
        } catch (RuntimeException e) {
            throw new Failure(dev.offshoot.model.Problem.of(Reason.BUSY, "", "the storage does not answer"), e);
        }
    }
}
