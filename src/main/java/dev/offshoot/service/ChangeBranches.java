package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import java.util.List;

/** Branches and tags: list, create, delete, choose the default branch. */
public final class ChangeBranches {
    private final Workspaces workspaces;
    private final TidySecrets tidy;

    ChangeBranches(RepositoryStore store, TidySecrets tidy) {
        this.tidy = tidy;
        this.workspaces = new Workspaces(store);
    }

    /** A branch or tag and where it stands. */
    public record Named(String name, ObjectName commit, boolean isDefault) {}

    public List<Named> branches(WorkspaceName workspace) {
        WorkspaceRepository repository = workspaces.require(workspace);
        BranchName standard = repository.defaultBranch();
        return repository.heads().entrySet().stream()
                .map(e -> new Named(e.getKey().value(), e.getValue(), e.getKey().equals(standard)))
                .toList();
    }

    public List<Named> tags(WorkspaceName workspace) {
        return workspaces.require(workspace).tags().entrySet().stream()
                .map(e -> new Named(e.getKey().value(), e.getValue(), false))
                .toList();
    }

    /**
     * Starts a branch.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}, {@code ALREADY_EXISTS}, {@code NAME_TAKEN}
     */
    public Named create(WorkspaceName workspace, BranchName name, Revision from) {
        WorkspaceRepository repository = workspaces.require(workspace);
        Workspaces.require(repository, from);
        return new Named(name.value(), repository.createBranch(name, from), false);
    }

    /** Like {@link #create(WorkspaceName, BranchName, Revision)}, for a tag. */
    public Named create(WorkspaceName workspace, TagName name, Revision at) {
        WorkspaceRepository repository = workspaces.require(workspace);
        Workspaces.require(repository, at);
        return new Named(name.value(), repository.createTag(name, at), false);
    }

    /**
     * Makes a branch the one that is meant when nobody names one.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public Named makeDefault(WorkspaceName workspace, BranchName name) {
        WorkspaceRepository repository = workspaces.require(workspace);
        ObjectName commit = Workspaces.require(repository, name).commit();
        repository.setDefaultBranch(name);
        return new Named(name.value(), commit, true);
    }

    /** @throws dev.offshoot.model.Failure {@code NOT_FOUND}; {@code CONFLICT} for the default branch */
    public void delete(WorkspaceName workspace, BranchName name) {
        workspaces.require(workspace).deleteBranch(name);
        tidy.run(workspace);
    }

    /** @throws dev.offshoot.model.Failure {@code NOT_FOUND} */
    public void delete(WorkspaceName workspace, TagName name) {
        workspaces.require(workspace).deleteTag(name);
        tidy.run(workspace);
    }
}
