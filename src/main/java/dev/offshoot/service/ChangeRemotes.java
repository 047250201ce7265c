package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.PublishAfterCommits.BranchState;
import dev.offshoot.store.BranchSelection;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import java.util.List;
import java.util.Optional;

/**
 * The remotes of a workspace: names, addresses and users here, passwords in the vault. A new password is there before its address, an old one goes
 * after it: a crash in between leaves the remote as it was or as it shall be, and at most a password that nobody reads, until it is swept.
 */
public final class ChangeRemotes {
    private final Workspaces workspaces;
    private final RemotePasswords passwords;
    private final PublishAfterCommits publishing;

    ChangeRemotes(RepositoryStore store, RemotePasswords passwords, PublishAfterCommits publishing) {
        this.workspaces = new Workspaces(store);
        this.passwords = passwords;
        this.publishing = publishing;
    }

    /** A remote, whether there is a password for it, and how the branches stand that are published to it by themselves. */
    public record Shown(Remote remote, boolean hasPassword, List<BranchState> branches) {}

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
     * Sets a remote. A password that was given before stays only while url and user stay: it is never shown to another place. What waited for
     * a change of the settings is tried again.
     *
     * @param password a new one; empty to keep the old one where that is allowed
     * @param publish branches to push after each commit; empty to leave that as it is
     * @throws Failure {@code VAULT_LOCKED} for a password without a key: nothing is changed then; {@code LIMIT_EXCEEDED}
     */
    public Shown put(
            WorkspaceName workspace,
            RemoteName name,
            RemoteUrl.Http url,
            String user,
            Optional<Secret> password,
            Optional<BranchSelection> publish) {
        WorkspaceRepository repository = workspaces.require(workspace);
        Remote wanted = Remote.of(name, url, user);
        Shown shown = passwords.alone(repository, () -> {
            if (!repository.remotes().containsKey(name)) {
                passwords.sweep(repository); // one that a broken deletion left is not for the new one
            }
            password.ifPresent(given -> passwords.store(repository, wanted, given));
            try {
                repository.changeRemotes(remotes -> {
                    Optional<Remote> before = Optional.ofNullable(remotes.get(name));
                    Remote now = before.filter(wanted::isSamePlace).orElse(wanted);
                    remotes.put(
                            name,
                            now.publishing(publish.or(() -> before.map(Remote::publish))
                                    .orElse(BranchSelection.NONE)));
                    return remotes;
                });
            } finally {
                passwords.sweep(repository);
            }
            return shown(repository, require(repository, name));
        });
        publishing.moved(workspace);
        return shown;
    }

    /** @throws Failure {@code NOT_FOUND} */
    public void delete(WorkspaceName workspace, RemoteName name) {
        WorkspaceRepository repository = workspaces.require(workspace);
        passwords.alone(repository, () -> {
            require(repository, name);
            repository.changeRemotes(remotes -> {
                remotes.remove(name);
                return remotes;
            });
            passwords.sweep(repository);
            return name;
        });
    }

    private Shown shown(WorkspaceRepository repository, Remote remote) {
        return new Shown(remote, passwords.has(repository, remote), publishing.states(repository, remote));
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
