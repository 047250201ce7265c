package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.Publication;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes branches to the remotes that want them after each commit, in the background. A commit only says that its workspace has moved; what is to be
 * pushed is found by comparing what the branches stand at with what has arrived, so nothing has to be written when somebody commits, nothing is forgotten by a
 * crash, and of a burst of commits the newest is pushed.
 */
public final class PublishAfterCommits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublishAfterCommits.class);
    /** Of the conversations that a server has at a time, half. */
    private static final int MOST_PUSHES = 4;

    private static final int LONGEST_END_SECONDS = 10;

    private final RepositoryStore store;
    private final PublishBranch publish;
    private final RemotePasswords passwords;
    private final RetryPolicy policy;
    private final Clock clock;
    private final Alarm alarm;
    private final ExecutorService threads;
    private final Set<WorkspaceName> toLookAt = ConcurrentHashMap.newKeySet();
    private final Map<Address, RemotePublisher> publishers = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private volatile Instant started = Instant.MIN;

    /** A remote of a workspace. */
    record Address(WorkspaceName workspace, RemoteName remote) {}

    /** What they share. */
    PublishAfterCommits(
            RepositoryStore store,
            PublishBranch publish,
            RemotePasswords passwords,
            RetryPolicy policy,
            Clock clock,
            Alarm alarm,
            ExecutorService threads) {
        this.store = store;
        this.publish = publish;
        this.passwords = passwords;
        this.policy = policy;
        this.clock = clock;
        this.alarm = alarm;
        this.threads = threads;
    }

    /** Threads that exist only while there is something to push. */
    static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_PUSHES, MOST_PUSHES, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), job -> {
                    Thread thread = new Thread(job, "offshoot-publish");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Goes on where the last server ended, and listens to commits from now on. */
    public void start() {
        started = clock.instant();
        store.watch(this::moved);
        inBackground(() -> store.list().stream().map(WorkspaceInfo::name).forEach(name -> {
            tidy(name);
            moved(name);
        }));
    }

    private void tidy(WorkspaceName name) {
        try {
            store.find(name).ifPresent(passwords::tidy);
        } catch (RuntimeException e) { // the next change of its remotes tidies as well
            LOG.warn("passwords of remotes that are no more could not be removed from {}", name, e);
        }
    }

    /** The branches of a workspace have moved, or its remotes have changed. Returns at once. */
    void moved(WorkspaceName workspace) {
        if (toLookAt.add(workspace)) {
            inBackground(() -> {
                toLookAt.remove(workspace);
                look(workspace);
            });
        }
    }

    private void look(WorkspaceName workspace) {
        try {
            store.find(workspace)
                    .ifPresent(repository -> repository.remotes().values().stream()
                            .filter(remote -> !remote.publish().isEmpty())
                            .map(remote -> new Address(workspace, remote.name()))
                            .forEach(address -> publishers
                                    .computeIfAbsent(address, at -> new RemotePublisher(at, this))
                                    .wake()));
        } catch (RuntimeException e) {
            LOG.warn("the remotes of {} cannot be read", workspace, e);
            alarm.at(clock.instant().plus(policy.longest()), () -> moved(workspace));
        }
    }

    /** How each branch stands that is published to this remote by itself. */
    List<BranchState> states(WorkspaceRepository repository, Remote remote) {
        if (remote.publish().isEmpty()) {
            return List.of();
        }
        Map<BranchName, ObjectName> heads = repository.heads();
        SortedSet<BranchName> branches = new TreeSet<>(remote.publish().names());
        heads.keySet().stream().filter(remote.publish()::contains).forEach(branches::add);
        Instant now = clock.instant();
        List<BranchState> states = new ArrayList<>();
        for (BranchName branch : branches) {
            Optional<ObjectName> head = Optional.ofNullable(heads.get(branch));
            Publication publication = remote.publication(branch);
            states.add(new BranchState(
                    branch, head, publication, Standing.of(head, publication, now, started, policy.longest())));
        }
        return states;
    }

    /** A branch that is published by itself, what it stands at, and what came of it. */
    public record BranchState(
            BranchName branch, Optional<ObjectName> head, Publication publication, Standing standing) {}

    RepositoryStore store() {
        return store;
    }

    PublishBranch publish() {
        return publish;
    }

    RetryPolicy policy() {
        return policy;
    }

    Instant now() {
        return clock.instant();
    }

    void ring(Instant when, Runnable job) {
        alarm.at(when, job);
    }

    void inBackground(Runnable job) {
        if (stopped) {
            return;
        }
        try {
            threads.execute(() -> {
                if (!stopped) {
                    job.run();
                }
            });
        } catch (RejectedExecutionException e) {
            // closing: the next start finds what is to be done
        }
    }

    /** Begins no push any more; those under way may go on. */
    public void stop() {
        stopped = true;
    }

    /** Waits for the end of pushes under way. One that does not end is no loss: the next start compares again. */
    @Override
    public void close() {
        stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a push to a remote is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
