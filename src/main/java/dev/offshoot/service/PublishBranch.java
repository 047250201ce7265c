package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.Published;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Pushes a branch to a remote of its workspace, and writes down how that went. One push to a remote at a time. */
public final class PublishBranch {
    private static final int LONGEST_WAIT_MINUTES = 10;

    private final RemoteRepositories elsewhere;
    private final Workspaces workspaces;
    private final RemotePasswords passwords;
    private final RetryPolicy policy;
    private final Clock clock;
    private final KeyedLocks turns = new KeyedLocks();

    PublishBranch(
            RemoteRepositories elsewhere,
            RepositoryStore store,
            RemotePasswords passwords,
            RetryPolicy policy,
            Clock clock) {
        this.elsewhere = elsewhere;
        this.workspaces = new Workspaces(store);
        this.passwords = passwords;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Pushes.
     *
     * @param branch the default branch when empty
     * @throws Failure {@code NOT_FOUND}; {@code CONFLICT} when the remote has other commits, {@code REMOTE_REFUSED}; {@code FORBIDDEN} when
     *     the operator does not allow the place; {@code REMOTE_DENIED}, {@code INVALID_REPOSITORY}, {@code UNREACHABLE} when it cannot be
     *     pushed to; {@code VAULT_LOCKED}; {@code BUSY}
     */
    public Done run(WorkspaceName workspace, RemoteName name, Optional<BranchName> branch) {
        WorkspaceRepository repository = workspaces.require(workspace);
        ChangeRemotes.require(repository, name);
        BranchName wanted = branch.orElseGet(repository::defaultBranch);
        return inTurn(repository.info().id() + "/" + name, () -> push(repository, name, wanted));
    }

    private Done push(WorkspaceRepository repository, RemoteName name, BranchName branch) {
        Remote remote = ChangeRemotes.require(repository, name);
        ObjectName head = Workspaces.require(repository, branch).commit();
        note(repository, remote, now -> now.attempted(branch, clock.instant()));
        try {
            Published published =
                    elsewhere.push(repository, branch, remote.url(), passwords.credentials(repository, remote));
            note(
                    repository,
                    remote,
                    now -> now.succeeded(new Remote.Success(branch, published.commit(), clock.instant())));
            return new Done(remote, branch, published);
        } catch (RuntimeException e) {
            Problem why = e instanceof Failure failure
                    ? failure.problems().get(0)
                    : new Problem(Reason.INTERNAL, "remote", "unexpected error", "see the server's log");
            try {
                note(repository, remote, now -> failed(now, branch, head, why));
            } catch (RuntimeException alsoWrong) {
                e.addSuppressed(alsoWrong);
            }
            throw e;
        }
    }

    private Remote failed(Remote now, BranchName branch, ObjectName head, Problem why) {
        int failures = now.publication(branch).failures() + 1;
        return now.failed(branch, policy.setback(head, clock.instant(), failures, why));
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

    private Done inTurn(String key, Supplier<Done> push) {
        Lock turn = turns.of(key);
        try {
            if (!turn.tryLock(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return push.get();
        } finally {
            turn.unlock();
        }
    }

    private static Failure busy() {
        return Failure.of(Reason.BUSY, "remote", "other pushes to this remote take too long", "try again later");
    }
}
