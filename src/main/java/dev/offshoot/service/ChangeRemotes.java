package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * The remotes of a workspace: names, addresses and users here, passwords in the vault. A new password is there before its address, an old one goes
 * after it: a crash in between leaves the remote as it was or as it shall be, and at most a password that nobody reads, until {@link #tidy}.
 */
public final class ChangeRemotes {
    private final Workspaces workspaces;
    private final RemotePasswords passwords;
    private final KeyedLocks locks = new KeyedLocks();

    ChangeRemotes(RepositoryStore store, Vault vault) {
        this.workspaces = new Workspaces(store);
        this.passwords = new RemotePasswords(vault);
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
        Remote wanted = Remote.of(name, url, user);
        return alone(repository, () -> {
            if (!repository.remotes().containsKey(name)) {
                passwords.sweep(repository); // one that a broken deletion left is not for the new one
            }
            password.ifPresent(given -> passwords.store(repository, wanted, given));
            try {
                repository.changeRemotes(remotes -> {
                    remotes.merge(name, wanted, (before, now) -> before.isSamePlace(now) ? before : now);
                    return remotes;
                });
            } finally {
                passwords.sweep(repository);
            }
            return shown(repository, require(repository, name));
        });
    }

    /** @throws Failure {@code NOT_FOUND} */
    public void delete(WorkspaceName workspace, RemoteName name) {
        WorkspaceRepository repository = workspaces.require(workspace);
        alone(repository, () -> {
            require(repository, name);
            repository.changeRemotes(remotes -> {
                remotes.remove(name);
                return remotes;
            });
            passwords.sweep(repository);
            return name;
        });
    }

    /** Finishes what a crash interrupted. */
    void tidy(WorkspaceRepository repository) {
        alone(repository, () -> {
            passwords.sweep(repository);
            return repository;
        });
    }

    private interface Change<T> {
        T run();
    }

    private <T> T alone(WorkspaceRepository repository, Change<T> change) {
        Lock lock = locks.of(repository.info().id().toString());
        lock.lock();
        try {
            return change.run();
        } finally {
            lock.unlock();
        }
    }

    private Shown shown(WorkspaceRepository repository, Remote remote) {
        return new Shown(remote, passwords.has(repository, remote));
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
