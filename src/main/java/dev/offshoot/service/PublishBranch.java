package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.Published;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.Vault;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Pushes a branch to a remote of its workspace, and writes down how that went. */
public final class PublishBranch {
    private final RemoteRepositories elsewhere;
    private final Workspaces workspaces;
    private final RemotePasswords passwords;
    private final Clock clock;

    PublishBranch(RemoteRepositories elsewhere, RepositoryStore store, Vault vault, Clock clock) {
        this.elsewhere = elsewhere;
        this.workspaces = new Workspaces(store);
        this.passwords = new RemotePasswords(vault);
        this.clock = clock;
    }

    /**
     * Pushes.
     *
     * @param branch the default branch when empty
     * @throws Failure {@code NOT_FOUND}; {@code CONFLICT} when the remote has other commits or refuses; {@code FORBIDDEN} when the operator does
     *     not allow the place; {@code INVALID_REPOSITORY} when it cannot be pushed to; {@code VAULT_LOCKED}; {@code BUSY}
     */
    public Done run(WorkspaceName workspace, RemoteName name, Optional<BranchName> branch) {
        WorkspaceRepository repository = workspaces.require(workspace);
        Remote remote = ChangeRemotes.require(repository, name);
        BranchName wanted = branch.orElseGet(repository::defaultBranch);
        Workspaces.require(repository, wanted);
        note(repository, remote, now -> now.attempted(wanted, clock.instant()));
        try {
            Published published =
                    elsewhere.push(repository, wanted, remote.url(), passwords.credentials(repository, remote));
            note(
                    repository,
                    remote,
                    now -> now.succeeded(new Remote.Success(wanted, published.commit(), clock.instant())));
            return new Done(remote, wanted, published);
        } catch (RuntimeException e) {
            Problem why = e instanceof Failure failure
                    ? failure.problems().get(0)
                    : new Problem(Reason.INTERNAL, "remote", "unexpected error", "see the server's log");
            try {
                note(repository, remote, now -> now.failed(why));
            } catch (RuntimeException alsoWrong) {
                e.addSuppressed(alsoWrong);
            }
            throw e;
        }
    }

    /** What was pushed where to. */
    public record Done(Remote remote, BranchName branch, Published published) {}

    /** A remote that leads elsewhere by now, or is gone, has nothing to do with this push. */
    private static void note(WorkspaceRepository repository, Remote remote, UnaryOperator<Remote> change) {
        repository.changeRemotes(remotes -> {
            remotes.computeIfPresent(remote.name(), (name, now) -> now.isSamePlace(remote) ? change.apply(now) : now);
            return remotes;
        });
    }
}
