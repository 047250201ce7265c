package dev.offshoot.service;

import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceInfo;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates an empty workspace. Its id is fixed here and never changes. */
public final class CreateWorkspace {
    private final RepositoryStore store;
    private final Supplier<UUID> ids;

    public CreateWorkspace(RepositoryStore store, Supplier<UUID> ids) {
        this.store = store;
        this.ids = ids;
    }

    /**
     * Creates it.
     *
     * @throws dev.offshoot.model.Failure {@code ALREADY_EXISTS}
     */
    public WorkspaceInfo run(WorkspaceName name, Person caller) {
        return store.create(name, ids.get(), caller).info();
    }
}
