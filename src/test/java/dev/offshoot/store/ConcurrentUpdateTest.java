package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.expecting;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentUpdateTest {
    private static final int THREADS = 32;

    @TempDir
    Path data;

    private StoreFixture fixture;
    private WorkspaceRepository workspace;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2);

    @BeforeEach
    void open() {
        fixture = StoreFixture.at(data);
        workspace = fixture.create();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        fixture.close();
    }

    private interface Numbered<T> {
        T run(int number) throws Exception;
    }

    /** Starts all at once and gives their outcomes in order. */
    private <T> List<T> race(Numbered<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Callable<T> call = () -> {
                start.await();
                return work.run(number);
            };
            futures.add(threads.submit(call));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void updatesOfDifferentPathsAllLandInOneLine() throws Exception {
        List<UpdateResult> results = race(i -> {
            UpdateResult last = null;
            for (int round = 0; round < 10; round++) {
                last = workspace.update(request(edit("app" + i + "/f", "" + round), edit("app" + i, "" + round)));
            }
            return last;
        });
        assertThat(fixture.git().run("rev-list", "--count", "main")).isEqualTo("" + (1 + 10 * THREADS));
        assertThat(fixture.git().run("rev-list", "--count", "--merges", "main")).isEqualTo("0");
        assertThat(fixture.git().run("rev-list", "--count", "refs/offshoot/ledger/main"))
                .isEqualTo("" + 10 * THREADS);
        Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
        for (int i = 0; i < THREADS; i++) {
            assertThat(now.files().read(TreePath.of("app" + i + "/f"))).contains(Content.utf8("9"));
            Snapshot own = workspace
                    .snapshot(new Revision.Commit(results.get(i).commit()))
                    .orElseThrow();
            assertThat(own.ledger().read(TreePath.of("app" + i))).contains(Content.utf8("9"));
            assertThat(own.ledgerCommit()).isEqualTo(results.get(i).ledgerCommit());
        }
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void ofUpdatesOfOneStateExactlyOneWins() throws Exception {
        TreePath path = TreePath.of("app/f");
        for (int round = 0; round < 10; round++) {
            Optional<ObjectName> base =
                    workspace.snapshot(Revision.DEFAULT).orElseThrow().files().objectAt(path);
            String prefix = round + " by ";
            List<Boolean> won = race(i -> {
                try {
                    workspace.update(expecting(request(edit("app/f", prefix + i)), Map.of(path, base)));
                    return true;
                } catch (Failure e) {
                    assertThat(e.reason()).isEqualTo(Reason.STALE_PLAN);
                    return false;
                }
            });
            assertThat(won).containsOnlyOnce(true);
            assertThat(workspace
                            .snapshot(Revision.DEFAULT)
                            .orElseThrow()
                            .files()
                            .read(path))
                    .contains(Content.utf8(prefix + won.indexOf(true)));
        }
        assertThat(fixture.git().run("rev-list", "--count", "main")).isEqualTo("11");
    }

    @Test
    void aReaderSeesBranchAndLedgerOfOneUpdate() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> reader = threads.submit(() -> {
            int reads = 0;
            for (; !done.get() || reads < 100; reads++) {
                Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
                assertThat(now.ledger().read(TreePath.of("l")))
                        .isEqualTo(now.files().read(TreePath.of("f")));
            }
            return reads;
        });
        for (int i = 0; i < 200; i++) {
            workspace.update(request(edit("f", "" + i), edit("l", "" + i)));
        }
        done.set(true);
        assertThat(reader.get()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void aBadRequestInAGroupFailsAlone() throws Exception {
        workspace.update(request(edit("file", "1")));
        List<Boolean> landed = race(i -> {
            try {
                workspace.update(request(edit(i % 4 == 0 ? "file/" + i : "other/" + i, "x")));
                return true;
            } catch (Failure e) {
                assertThat(e.reason()).isEqualTo(Reason.INVALID_PATH);
                return false;
            }
        });
        assertThat(landed).filteredOn(l -> !l).hasSize(THREADS / 4);
        assertThat(workspace.snapshot(Revision.DEFAULT).orElseThrow().files().list(TreePath.of("other")))
                .hasSize(THREADS - THREADS / 4);
    }

    @Test
    void updatesGoOnBesideStockGitMovingTheBranchAndPackingRefs() throws Exception {
        Path clone = data.resolve("clone");
        new Git(data).run("clone", "-q", fixture.repository().toString(), clone.toString());
        Git git = new Git(clone);
        int own = 0;
        for (int round = 0; round < 5; round++) {
            git.run("pull", "-q", "--rebase");
            Files.writeString(clone.resolve("foreign"), "" + round);
            git.run("add", "foreign");
            git.run("commit", "-q", "-m", "foreign " + round);
            git.run("push", "-q");
            Future<?> packing = threads.submit(() -> {
                fixture.git().attempt("pack-refs", "--all", "--prune");
                fixture.git().attempt("gc", "-q");
            });
            do {
                workspace.update(request(edit("own", "" + own), edit("l", "" + own)));
                own++;
            } while (!packing.isDone());
            packing.get();
        }
        assertThat(fixture.git().run("log", "--format=%s", "main").lines().filter("Change something"::equals))
                .hasSize(own);
        assertThat(fixture.git().run("log", "--format=%s", "main").lines().filter(s -> s.startsWith("foreign")))
                .hasSize(5);
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void anInterruptedCallerStillLandsItsGroup() throws Exception {
        List<UpdateResult> results = race(i -> {
            Thread.currentThread().interrupt();
            UpdateResult result = workspace.update(request(edit("app" + i, "1")));
            assertThat(Thread.interrupted()).isTrue();
            return result;
        });
        assertThat(results).allMatch(UpdateResult::moved);
        assertThat(fixture.git().run("rev-list", "--count", "main")).isEqualTo("" + (1 + THREADS));
    }
}
