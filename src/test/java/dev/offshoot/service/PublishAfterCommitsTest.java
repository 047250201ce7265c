package dev.offshoot.service;

import static dev.offshoot.service.PublishingStage.HUB;
import static dev.offshoot.service.PublishingStage.MAIN;
import static dev.offshoot.service.PublishingStage.TEAM;
import static dev.offshoot.service.PublishingStage.failing;
import static dev.offshoot.service.PublishingStage.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import dev.offshoot.store.BranchSelection;
import dev.offshoot.store.Publication;
import dev.offshoot.testing.MovedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pushed by itself, when, and what is said about it. No thread, no waiting: the stage plays both. */
class PublishAfterCommitsTest {
    @TempDir
    Path data;

    private final MovedClock clock = new MovedClock();
    private PublishingStage stage;

    @BeforeEach
    void open() {
        stage = new PublishingStage(data, clock);
        stage.publishing.start();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** Another server over the same data, as after a crash: nothing is handed over but what is on the disk. */
    private void restart() {
        stage.close();
        clock.pass(Duration.ofMillis(1));
        open();
    }

    private void setHub(BranchSelection branches) {
        stage.set(HUB, branches);
        stage.settle();
        stage.arrived.clear();
        stage.pushes = 0;
    }

    @Test
    void ofABurstTheNewestIsPushedAndNobodyWaits() {
        setHub(only("main"));
        ObjectName last = null;
        for (int i = 0; i < 5; i++) {
            last = stage.commit(); // returns although nothing runs in the background
        }
        assertThat(stage.word("main")).isEqualTo("pending");
        stage.settle();
        assertThat(stage.arrived).containsExactly("hub main " + last);
        assertThat(stage.pushes).isEqualTo(1);
        assertThat(stage.word("main")).isEqualTo("published");
        assertThat(stage.alarms()).isZero();
    }

    @Test
    void whatIsCommittedDuringAPushFollows() {
        setHub(only("main"));
        List<ObjectName> during = new ArrayList<>();
        stage.during.add(() -> during.add(stage.commit()));
        ObjectName first = stage.commit();
        stage.settle();
        assertThat(stage.arrived).containsExactly("hub main " + first, "hub main " + during.get(0));
        assertThat(stage.word("main")).isEqualTo("published");
    }

    @Test
    void whatIsThereWhenARemoteIsSetIsPushed() {
        stage.set(HUB, only("main"));
        stage.settle();
        assertThat(stage.arrived).containsExactly("hub main " + stage.head(MAIN));
    }

    @Test
    void onlyChosenBranchesAndNoTags() {
        setHub(only("main", "later"));
        assertThat(stage.word("later")).isEqualTo("missing");
        stage.branch("other");
        stage.repository().createTag(new TagName("v1"), new Revision.Named(MAIN));
        stage.settle();
        assertThat(stage.pushes).isZero();
        stage.branch("later");
        stage.settle();
        assertThat(stage.arrived).containsExactly("hub later " + stage.head(MAIN));

        stage.set(HUB, BranchSelection.ALL);
        stage.settle();
        assertThat(stage.arrived).contains("hub other " + stage.head(MAIN));
        stage.branch("new");
        stage.settle();
        assertThat(stage.arrived).contains("hub new " + stage.head(MAIN)).noneMatch(line -> line.contains("v1"));

        setHub(BranchSelection.NONE);
        stage.commit();
        stage.settle();
        assertThat(stage.pushes).isZero();
        assertThat(stage.remotes.show(TEAM, HUB).branches()).isEmpty();
    }

    @Test
    void aBranchThatGoesStaysAtTheRemoteAndIsForgottenHere() {
        stage.branch("short");
        setHub(BranchSelection.ALL);
        stage.repository().deleteBranch(new BranchName("short"));
        stage.settle();
        assertThat(stage.pushes).isZero();
        assertThat(stage.repository().remotes().get(HUB).publications()).containsOnlyKeys(MAIN);
    }

    @Test
    void anUnreachableRemoteIsTriedEverMoreSeldom() {
        setHub(only("main"));
        for (int i = 0; i < 12; i++) {
            stage.during.add(failing(Reason.UNREACHABLE));
        }
        ObjectName commit = stage.commit();
        stage.settle();
        List<Long> waits = new ArrayList<>();
        while (stage.arrived.isEmpty()) {
            assertThat(stage.word("main")).isEqualTo("retrying");
            assertThat(stage.alarms()).isEqualTo(1);
            Duration wait = stage.untilNext().orElseThrow();
            waits.add(wait.toSeconds());
            stage.pass(wait.minusMillis(1));
            int before = stage.pushes;
            stage.pass(Duration.ofMillis(1));
            assertThat(stage.pushes).isEqualTo(before + 1);
        }
        assertThat(waits).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 1800L, 1800L, 1800L);
        assertThat(stage.arrived).containsExactly("hub main " + commit);
        assertThat(stage.word("main")).isEqualTo("published");
        assertThat(stage.state("main").publication().failures()).isZero();
        assertThat(stage.alarms()).isZero();
    }

    @Test
    void commitsDoNotHastenARetryNorPileUpAlarms() {
        setHub(only("main"));
        stage.during.add(failing(Reason.UNREACHABLE));
        stage.commit();
        stage.settle();
        for (int i = 0; i < 50; i++) {
            stage.commit();
            stage.settle();
        }
        assertThat(stage.pushes).isEqualTo(1);
        assertThat(stage.alarms()).isEqualTo(1);
        stage.pass(PublishingStage.FIRST);
        assertThat(stage.arrived).containsExactly("hub main " + stage.head(MAIN));
    }

    @Test
    void whatWaitingDoesNotMendWaitsForAChange() {
        for (Reason reason : List.of(
                Reason.REMOTE_DENIED,
                Reason.CONFLICT,
                Reason.FORBIDDEN,
                Reason.INVALID_REPOSITORY,
                Reason.VAULT_LOCKED)) {
            setHub(only("main"));
            stage.during.add(failing(reason));
            stage.commit();
            stage.settle();
            assertThat(stage.word("main")).as(reason.code()).isEqualTo("waiting");
            assertThat(stage.state("main")
                            .publication()
                            .setback()
                            .orElseThrow()
                            .why()
                            .reason())
                    .isEqualTo(reason);
            assertThat(stage.alarms()).isZero();
            stage.pass(Duration.ofDays(2));
            assertThat(stage.pushes).as(reason.code()).isEqualTo(1);

            ObjectName next = stage.commit(); // the branch has changed
            stage.settle();
            assertThat(stage.arrived).containsExactly("hub main " + next);

            stage.during.add(failing(reason));
            stage.commit();
            stage.settle();
            stage.set(HUB, only("main")); // the settings
            stage.settle();
            assertThat(stage.word("main")).isEqualTo("published");

            stage.during.add(failing(reason));
            stage.commit();
            stage.settle();
            assertThat(stage.word("main")).isEqualTo("waiting");
            stage.publish.run(TEAM, HUB, Optional.of(MAIN)); // somebody asks
            assertThat(stage.word("main")).isEqualTo("published");
        }
    }

    /** Somebody who commits all day must not get the account locked at the other end. */
    @Test
    void commitsAfterAWrongPasswordKeepTheirDistance() {
        setHub(only("main"));
        stage.during.add(failing(Reason.REMOTE_DENIED));
        stage.during.add(failing(Reason.REMOTE_DENIED));
        stage.commit();
        stage.settle();
        stage.commit();
        stage.settle();
        assertThat(stage.pushes).isEqualTo(1);
        assertThat(stage.word("main")).isEqualTo("retrying");
        stage.pass(Duration.ofSeconds(5));
        assertThat(stage.pushes).isEqualTo(2);
        assertThat(stage.word("main")).isEqualTo("waiting");
    }

    @Test
    void aRefusalMayHaveBeenARaceAndIsTriedAFewTimes() {
        setHub(only("main"));
        for (int i = 0; i < 9; i++) {
            stage.during.add(failing(Reason.REMOTE_REFUSED));
        }
        stage.commit();
        stage.settle();
        stage.pass(Duration.ofDays(1));
        stage.pass(Duration.ofDays(1));
        stage.pass(Duration.ofDays(1));
        stage.pass(Duration.ofDays(1));
        assertThat(stage.pushes).isEqualTo(4);
        assertThat(stage.word("main")).isEqualTo("waiting");
    }

    @Test
    void aRestartGoesOn() {
        setHub(only("main"));
        stage.commit();
        restart(); // before anything was pushed
        stage.settle();
        assertThat(stage.arrived).containsExactly("hub main " + stage.head(MAIN));

        stage.during.add(failing(Reason.UNREACHABLE));
        stage.during.add(failing(Reason.UNREACHABLE));
        stage.commit();
        stage.settle();
        stage.pass(Duration.ofSeconds(5));
        Publication.Setback before = stage.state("main").publication().setback().orElseThrow();
        assertThat(before.failures()).isEqualTo(2);
        restart();
        stage.settle();
        assertThat(stage.state("main").publication().setback()).contains(before);
        assertThat(stage.pushes).isZero();
        stage.pass(Duration.ofSeconds(10));
        assertThat(stage.arrived).containsExactly("hub main " + stage.head(MAIN));

        restart();
        stage.settle();
        assertThat(stage.pushes).as("nothing is pushed twice").isZero();
    }

    /** The operator may have allowed the host, or given the key of the vault. */
    @Test
    void whatWaitsIsTriedOnceAfterARestart() {
        setHub(only("main"));
        stage.during.add(failing(Reason.FORBIDDEN));
        stage.commit();
        stage.settle();
        stage.pass(Duration.ofMinutes(1));
        restart();
        stage.during.add(failing(Reason.FORBIDDEN));
        stage.settle();
        assertThat(stage.pushes).isEqualTo(1);
        assertThat(stage.word("main")).isEqualTo("waiting");
        stage.pass(Duration.ofDays(1));
        assertThat(stage.pushes).isEqualTo(1);
    }

    /** The process may end at any moment of a push; the remote may have got it or not. */
    @Test
    void anEndDuringAPushIsNoFailureAndNothingIsLost() {
        setHub(only("main"));
        stage.during.add(() -> {
            throw new Killed();
        });
        ObjectName commit = stage.commit();
        assertThatThrownBy(stage::settle).isInstanceOf(Killed.class);
        assertThat(stage.word("main")).isEqualTo("pending");
        restart();
        stage.settle();
        assertThat(stage.arrived).containsExactly("hub main " + commit);
        assertThat(stage.word("main")).isEqualTo("published");
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aDeadRemoteHoldsUpNoOther() {
        setHub(only("main"));
        RemoteName second = new RemoteName("second");
        stage.set(second, BranchSelection.ALL);
        stage.settle();
        stage.arrived.clear();
        stage.during.add(failing(Reason.UNREACHABLE));
        stage.commit();
        stage.settle();
        assertThat(stage.arrived).hasSize(1);
        stage.pass(PublishingStage.FIRST);
        assertThat(stage.arrived)
                .containsExactlyInAnyOrder("hub main " + stage.head(MAIN), "second main " + stage.head(MAIN));
    }

    /** A disk that is full takes no note of the failure; the next attempt must not follow at once, again and again. */
    @Test
    void whatCannotBeWrittenDownIsNotTriedWithoutAPause() throws Exception {
        setHub(only("main"));
        Path obstacle = data.resolve("repositories/team.git/offshoot-remotes.lock");
        Files.createDirectory(obstacle);
        clock.pass(Duration.ofSeconds(1));
        ObjectName commit = stage.commit();
        stage.settle();
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.arrived).isEmpty();
        assertThat(stage.alarms()).isEqualTo(1);
        Files.delete(obstacle);
        stage.pass(PublishingStage.FIRST);
        assertThat(stage.arrived).containsExactly("hub main " + commit);
        assertThat(stage.word("main")).isEqualTo("published");
    }

    @Test
    void damagedRemotesStopNoCommit() throws Exception {
        setHub(only("main"));
        Path file = data.resolve("repositories/team.git/offshoot-remotes");
        byte[] good = Files.readAllBytes(file);
        Files.writeString(file, "[remote \"hub\"]\n\turl = nonsense\n");
        ObjectName commit = stage.commit();
        stage.settle();
        assertThatThrownBy(() -> stage.remotes.show(TEAM, HUB)).isInstanceOf(Failure.class);
        Files.write(file, good);
        stage.pass(PublishingStage.LONGEST);
        assertThat(stage.arrived).containsExactly("hub main " + commit);
    }

    @Test
    void aClockThatWasSetBackDoesNotHoldUpForYears() {
        setHub(only("main"));
        stage.during.add(failing(Reason.UNREACHABLE));
        stage.commit();
        stage.settle();
        clock.pass(Duration.ofDays(-700));
        stage.publishing.moved(TEAM);
        stage.settle();
        assertThat(stage.word("main")).isEqualTo("published");
    }

    @Test
    void anotherPlaceBeginsAnewAndKeepsItsBranches() {
        setHub(only("main"));
        stage.remotes.put(
                TEAM,
                HUB,
                (dev.offshoot.model.RemoteUrl.Http) dev.offshoot.model.RemoteUrl.parse("https://example.org/else.git"),
                "",
                Optional.empty(),
                Optional.empty());
        assertThat(stage.word("main")).isEqualTo("pending");
        stage.settle();
        assertThat(stage.arrived).containsExactly("else main " + stage.head(MAIN));
    }

    @Test
    void aDeletedWorkspaceOrRemoteEndsIt() {
        setHub(only("main"));
        stage.during.add(failing(Reason.UNREACHABLE));
        stage.commit();
        stage.settle();
        stage.remotes.delete(TEAM, HUB);
        stage.pass(Duration.ofHours(1));
        setHub(only("main"));
        stage.during.add(failing(Reason.UNREACHABLE));
        stage.commit();
        stage.settle();
        stage.pushes = 0;
        stage.store.delete(TEAM);
        stage.pass(Duration.ofHours(1));
        assertThat(stage.pushes).isZero();
        assertThat(stage.alarms()).isZero();
    }

    @Test
    void waitsGrowToALimitAndVary() {
        RetryPolicy shortest = new RetryPolicy(Duration.ofSeconds(4), Duration.ofMinutes(1), () -> 0);
        RetryPolicy longest = new RetryPolicy(Duration.ofSeconds(4), Duration.ofMinutes(1), () -> 1);
        for (int failures = 1; failures < 100; failures++) {
            long most = Math.min(60, failures > 10 ? 60 : 4L << (failures - 1));
            assertThat(shortest.pause(failures)).isEqualTo(Duration.ofMillis(most * 500));
            assertThat(longest.pause(failures)).isEqualTo(Duration.ofSeconds(most));
        }
        assertThat(longest.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Instant.EPOCH.plus(longest.pause(1_000_000))).isBefore(Instant.EPOCH.plusSeconds(61));
    }
}
