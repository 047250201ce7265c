package dev.offshoot.service;

import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;

/** Deletes a workspace with its whole history. */
public final class DeleteWorkspace {
    private final RepositoryStore store;
    private final Workspaces workspaces;

    public DeleteWorkspace(RepositoryStore store) {
        this.store = store;
        this.workspaces = new Workspaces(store);
    }

    /**
     * Deletes it.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public void run(WorkspaceName name) {
        workspaces.require(name);
        store.delete(name);
    }
}
