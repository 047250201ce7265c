package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import java.util.List;
import java.util.stream.Stream;

/** Branches and tags: list, create, delete. */
public final class ChangeBranches {
    private final Workspaces workspaces;

    public ChangeBranches(RepositoryStore store) {
        this.workspaces = new Workspaces(store);
    }

    /** A branch or tag and where it stands. */
    public record Named(String name, ObjectName commit, boolean isDefault) {}

    public List<Named> branches(WorkspaceName workspace) {
        WorkspaceRepository repository = workspaces.require(workspace);
        BranchName standard = repository.defaultBranch();
        return repository.branches().stream()
                .flatMap(branch -> at(repository, new Revision.Named(branch))
                        .map(commit -> new Named(branch.value(), commit, branch.equals(standard))))
                .toList();
    }

    public List<Named> tags(WorkspaceName workspace) {
        WorkspaceRepository repository = workspaces.require(workspace);
        return repository.tags().stream()
                // A branch of the same name would be found first.
                .flatMap(tag -> at(repository, new Revision.Named(new BranchName(tag.value())))
                        .map(commit -> new Named(tag.value(), commit, false)))
                .toList();
    }

    /** One that has just been deleted is nowhere. */
    private static Stream<ObjectName> at(WorkspaceRepository repository, Revision revision) {
        return repository.snapshot(revision).map(s -> s.commit()).stream();
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

    /** @throws dev.offshoot.model.Failure {@code NOT_FOUND}; {@code CONFLICT} for the default branch */
    public void delete(WorkspaceName workspace, BranchName name) {
        workspaces.require(workspace).deleteBranch(name);
    }

    /** @throws dev.offshoot.model.Failure {@code NOT_FOUND} */
    public void delete(WorkspaceName workspace, TagName name) {
        workspaces.require(workspace).deleteTag(name);
    }
}
