package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.store.RepositoryStore;

/** Whether the instance can do its work: the storage answers. */
public final class CheckHealth {
    private final RepositoryStore store;

    CheckHealth(RepositoryStore store) {
        this.store = store;
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
