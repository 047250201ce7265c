package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackFoldingTest {
    private static final int UPDATES = 300;

    @TempDir
    Path data;

    private StoreFixture fixture;

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private long packs() throws IOException {
        try (Stream<Path> files = Files.list(fixture.repository().resolve("objects/pack"))) {
            return files.filter(f -> f.toString().endsWith(".pack")).count();
        }
    }

    private List<ObjectName> update(WorkspaceRepository workspace, int from, int to) {
        List<ObjectName> commits = new ArrayList<>();
        for (int i = from; i < to; i++) {
            commits.add(workspace
                    .update(request(edit("f" + i % 17 + "/x", "" + i), edit("l", "" + i)))
                    .commit());
        }
        return commits;
    }

    @Test
    void packsStayFewAndNothingIsLost() throws Exception {
        fixture = StoreFixture.at(data);
        List<ObjectName> commits = update(fixture.create(), 0, UPDATES);
        assertThat(packs()).isLessThanOrEqualTo(50);
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
        assertThat(fixture.git().run("rev-list", "--count", "main")).isEqualTo("" + (UPDATES + 1));
        for (int i = 0; i < UPDATES; i += 50) {
            Snapshot then = fixture.workspace()
                    .snapshot(new Revision.Commit(commits.get(i)))
                    .orElseThrow();
            assertThat(then.files().read(TreePath.of("f" + i % 17 + "/x"))).contains(Content.utf8("" + i));
            assertThat(then.ledger().read(TreePath.of("l"))).contains(Content.utf8("" + i));
        }
    }

    @Test
    void readersNeverMissAnObjectWhilePacksAreFolded() throws Exception {
        fixture = StoreFixture.at(data);
        WorkspaceRepository workspace = fixture.create();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
            readers.add(threads.submit(() -> {
                int reads = 0;
                for (; !done.get(); reads++) {
                    Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
                    now.files().load(List.of(TreePath.ROOT));
                    assertThat(now.ledger().list(TreePath.ROOT)).hasSizeLessThanOrEqualTo(1);
                    workspace.history(Revision.DEFAULT, TreePath.of("f1"), Optional.empty(), 5);
                }
                return reads;
            }));
        }
        Future<Integer> cloner = threads.submit(() -> {
            int clones = 0;
            for (; !done.get(); clones++) {
                Path clone = data.resolve("clone" + clones);
                new Git(data)
                        .run("clone", "-q", "--no-local", fixture.repository().toString(), clone.toString());
            }
            return clones;
        });
        update(workspace, 0, UPDATES);
        done.set(true);
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
        assertThat(cloner.get()).isPositive();
        threads.shutdown();
    }

    @Test
    void foreignPacksAreLeftAlone() throws Exception {
        fixture = StoreFixture.at(data);
        WorkspaceRepository workspace = fixture.create();
        String text = "a line that repeats\n".repeat(500);
        for (int i = 0; i < 10; i++) {
            workspace.update(request(edit("big", text + i)));
        }
        fixture.git().run("repack", "-q", "-a", "-d", "-f");
        assertThat(packs()).isEqualTo(1);
        Path foreign;
        try (Stream<Path> files = Files.list(fixture.repository().resolve("objects/pack"))) {
            foreign = files.filter(f -> f.toString().endsWith(".pack"))
                    .findFirst()
                    .orElseThrow();
        }
        update(workspace, 0, 100);
        assertThat(packs()).isLessThanOrEqualTo(50);
        assertThat(foreign).exists();
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void packsMarkedToBeKeptDoNotMakeItTryForever() throws Exception {
        fixture = StoreFixture.at(data);
        WorkspaceRepository workspace = fixture.create();
        for (int round = 0; round < 3; round++) {
            update(workspace, 25 * round, 25 * round + 25);
            try (Stream<Path> files = Files.list(fixture.repository().resolve("objects/pack"))) {
                for (Path pack :
                        files.filter(f -> f.toString().endsWith(".pack")).toList()) {
                    Path keep = Path.of(pack.toString().replace(".pack", ".keep"));
                    if (!Files.exists(keep)) {
                        Files.createFile(keep);
                    }
                }
            }
        }
        update(workspace, 75, 200);
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
        assertThat(fixture.git().run("rev-list", "--count", "main")).isEqualTo("201");
    }
}
