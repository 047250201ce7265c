package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.ANNA;
import static dev.offshoot.store.StoreFixture.ID;
import static dev.offshoot.store.StoreFixture.NAME;
import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.store.CheckoutState.Status;
import dev.offshoot.store.FaultPoint.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path data;

    private FileRepositoryStore store;
    private WorkspaceRepository workspace;

    @BeforeEach
    void open() {
        store = open(FaultPoint.NONE);
        workspace = store.create(NAME, ID, ANNA);
    }

    private FileRepositoryStore open(FaultPoint faults) {
        StoreOptions options = StoreOptions.of(Clock.fixed(StoreFixture.NOON, ZoneOffset.UTC))
                .withOrigin(name -> Optional.of("http://localhost:1/git/" + name + ".git"));
        return FileRepositoryStore.open(data, options, faults);
    }

    private void reopen(FaultPoint faults) {
        store.close();
        store = open(faults);
        workspace = store.find(NAME).orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path tree() {
        return data.resolve("workspaces/team");
    }

    private Git git() {
        return new Git(tree());
    }

    private ObjectName update(TreeEdit edit) {
        return workspace.update(request(edit, edit("l", "" + edit.hashCode()))).commit();
    }

    private void assertFollowed(ObjectName commit) {
        CheckoutState state = workspace.awaitCheckout(LONG);
        assertThat(state).isEqualTo(new CheckoutState(Status.CURRENT, Optional.of(commit), ""));
        assertThat(git().run("status", "--porcelain")).isEmpty();
        assertThat(git().run("rev-parse", "HEAD", "origin/main")).isEqualTo(commit.value() + "\n" + commit.value());
        assertThat(workspace.checkout()).isEqualTo(state);
    }

    @Test
    void aCheckoutIsAnOrdinaryCleanClone() throws Exception {
        ObjectName commit = update(edit("a/b/c.yaml", "1\n", "a/x", "2", "y", ""));
        assertFollowed(commit);
        assertThat(git().run("status")).contains("On branch main").contains("up to date with 'origin/main'");
        assertThat(git().run("remote", "get-url", "origin")).isEqualTo("http://localhost:1/git/team.git");
        assertThat(git().run("log", "--format=%s")).isEqualTo("Change something\nCreate the workspace");
        assertThat(git().run("fsck", "--strict").lines().filter(line -> !line.startsWith("dangling")))
                .isEmpty();
        assertThat(Files.readString(tree().resolve("a/b/c.yaml"))).isEqualTo("1\n");
        try (Stream<Path> leftovers = Files.list(data.resolve("workspaces"))) {
            assertThat(leftovers).containsExactly(tree());
        }
    }

    @Test
    void itFollowsWhatChangesAndOnlyThat() throws Exception {
        assertFollowed(update(edit("a/b", "1", "a/c", "1", "d", "1", "e/f", "1")));
        Object untouched = Files.getAttribute(tree().resolve("a/c"), "unix:ino");
        assertFollowed(update(edit("a/b", "2", "d", "-", "d/e", "2", "e/f", "-", "e", "2")));
        assertThat(Files.readString(tree().resolve("d/e"))).isEqualTo("2");
        assertThat(Files.readString(tree().resolve("e"))).isEqualTo("2");
        assertThat(Files.getAttribute(tree().resolve("a/c"), "unix:ino")).isEqualTo(untouched);
        assertFollowed(update(edit("d", "-", "a", "-")));
        assertThat(tree().resolve("d")).doesNotExist();
        assertThat(tree().resolve("a")).doesNotExist();
    }

    @Test
    void itStaysCompleteWhilePacksAreFolded() {
        ObjectName last = null;
        for (int i = 0; i < 120; i++) {
            last = update(edit("f" + i % 5, "" + i));
        }
        assertFollowed(last);
        assertThat(git().run("rev-list", "--count", "--objects", "HEAD")).isNotEmpty();
        assertThat(git().run("fsck", "--strict").lines().filter(line -> !line.startsWith("dangling")))
                .isEmpty();
        Path packs = tree().resolve(".git/objects/pack");
        assertThat(packs.toFile().list((folder, name) -> name.endsWith(".pack")))
                .hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void aChangedFileIsLeftAloneUntilItIsPutBack() throws Exception {
        ObjectName first = update(edit("a", "1", "b", "1"));
        assertFollowed(first);
        Files.writeString(tree().resolve("a"), "mine");
        ObjectName second = update(edit("a", "2", "b", "2"));
        CheckoutState left = workspace.awaitCheckout(LONG);
        assertThat(left).isEqualTo(new CheckoutState(Status.LEFT_ALONE, Optional.of(first), "changed here: a"));
        assertThat(Files.readString(tree().resolve("a"))).isEqualTo("mine");
        assertThat(Files.readString(tree().resolve("b"))).isEqualTo("1");
        git().run("checkout", "-q", "a");
        assertFollowed(second);
    }

    @Test
    void changesElsewhereDoNotHoldItBack() throws Exception {
        assertFollowed(update(edit("a", "1", "b", "1")));
        Files.writeString(tree().resolve("b"), "mine");
        Files.writeString(tree().resolve("new"), "mine");
        ObjectName second = update(edit("a", "2"));
        assertThat(workspace.awaitCheckout(LONG).commit()).contains(second);
        assertThat(git().run("status", "--porcelain")).isEqualTo(" M b\n?? new");
    }

    @Test
    void everyKindOfForeignChangeOnATouchedPathCounts() throws Exception {
        ObjectName first = update(edit("a", "1", "deep/er/f", "1"));
        assertFollowed(first);
        Files.delete(tree().resolve("a"));
        update(edit("a", "2"));
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("changed here: a");
        git().run("checkout", "-q", "a");
        workspace.awaitCheckout(LONG);
        Files.writeString(tree().resolve("n"), "untracked");
        update(edit("n", "3"));
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("changed here: n");
        Files.delete(tree().resolve("n"));
        workspace.awaitCheckout(LONG);
        Files.writeString(tree().resolve("a"), "staged");
        git().run("add", "a");
        Files.writeString(tree().resolve("a"), "2");
        update(edit("a", "4"));
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("changed here: a");
        git().run("reset", "-q", "--hard");
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.CURRENT);
    }

    @Test
    void nothingIsEverWrittenThroughALink() throws Exception {
        assertFollowed(update(edit("a/f", "1")));
        Path outside = Files.createDirectory(data.resolve("outside"));
        Files.writeString(outside.resolve("f"), "1");
        Durable.deleteTree(tree().resolve("a"));
        Files.createSymbolicLink(tree().resolve("a"), Path.of("../../outside"));
        update(edit("a/f", "2", "a/g", "2"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.LEFT_ALONE);
        assertThat(Files.readString(outside.resolve("f"))).isEqualTo("1");
        assertThat(outside.resolve("g")).doesNotExist();
    }

    @Test
    void ownCommitsAndOtherBranchesAreLeftAlone() throws Exception {
        ObjectName first = update(edit("a", "1"));
        assertFollowed(first);
        git().run("checkout", "-q", "-b", "mine");
        update(edit("a", "2"));
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("another branch is checked out");
        git().run("checkout", "-q", "main");
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.CURRENT);
        git().run("commit", "-q", "--allow-empty", "-m", "mine");
        ObjectName third = update(edit("a", "3"));
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("there are commits that were not pushed");
        git().run("reset", "-q", "--hard", "HEAD~");
        assertFollowed(third);
        git().run("reset", "-q", "--hard", "HEAD~");
        update(edit("a", "4"));
        assertThat(workspace.awaitCheckout(LONG).reason()).startsWith("the branch main was moved to ");
    }

    @Test
    void whoPulledOrPushedHimselfIsWhereItWouldHaveBroughtHim() throws Exception {
        ObjectName first = update(edit("a", "1"));
        assertFollowed(first);
        Files.writeString(tree().resolve("mine"), "1");
        git().run("add", "mine");
        git().run("commit", "-q", "-m", "mine");
        git().run("push", "-q", data.resolve("repositories/team.git").toString(), "main");
        ObjectName pushed = new ObjectName(git().run("rev-parse", "HEAD"));
        assertThat(workspace.awaitCheckout(LONG)).isEqualTo(new CheckoutState(Status.CURRENT, Optional.of(pushed), ""));
        assertFollowed(update(edit("a", "2")));
    }

    /** The later files are written while the move is under way: after they were looked at, before their turn. */
    @ParameterizedTest
    @ValueSource(strings = {"d", "e", "n"})
    void whatIsWrittenDuringAMoveIsNeverOverwritten(String late) throws Exception {
        ObjectName first = update(edit("a", "1", "b", "1", "c", "1", "d", "1", "e", "1", "p/q", "1"));
        assertFollowed(first);
        AtomicInteger files = new AtomicInteger();
        reopen(step -> {
            if (step == Step.CHECKOUT_FILE && files.getAndIncrement() == 1) {
                Files.writeString(tree().resolve(late), "mine");
            }
        });
        ObjectName second =
                update(edit("a", "2", "b", "-", "p/q", "-", "c", "2", "d", "2", "e", "2", "n", "2", "new/x", "2"));
        CheckoutState left = workspace.awaitCheckout(LONG);
        assertThat(left).isEqualTo(new CheckoutState(Status.LEFT_ALONE, Optional.of(first), "changed here: " + late));
        assertThat(Files.readString(tree().resolve(late))).isEqualTo("mine");
        assertThat(git().run("status", "--porcelain")).isEqualTo(late.equals("n") ? "?? n" : " M " + late);
        assertThat(git().run("rev-parse", "HEAD")).isEqualTo(first.value());
        Files.delete(tree().resolve(late));
        git().run("reset", "-q", "--hard");
        assertFollowed(second);
    }

    @Test
    void aRunningGitCommandIsNotDisturbed() throws Exception {
        assertFollowed(update(edit("a", "1")));
        Files.createFile(tree().resolve(".git/index.lock"));
        ObjectName second = update(edit("a", "2"));
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("a Git command holds the index");
        // Nor after a restart: it is still not ours.
        reopen(FaultPoint.NONE);
        assertThat(workspace.awaitCheckout(LONG).reason()).isEqualTo("a Git command holds the index");
        assertThat(tree().resolve(".git/index.lock")).exists();
        Files.delete(tree().resolve(".git/index.lock"));
        assertFollowed(second);
    }

    @Test
    void aFolderThatIsNotOursIsNotTouched() throws Exception {
        assertFollowed(update(edit("a", "1")));
        Durable.deleteTree(tree());
        Files.createDirectory(tree());
        Files.writeString(tree().resolve("a"), "somebody's");
        update(edit("a", "2"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.LEFT_ALONE);
        assertThat(Files.readString(tree().resolve("a"))).isEqualTo("somebody's");
        Durable.deleteTree(tree());
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.CURRENT);
    }

    @Test
    void deletingTheWorkspaceDeletesItsCheckout() throws Exception {
        assertFollowed(update(edit("a", "1")));
        store.delete(NAME);
        assertThat(data.resolve("workspaces")).isEmptyDirectory();
        workspace = store.create(NAME, ID, ANNA);
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.CURRENT);
    }

    @Test
    void whatWasMissedIsMadeUpForAtTheNextStart() throws Exception {
        assertFollowed(update(edit("a", "1")));
        store.close();
        StoreOptions without = StoreFixture.options();
        ObjectName second;
        try (FileRepositoryStore other = FileRepositoryStore.open(data, without)) {
            WorkspaceRepository quiet = other.find(NAME).orElseThrow();
            second = quiet.update(request(edit("a", "2"))).commit();
            assertThat(quiet.awaitCheckout(LONG).status()).isEqualTo(Status.DISABLED);
        }
        store = open(FaultPoint.NONE);
        workspace = store.find(NAME).orElseThrow();
        assertFollowed(second);
    }

    @Test
    void aLargeImportIsWrittenFileByFile() throws Exception {
        String[] files = new String[4_000];
        for (int i = 0; i < files.length; i += 2) {
            files[i] = "new/" + i % 7 + "/" + i;
            files[i + 1] = "content " + i;
        }
        assertFollowed(update(edit("a", "1")));
        assertFollowed(update(edit(files)));
        for (int i = 0; i < files.length; i += 2) {
            assertThat(Files.readString(tree().resolve(files[i]))).isEqualTo(files[i + 1]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "HEAD", "refs/heads/main", "refs/remotes/origin/main"})
    void theLocksOfAKilledProcessAreRemoved(String locked) throws Exception {
        assertFollowed(update(edit("a", "1")));
        // Killed between the note of the move and the first lock, or after any of them: what is locked is ours.
        reopen(step -> {
            if (step == Step.CHECKOUT_LOCKING) {
                throw new IOException("stopped at " + step);
            }
        });
        ObjectName second = update(edit("a", "2"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.FAILED);
        Files.createFile(tree().resolve(".git/" + locked + ".lock"));
        reopen(FaultPoint.NONE);
        assertFollowed(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"CHECKOUT_STARTED", "CHECKOUT_LOCKING", "CHECKOUT_FILE", "CHECKOUT_INDEX", "CHECKOUT_REFS"})
    void aMoveThatStoppedHalfWayIsFinished(Step where) throws Exception {
        assertFollowed(update(edit("a", "1", "b", "1", "c/d", "1")));
        AtomicInteger countdown = new AtomicInteger(2);
        reopen(step -> {
            if (step == where && countdown.decrementAndGet() <= 0) {
                throw new IOException("stopped at " + step);
            }
        });
        update(edit("a", "2", "b", "-", "c/d", "-", "c", "2", "n/e/w", "2"));
        workspace.awaitCheckout(LONG);
        update(edit("a", "3", "n", "-"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.FAILED);
        Files.deleteIfExists(tree().resolve(".git/index.lock"));
        Files.createFile(tree().resolve(".git/index.lock")); // as a killed process would leave it
        if (!Files.exists(tree().resolve(".git/offshoot/moving"))) {
            Files.delete(tree().resolve(".git/index.lock"));
        }
        reopen(FaultPoint.NONE);
        assertFollowed(update(edit("z", "4")));
        assertThat(tree().resolve("n")).doesNotExist();
        assertThat(Files.readString(tree().resolve("a"))).isEqualTo("3");
    }

    private void assertFollowed(ObjectName commit, String branch) {
        assertThat(workspace.awaitCheckout(LONG)).isEqualTo(new CheckoutState(Status.CURRENT, Optional.of(commit), ""));
        assertThat(git().run("status", "--porcelain")).isEmpty();
        assertThat(git().run("symbolic-ref", "--short", "HEAD")).isEqualTo(branch);
        assertThat(git().run("rev-parse", "HEAD", "origin/" + branch))
                .isEqualTo(commit.value() + "\n" + commit.value());
        assertThat(git().run("status")).contains("up to date with 'origin/" + branch + "'");
    }

    /** Two branches that have parted, the second one with other files. */
    private ObjectName parted() {
        assertFollowed(update(edit("a", "1", "b", "1")));
        workspace.createBranch(new BranchName("next"), Revision.DEFAULT);
        ObjectName there = workspace
                .update(StoreFixture.on(new BranchName("next"), edit("a", "2", "b", "-", "c", "2")))
                .commit();
        assertFollowed(update(edit("a", "3")));
        return there;
    }

    @Test
    void itChangesToAnotherDefaultBranchAndBack() {
        ObjectName there = parted();
        ObjectName here = workspace.snapshot(Revision.DEFAULT).orElseThrow().commit();
        workspace.setDefaultBranch(new BranchName("next"));
        assertThat(workspace.defaultBranch()).isEqualTo(new BranchName("next"));
        assertFollowed(there, "next");
        assertThat(tree().resolve("b")).doesNotExist();
        reopen(FaultPoint.NONE);
        assertThat(workspace.defaultBranch()).isEqualTo(new BranchName("next"));
        workspace.setDefaultBranch(new BranchName("main"));
        assertFollowed(here, "main");
        assertThat(tree().resolve("c")).doesNotExist();
    }

    @Test
    void aDefaultBranchThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> workspace.setDefaultBranch(new BranchName("no-such")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no-such");
        assertThat(workspace.defaultBranch()).isEqualTo(new BranchName("main"));
    }

    @Test
    void anotherDefaultBranchLeavesWorkOfPeopleAlone() throws Exception {
        ObjectName there = parted();
        Files.writeString(tree().resolve("a"), "mine");
        workspace.setDefaultBranch(new BranchName("next"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.LEFT_ALONE);
        assertThat(Files.readString(tree().resolve("a"))).isEqualTo("mine");
        git().run("checkout", "-q", "a");
        assertFollowed(there, "next");
        git().run("commit", "-q", "--allow-empty", "-m", "mine");
        String mine = git().run("rev-parse", "HEAD");
        workspace.setDefaultBranch(new BranchName("main"));
        assertThat(workspace.awaitCheckout(LONG).reason()).contains("not pushed");
        assertThat(git().run("rev-parse", "HEAD")).isEqualTo(mine);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"CHECKOUT_BRANCH", "CHECKOUT_LOCKING", "CHECKOUT_FILE", "CHECKOUT_INDEX", "CHECKOUT_REFS"})
    void aChangeOfTheBranchThatStoppedHalfWayIsFinished(Step where) throws Exception {
        ObjectName there = parted();
        reopen(step -> {
            if (step == where) {
                throw new IOException("stopped at " + step);
            }
        });
        workspace.setDefaultBranch(new BranchName("next"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.FAILED);
        Files.createFile(tree().resolve(".git/HEAD.lock")); // as a killed process would leave it
        reopen(FaultPoint.NONE);
        assertFollowed(there, "next");
    }

    @Test
    void aDefaultBranchIsChosenWhollyOrNotAtAll() {
        parted();
        reopen(step -> {
            if (step == Step.DEFAULT_WRITTEN) {
                throw new IOException("stopped at " + step);
            }
        });
        assertThatThrownBy(() -> workspace.setDefaultBranch(new BranchName("next")))
                .isInstanceOf(Failure.class);
        reopen(FaultPoint.NONE);
        assertThat(workspace.defaultBranch()).isEqualTo(new BranchName("main"));
        workspace.setDefaultBranch(new BranchName("next"));
        assertThat(workspace.defaultBranch()).isEqualTo(new BranchName("next"));
    }

    @Test
    void whatMustNotBeCheckedOutIsNot() throws Exception {
        assertFollowed(update(edit("a", "1")));
        Path clone = data.resolve("clone");
        new Git(data).run("clone", "-q", data.resolve("repositories/team.git").toString(), clone.toString());
        Files.createSymbolicLink(clone.resolve("link"), Path.of("a"));
        new Git(clone).run("add", "link");
        new Git(clone).run("commit", "-q", "-m", "a link");
        new Git(clone).run("push", "-q");
        CheckoutState state = workspace.awaitCheckout(LONG);
        assertThat(state.status()).isEqualTo(Status.FAILED);
        assertThat(state.reason()).contains("link");
        assertThat(tree().resolve("link")).doesNotExist();
    }

    @Test
    void plantedHooksAndFiltersNeverRun() throws Exception {
        assertFollowed(update(edit("a", "1")));
        Path canary = data.resolve("canary");
        String script = "#!/bin/sh\ncat\ntouch " + canary + "\n";
        for (Path git : new Path[] {data.resolve("repositories/team.git"), tree().resolve(".git")}) {
            Path hooks = Files.createDirectories(git.resolve("hooks"));
            for (String hook : new String[] {
                "reference-transaction",
                "post-checkout",
                "post-commit",
                "pre-commit",
                "post-update",
                "post-index-change",
                "filter"
            }) {
                Path file = Files.writeString(hooks.resolve(hook), script);
                assertThat(file.toFile().setExecutable(true)).isTrue();
            }
            Files.writeString(
                    git.resolve("config"),
                    Files.readString(git.resolve("config")) + "[core]\n\thooksPath = " + hooks + "\n\tfsmonitor = "
                            + hooks + "/filter\n[filter \"f\"]\n\tclean = " + hooks + "/filter\n\tsmudge = " + hooks
                            + "/filter\n");
            Files.createDirectories(git.resolve("info"));
            Files.writeString(git.resolve("info/attributes"), "* filter=f\n");
        }
        reopen(FaultPoint.NONE);
        update(edit("a", "2", ".gitattributes", "* filter=f\n", "b", "2"));
        assertThat(workspace.awaitCheckout(LONG).status()).isEqualTo(Status.CURRENT);
        assertThat(Files.readString(tree().resolve("b"))).isEqualTo("2");
        assertThat(canary).doesNotExist();
    }
}
