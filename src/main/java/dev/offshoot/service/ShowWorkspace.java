package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.CheckoutState;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import java.util.List;

/** One workspace with its branches. */
public final class ShowWorkspace {
    private final Workspaces workspaces;

    public ShowWorkspace(RepositoryStore store) {
        this.workspaces = new Workspaces(store);
    }

    /**
     * What is shown.
     *
     * @param checkout how the folder beside the repository stands
     */
    public record View(
            WorkspaceInfo info,
            BranchName defaultBranch,
            ObjectName commit,
            List<BranchName> branches,
            CheckoutState checkout) {}

    /**
     * Looks it up.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public View run(WorkspaceName name) {
        WorkspaceRepository repository = workspaces.require(name);
        BranchName branch = repository.defaultBranch();
        return new View(
                repository.info(),
                branch,
                Workspaces.require(repository, branch).commit(),
                repository.branches(),
                repository.checkout());
    }
}
