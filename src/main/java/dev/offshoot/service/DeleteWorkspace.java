package dev.offshoot.service;

import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.vault.Vault;
import java.util.UUID;

/** Deletes a workspace with its whole history and its secrets. */
public final class DeleteWorkspace {
    private final RepositoryStore store;
    private final Vault vault;
    private final Workspaces workspaces;

    public DeleteWorkspace(RepositoryStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
        this.workspaces = new Workspaces(store);
    }

    /**
     * Deletes it.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public void run(WorkspaceName name) {
        UUID id = workspaces.require(name).info().id();
        vault.deleting(id, () -> store.delete(name), () -> isThere(name, id));
    }

    /** Another one of the same name may have been made by now. */
    private boolean isThere(WorkspaceName name, UUID id) {
        return store.find(name).filter(w -> w.info().id().equals(id)).isPresent();
    }
}
