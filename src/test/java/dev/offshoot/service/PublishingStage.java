package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.BranchSelection;
import dev.offshoot.store.FetchedRepository;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.Published;
import dev.offshoot.store.RemoteCredentials;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.testing.MovedClock;
import dev.offshoot.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A workspace, a remote that a test plays, and time that passes when a test says so: nothing runs in between. */
final class PublishingStage implements AutoCloseable {
    static final WorkspaceName TEAM = new WorkspaceName("team");
    static final RemoteName HUB = new RemoteName("hub");
    static final BranchName MAIN = new BranchName("main");
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Person ADA = new Person("Ada", "ada@example.org");

    final MovedClock clock;
    final FileRepositoryStore store;
    final PublishAfterCommits publishing;
    final PublishBranch publish;
    final ChangeRemotes remotes;
    /** What arrived, in order: remote, branch, commit. */
    final List<String> arrived = new ArrayList<>();

    int pushes;
    /** What happens during the next pushes; the rest succeed. */
    final Deque<Runnable> during = new ArrayDeque<>();

    private final Deque<Runnable> jobs = new ArrayDeque<>();
    private final Map<Instant, List<Runnable>> alarms = new TreeMap<>();
    private final Map<String, ObjectName> there = new HashMap<>();

    /** With a remote that the test plays. */
    PublishingStage(Path data, MovedClock clock) {
        this(data, clock, Optional.empty());
    }

    /** With real ones. */
    PublishingStage(Path data, MovedClock clock, RemoteRepositories elsewhere) {
        this(data, clock, Optional.of(elsewhere));
    }

    private PublishingStage(Path data, MovedClock clock, Optional<RemoteRepositories> elsewhere) {
        this.clock = clock;
        store = FileRepositoryStore.open(data, StoreOptions.of(clock).withoutCheckouts());
        if (store.find(TEAM).isEmpty()) {
            store.create(TEAM, UUID.randomUUID(), ADA);
        }
        RemotePasswords passwords = new RemotePasswords(Vault.NONE);
        RetryPolicy policy = new RetryPolicy(FIRST, LONGEST, () -> 1);
        publish = new PublishBranch(elsewhere.orElseGet(Elsewhere::new), store, passwords, policy, clock);
        publishing = new PublishAfterCommits(
                store,
                publish,
                passwords,
                policy,
                clock,
                (when, ring) ->
                        alarms.computeIfAbsent(when, at -> new ArrayList<>()).add(ring),
                new Jobs());
        remotes = new ChangeRemotes(store, passwords, publishing);
    }

    /** Runs what the background has to do now. */
    void settle() {
        for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
            job.run();
        }
    }

    /** Lets time pass, and rings what is due on the way. */
    void pass(Duration time) {
        clock.pass(time);
        List<Runnable> due = new ArrayList<>();
        alarms.entrySet().removeIf(alarm -> {
            boolean isDue = !alarm.getKey().isAfter(clock.instant());
            if (isDue) {
                due.addAll(alarm.getValue());
            }
            return isDue;
        });
        due.forEach(Runnable::run);
        settle();
    }

    int alarms() {
        return alarms.values().stream().mapToInt(List::size).sum();
    }

    /** Until the next alarm; empty when nobody waits. */
    Optional<Duration> untilNext() {
        return alarms.keySet().stream().findFirst().map(at -> Duration.between(clock.instant(), at));
    }

    WorkspaceRepository repository() {
        return store.find(TEAM).orElseThrow();
    }

    ObjectName commit(BranchName branch) {
        TreeEdit edit = new TreeEdit(new TreeMap<>(
                Map.of(TreePath.of("README.md"), Optional.of(Content.utf8("edit " + UUID.randomUUID())))));
        repository()
                .update(new UpdateRequest(
                        branch,
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        edit,
                        TreeEdit.NONE,
                        "Edit",
                        ADA,
                        clock.instant(),
                        "{}"));
        return head(branch);
    }

    ObjectName commit() {
        return commit(MAIN);
    }

    ObjectName head(BranchName branch) {
        return repository().heads().get(branch);
    }

    void branch(String name) {
        repository().createBranch(new BranchName(name), new Revision.Named(MAIN));
    }

    ChangeRemotes.Shown set(RemoteName name, BranchSelection branches) {
        return remotes.put(
                TEAM,
                name,
                (RemoteUrl.Http) RemoteUrl.parse("https://example.org/" + name + ".git"),
                "",
                Optional.empty(),
                Optional.of(branches));
    }

    static BranchSelection only(String... names) {
        return BranchSelection.of(Arrays.stream(names).map(BranchName::new).toList());
    }

    PublishAfterCommits.BranchState state(String branch) {
        return remotes.show(TEAM, HUB).branches().stream()
                .filter(state -> state.branch().value().equals(branch))
                .findFirst()
                .orElseThrow();
    }

    String word(String branch) {
        return state(branch).standing().word();
    }

    static Runnable failing(Reason reason) {
        return () -> {
            throw Failure.of(reason, "remote", "it failed: " + reason);
        };
    }

    @Override
    public void close() {
        publishing.stop();
        store.close();
    }

    private final class Elsewhere implements RemoteRepositories {
        @Override
        public FetchedRepository fetch(RemoteUrl url, Revision revision, Optional<RemoteCredentials> credentials) {
            throw new AssertionError("nobody fetches");
        }

        @Override
        public Published push(
                WorkspaceRepository from, BranchName branch, RemoteUrl.Http url, Optional<RemoteCredentials> c) {
            ObjectName commit = from.heads().get(branch);
            pushes++;
            Runnable next = during.poll();
            if (next != null) {
                next.run();
            }
            String name = url.toString().replaceAll(".*/|\\.git", "");
            boolean moved = !commit.equals(there.put(name + " " + branch, commit));
            if (moved) {
                arrived.add(name + " " + branch + " " + commit);
            }
            return new Published(commit, moved);
        }
    }

    /** Runs nothing on its own. */
    private final class Jobs extends AbstractExecutorService implements ExecutorService {
        @Override
        public void execute(Runnable job) {
            jobs.add(job);
        }

        @Override
        public void shutdown() {
            // there is no thread
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }
}
