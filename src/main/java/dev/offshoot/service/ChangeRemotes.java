package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The remotes of a workspace: names, addresses and users here, passwords in the vault. */
public final class ChangeRemotes {
    private final Workspaces workspaces;
    private final Vault vault;

    ChangeRemotes(RepositoryStore store, Vault vault) {
        this.workspaces = new Workspaces(store);
        this.vault = vault;
    }

    /** A remote, and whether there is a password for it. */
    public record Shown(Remote remote, boolean hasPassword) {}

    public List<Shown> list(WorkspaceName workspace) {
        WorkspaceRepository repository = workspaces.require(workspace);
        return repository.remotes().values().stream()
                .map(remote -> shown(repository, remote))
                .toList();
    }

    /** @throws Failure {@code NOT_FOUND} */
    public Shown show(WorkspaceName workspace, RemoteName name) {
        WorkspaceRepository repository = workspaces.require(workspace);
        return shown(repository, require(repository, name));
    }

    /**
     * Sets a remote. A password that was given before stays only while url and user stay: it is never shown to another place.
     *
     * @param password a new one; empty to keep the old one where that is allowed
     * @throws Failure {@code VAULT_LOCKED} for a password without a key: nothing is changed then; {@code LIMIT_EXCEEDED}
     */
    public Shown put(
            WorkspaceName workspace, RemoteName name, RemoteUrl.Http url, String user, Optional<Secret> password) {
        WorkspaceRepository repository = workspaces.require(workspace);
        UUID id = repository.info().id();
        Remote wanted = Remote.of(name, url, user);
        if (password.isPresent() && !vault.hasKey()) {
            store(id, name, password); // which says why it cannot
        }
        boolean stays = Optional.ofNullable(repository.remotes().get(name))
                .filter(wanted::isSamePlace)
                .isPresent();
        if (!stays && hasPassword(id, name)) {
            store(id, name, Optional.empty()); // before the address: no moment may join the old one with a new place
        }
        repository.changeRemotes(remotes -> {
            if (!Optional.ofNullable(remotes.get(name))
                    .filter(wanted::isSamePlace)
                    .isPresent()) {
                remotes.put(name, wanted);
            }
            return remotes;
        });
        if (password.isPresent()) {
            store(id, name, password);
        }
        return show(workspace, name);
    }

    /** @throws Failure {@code NOT_FOUND} */
    public void delete(WorkspaceName workspace, RemoteName name) {
        WorkspaceRepository repository = workspaces.require(workspace);
        require(repository, name);
        if (hasPassword(repository.info().id(), name)) {
            store(repository.info().id(), name, Optional.empty());
        }
        repository.changeRemotes(remotes -> {
            remotes.remove(name);
            return remotes;
        });
    }

    private Shown shown(WorkspaceRepository repository, Remote remote) {
        return new Shown(remote, hasPassword(repository.info().id(), remote.name()));
    }

    private boolean hasPassword(UUID workspace, RemoteName name) {
        return vault.names(workspace).contains(password(name));
    }

    private void store(UUID workspace, RemoteName name, Optional<Secret> password) {
        vault.store(workspace, Map.of(password(name), password));
    }

    static SecretName password(RemoteName name) {
        return SecretName.of(TreePath.of("remotes/" + name), "password");
    }

    static Remote require(WorkspaceRepository repository, RemoteName name) {
        var remotes = repository.remotes();
        return Optional.ofNullable(remotes.get(name))
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "remote",
                        "no remote named " + name,
                        Workspaces.existing("remotes", remotes.keySet().stream())));
    }
}
