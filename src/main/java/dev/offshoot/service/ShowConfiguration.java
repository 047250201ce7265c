package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.Vault;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Says what definitions need of where they are and how it stands. Shows no secret. */
public final class ShowConfiguration {
    private final Workspaces workspaces;
    private final FindDefinition finder;
    private final LayoutEngine engine;
    private final Caches caches;
    private final Vault vault;

    ShowConfiguration(RepositoryStore store, LayoutEngine engine, Caches caches, Vault vault) {
        this.workspaces = new Workspaces(store);
        this.finder = new FindDefinition(store, engine, caches);
        this.engine = engine;
        this.caches = caches;
        this.vault = vault;
    }

    /**
     * How one definition stands.
     *
     * @param hasKey whether this instance can keep secrets
     */
    public record View(TreePath definition, ObjectName commit, boolean hasKey, Configuration configuration) {}

    /**
     * Looks.
     *
     * @throws Failure {@code NOT_FOUND}; {@code STORAGE} when the vault cannot be read
     */
    public View run(DefinitionRequest request) {
        FindDefinition.Found found = finder.find(request);
        SecretOwners secrets = secrets(found.repository().info().id(), found.view());
        return new View(
                request.address(),
                found.view().snapshot().commit(),
                vault.hasKey(),
                Configuration.of(engine, found.view(), List.of(request.address()), Optional.of(secrets)));
    }

    /** What was imported, as it stands at a commit. Never fails because of the vault: what was imported is there. */
    public Configuration after(WorkspaceName workspace, ObjectName commit, Collection<TreePath> definitions) {
        return planned(workspace, commit, TreeEdit.NONE, TreeEdit.NONE, definitions);
    }

    /** The same, as it would stand after edits of a commit. */
    public Configuration planned(
            WorkspaceName workspace,
            ObjectName base,
            TreeEdit files,
            TreeEdit ledger,
            Collection<TreePath> definitions) {
        WorkspaceRepository repository = workspaces.require(workspace);
        Snapshot state = Workspaces.require(repository, new Revision.Commit(base));
        Snapshot edited = files.changes().isEmpty() ? state : new EditedSnapshot(state, files, ledger);
        WorkspaceView view = new WorkspaceView(edited, engine, caches);
        return Configuration.of(
                engine, view, definitions, known(repository.info().id(), view));
    }

    private SecretOwners secrets(UUID workspace, WorkspaceView view) {
        return SecretOwners.of(vault, workspace, view, engine);
    }

    private Optional<SecretOwners> known(UUID workspace, WorkspaceView view) {
        try {
            return Optional.of(secrets(workspace, view));
        } catch (Failure damaged) {
            return Optional.empty(); // every use of the secrets themselves says so
        }
    }
}
