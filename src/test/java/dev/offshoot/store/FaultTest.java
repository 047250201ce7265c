package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.FaultPoint.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    @TempDir
    Path data;

    private volatile Optional<Step> failing = Optional.empty();
    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = StoreFixture.at(data, this::fail);
    }

    private void fail(Step step) throws IOException {
        if (failing.equals(Optional.of(step))) {
            throw new IOException("the disk failed at " + step);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void reopen() {
        fixture.close();
        failing = Optional.empty();
        fixture = StoreFixture.at(data);
    }

    private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call);
    }

    private void assertSound() throws IOException {
        assertThat(fixture.git().run("fsck", "--strict", "--full").lines().filter(l -> !l.startsWith("dangling")))
                .isEmpty();
        try (Stream<Path> files = Files.walk(fixture.repository())) {
            assertThat(files.map(Path::toString).filter(f -> f.endsWith(".lock") || f.endsWith(PackStore.UNFINISHED)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PACK_OPENED", "PACK_WRITTEN", "PACK_FORCED", "PACK_NAMED", "INDEX_NAMED", "BEFORE_REFS"})
    void anUpdateThatFailsShowsNothingAndTheNextOneWorks(Step where) throws Exception {
        WorkspaceRepository workspace = fixture.create();
        UpdateResult first = workspace.update(request(edit("a", "1"), edit("l", "1")));
        failing = Optional.of(where);
        for (String text : List.of("lost", "lost, too")) {
            assertThat(failure(() -> workspace.update(request(edit("a", text), edit("l", text))))
                            .reason())
                    .isEqualTo(Reason.STORAGE);
            Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
            assertThat(now.commit()).isEqualTo(first.commit());
            assertThat(now.ledgerCommit()).isEqualTo(first.ledgerCommit());
            assertThat(now.files().read(TreePath.of("a"))).contains(Content.utf8("1"));
        }
        failing = Optional.empty();
        UpdateResult second = workspace.update(request(edit("a", "2"), edit("l", "2")));
        assertThat(second.before()).isEqualTo(first.commit());
        reopen();
        Snapshot now = fixture.workspace().snapshot(Revision.DEFAULT).orElseThrow();
        assertThat(now.commit()).isEqualTo(second.commit());
        assertThat(now.ledger().read(TreePath.of("l"))).contains(Content.utf8("2"));
        assertSound();
    }

    @Test
    void anUpdateThatFailsAfterItWasShownIsCompleteNotHalf() throws Exception {
        WorkspaceRepository workspace = fixture.create();
        failing = Optional.of(Step.AFTER_REFS);
        assertThat(failure(() -> workspace.update(request(edit("a", "1"), edit("l", "1"))))
                        .reason())
                .isEqualTo(Reason.STORAGE);
        reopen();
        Snapshot now = fixture.workspace().snapshot(Revision.DEFAULT).orElseThrow();
        assertThat(now.files().read(TreePath.of("a"))).isEqualTo(now.ledger().read(TreePath.of("l")));
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLD_WRITTEN", "FOLD_RETIRING"})
    void foldingThatFailsCostsNothing(Step where) throws Exception {
        WorkspaceRepository workspace = fixture.create();
        failing = Optional.of(where);
        for (int i = 0; i < PackFolding.TOO_MANY + 5; i++) {
            workspace.update(request(edit("a" + i, "" + i)));
        }
        assertThat(workspace.snapshot(Revision.DEFAULT).orElseThrow().files().list(TreePath.ROOT))
                .hasSize(PackFolding.TOO_MANY + 7);
        reopen();
        for (int i = 0; i < 20; i++) {
            fixture.workspace().update(request(edit("b" + i, "" + i)));
        }
        fixture.close(); // waits for the folding
        fixture = StoreFixture.at(data);
        assertThat(fixture.workspace().history(Revision.DEFAULT, TreePath.ROOT, Optional.empty(), 100))
                .hasSize(PackFolding.TOO_MANY + 26);
        assertSound();
    }

    @Test
    void aWorkspaceIsThereCompletelyOrNotAtAll() throws Exception {
        failing = Optional.of(Step.CREATE_WRITTEN);
        assertThat(failure(() -> fixture.create()).reason()).isEqualTo(Reason.STORAGE);
        assertThat(fixture.store.list()).isEmpty();
        failing = Optional.empty();
        fixture.create();
        failing = Optional.of(Step.DELETE_RENAMED);
        assertThat(failure(() -> fixture.store.delete(StoreFixture.NAME)).reason())
                .isEqualTo(Reason.STORAGE);
        assertThat(fixture.store.find(StoreFixture.NAME)).isEmpty();
        reopen();
        assertThat(fixture.store.list()).isEmpty();
        assertThat(data.resolve("repositories")).isEmptyDirectory();
    }

    @Test
    void leftoversOfAKilledProcessAreGoneAfterOpening() throws Exception {
        WorkspaceRepository workspace = fixture.create();
        workspace.update(request(edit("a", "1"), edit("l", "1")));
        fixture.close();
        Path repository = fixture.repository();
        for (String leftover : List.of(
                "packed-refs.lock",
                "config.lock",
                "HEAD.lock",
                "refs/heads/main.lock",
                "objects/pack/7.unfinished",
                "objects/pack/pack-0123456789012345678901234567890123456789.pack",
                "objects/pack/pack-1123456789012345678901234567890123456789.idx")) {
            Files.writeString(repository.resolve(leftover), "x");
        }
        Files.createDirectories(repository.resolve("refs/offshoot/ledger"));
        Files.writeString(repository.resolve("refs/offshoot/ledger/main.lock"), "");
        Files.createDirectories(data.resolve("repositories/.new-x-1/objects"));
        Files.createDirectories(data.resolve("repositories/.deleted-x-1/objects"));
        fixture = StoreFixture.at(data);
        fixture.workspace().update(request(edit("a", "2"), edit("l", "2")));
        assertSound();
        assertThat(data.resolve("repositories").toFile().list()).containsExactly("team.git");
    }

    @Test
    void aLockOfAnotherProgramIsWaitedFor() throws Exception {
        WorkspaceRepository workspace = fixture.create();
        Path lock = fixture.repository().resolve("packed-refs.lock");
        CountDownLatch reached = new CountDownLatch(1);
        fixture.close();
        fixture = StoreFixture.at(data, step -> {
            if (step == Step.BEFORE_REFS && reached.getCount() > 0) {
                Files.createFile(lock);
                reached.countDown();
            }
        });
        WorkspaceRepository locked = fixture.workspace();
        CompletableFuture<UpdateResult> update =
                CompletableFuture.supplyAsync(() -> locked.update(request(edit("a", "1"), edit("l", "1"))));
        reached.await();
        assertThat(locked.snapshot(Revision.DEFAULT)).isPresent(); // readers do not wait
        Files.delete(lock);
        assertThat(update.get().moved()).isTrue();
        assertSound();
    }
}
