package dev.offshoot.service;

import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceInfo;
import java.util.Comparator;
import java.util.List;

/** All workspaces, by name. */
public final class ListWorkspaces {
    private final RepositoryStore store;

    public ListWorkspaces(RepositoryStore store) {
        this.store = store;
    }

    public List<WorkspaceInfo> run() {
        return store.list().stream()
                .sorted(Comparator.comparing(WorkspaceInfo::name))
                .toList();
    }
}
