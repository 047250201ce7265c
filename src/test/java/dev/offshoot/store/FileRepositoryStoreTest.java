package dev.offshoot.store;

import static dev.offshoot.store.StoreFixture.ANNA;
import static dev.offshoot.store.StoreFixture.ID;
import static dev.offshoot.store.StoreFixture.MAIN;
import static dev.offshoot.store.StoreFixture.NAME;
import static dev.offshoot.store.StoreFixture.NOON;
import static dev.offshoot.store.StoreFixture.edit;
import static dev.offshoot.store.StoreFixture.expecting;
import static dev.offshoot.store.StoreFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRepositoryStoreTest {
    @TempDir
    Path data;

    private StoreFixture fixture;
    private WorkspaceRepository workspace;

    @BeforeEach
    void open() {
        fixture = StoreFixture.at(data);
        workspace = fixture.create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aNewWorkspaceIsAnOrdinaryBareRepositoryWithOneCommit() {
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
        assertThat(fixture.git().run("log", "--format=%an %ae %cI %s"))
                .isEqualTo("Anna anna@example.org 2026-11-21T12:00:00+00:00 Create the workspace");
        assertThat(fixture.git().run("ls-tree", "-r", "--name-only", "main"))
                .isEqualTo(".gitattributes\noffshoot.yaml");
        assertThat(fixture.git().run("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        Snapshot first = workspace.snapshot(Revision.DEFAULT).orElseThrow();
        assertThat(first.files().read(TreePath.of("offshoot.yaml"))).contains(Content.utf8("format: 1\n"));
        assertThat(first.ledgerCommit()).isEmpty();
        assertThat(first.ledger().list(TreePath.ROOT)).isEmpty();
        assertThat(workspace.defaultBranch()).isEqualTo(MAIN);
        assertThat(workspace.branches()).containsExactly(MAIN);
    }

    @Test
    void whatIsKnownOfAWorkspaceSurvivesReopening() {
        assertThat(workspace.info()).isEqualTo(new WorkspaceInfo(NAME, ID, NOON));
        fixture.close();
        fixture = StoreFixture.at(data);
        assertThat(fixture.store.list()).containsExactly(new WorkspaceInfo(NAME, ID, NOON));
        assertThat(fixture.workspace().info().id()).isEqualTo(ID);
    }

    @Test
    void aNameCanBeTakenOnceAndAgainAfterDeletion() {
        assertThat(failure(() -> fixture.create()).reason()).isEqualTo(Reason.ALREADY_EXISTS);
        fixture.store.delete(NAME);
        assertThat(fixture.store.find(NAME)).isEmpty();
        assertThat(fixture.store.list()).isEmpty();
        assertThat(data.resolve("repositories")).isEmptyDirectory();
        assertThat(failure(() -> workspace.snapshot(Revision.DEFAULT)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(failure(() -> fixture.store.delete(NAME)).reason()).isEqualTo(Reason.NOT_FOUND);
        fixture.create();
        assertThat(fixture.workspace().snapshot(Revision.DEFAULT)).isPresent();
    }

    @Test
    void onlyOneStoreMayUseAFolder() {
        assertThat(failure(() -> StoreFixture.at(data)).reason()).isEqualTo(Reason.BUSY);
    }

    @Test
    void anUpdateMovesBranchAndLedgerTogether() {
        ObjectName before = workspace.snapshot(Revision.DEFAULT).orElseThrow().commit();
        UpdateResult result = workspace.update(
                request(edit("tooljet/apps/crm/app.yaml", "name: CRM\n"), edit("tooljet/apps/crm/ids", "1\n")));
        assertThat(result.moved()).isTrue();
        assertThat(result.before()).isEqualTo(before);
        Snapshot after = workspace.snapshot(Revision.DEFAULT).orElseThrow();
        assertThat(after.commit()).isEqualTo(result.commit());
        assertThat(after.ledgerCommit()).isEqualTo(result.ledgerCommit()).isPresent();
        assertThat(after.receipt()).contains("{\"a\":1}\n");
        assertThat(after.files().read(TreePath.of("tooljet/apps/crm/app.yaml"))).contains(Content.utf8("name: CRM\n"));
        assertThat(after.ledger().read(TreePath.of("tooljet/apps/crm/ids"))).contains(Content.utf8("1\n"));
        assertThat(after.files().objectAt(TreePath.ROOT)).contains(result.tree());
        assertThat(fixture.git().run("rev-parse", "main", "refs/offshoot/ledger/main"))
                .isEqualTo(result.commit() + "\n" + result.ledgerCommit().orElseThrow());
        assertThat(fixture.git().run("log", "-1", "--format=%B", "refs/offshoot/ledger/main"))
                .contains("Branch-Commit: " + result.commit());
        assertThat(fixture.git().run("show", "main:tooljet/apps/crm/app.yaml")).isEqualTo("name: CRM");
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void anUpdateWhoseConditionTurnsOutWrongChangesNothing() {
        String before = fixture.git().run("for-each-ref");
        String objects = fixture.git().run("count-objects", "-v");
        Failure wrong = Failure.of(Reason.NOT_LOSSLESS, "/a", "this part of the document would be lost");
        Failure seen = failure(() -> workspace.update(
                request(edit("tooljet/apps/crm/app.yaml", "name: CRM\n"), edit("tooljet/apps/crm/ids", "1\n")), () -> {
                    throw wrong;
                }));
        assertThat(seen).isSameAs(wrong);
        assertThat(fixture.git().run("for-each-ref")).isEqualTo(before);
        assertThat(fixture.git().run("count-objects", "-v")).isEqualTo(objects);
    }

    @Test
    void onlyTheLedgerMovesWhenNoFileChanges() {
        UpdateResult first = workspace.update(request(edit("a.txt", "1"), edit("l", "1")));
        UpdateResult second = workspace.update(request(edit("a.txt", "1"), edit("l", "2")));
        assertThat(second.moved()).isFalse();
        assertThat(second.commit()).isEqualTo(first.commit());
        assertThat(second.ledgerCommit()).isNotEqualTo(first.ledgerCommit());
        assertThat(workspace.snapshot(Revision.DEFAULT).orElseThrow().ledgerCommit())
                .isEqualTo(second.ledgerCommit());
        UpdateResult third = workspace.update(request(edit("b/c.txt", "1"), edit("l", "3")));
        assertThat(third.moved()).isTrue();
        assertThat(fixture.git().run("rev-list", "--count", "refs/offshoot/ledger/main"))
                .isEqualTo("3");
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void nothingMovesWhenNothingChanges() {
        UpdateResult first = workspace.update(request(edit("a.txt", "1"), edit("l", "1")));
        UpdateResult second = workspace.update(request(edit("a.txt", "1", "gone", "-"), edit("l", "1")));
        assertThat(second)
                .isEqualTo(new UpdateResult(first.commit(), first.commit(), false, first.tree(), first.ledgerCommit()));
        assertThat(fixture.git().run("rev-list", "--count", "--all")).isEqualTo("3");
    }

    @Test
    void editsAreThoseOfTheWholeTreeWhateverTheOrder() {
        workspace.update(request(edit("a/b/c", "1", "a/b/d", "2", "a/e", "3", "a.txt", "4", "a-b", "5", "f", "6")));
        workspace.update(request(edit("a/b", "-", "a/b/x", "7", "f", "-", "f/g", "8", "a-b", "9", "z", "-")));
        assertThat(fixture.git().run("ls-tree", "-r", "--name-only", "main"))
                .isEqualTo(".gitattributes\na-b\na.txt\na/b/x\na/e\nf/g\noffshoot.yaml");
        workspace.update(request(edit("a", "-", "f/g", "-")));
        assertThat(fixture.git().run("ls-tree", "--name-only", "main"))
                .isEqualTo(".gitattributes\na-b\na.txt\noffshoot.yaml");
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
        Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
        assertThat(now.files().entries(TreePath.ROOT))
                .containsOnlyKeys(".gitattributes", "a-b", "a.txt", "offshoot.yaml");
        assertThat(now.files().list(TreePath.of("a.txt"))).hasSize(1);
        assertThat(now.files().list(TreePath.of("nothing"))).isEmpty();
        assertThat(now.files().objectAt(TreePath.of("a.txt/b"))).isEmpty();
    }

    @Test
    void everythingMayBeRemoved() {
        UpdateResult result = workspace.update(request(edit("", "-")));
        assertThat(result.tree().value()).isEqualTo("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
        assertThat(workspace.snapshot(Revision.DEFAULT).orElseThrow().files().list(TreePath.ROOT))
                .isEmpty();
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
        workspace.update(request(edit("a", "1")));
        assertThat(fixture.git().run("ls-tree", "--name-only", "main")).isEqualTo("a");
    }

    @Test
    void anExpectationThatDoesNotHoldRefusesTheUpdate() {
        UpdateResult first = workspace.update(request(edit("a/b", "1"), edit("l", "1")));
        ObjectName folder = workspace
                .snapshot(Revision.DEFAULT)
                .orElseThrow()
                .files()
                .objectAt(TreePath.of("a"))
                .orElseThrow();
        Map<TreePath, Optional<ObjectName>> asItWas =
                Map.of(TreePath.of("a"), Optional.of(folder), TreePath.of("new"), Optional.empty());
        workspace.update(expecting(request(edit("c", "1")), asItWas));
        workspace.update(request(edit("a/b", "2")));
        Failure stale = failure(() -> workspace.update(expecting(request(edit("c", "2")), asItWas)));
        assertThat(stale.reason()).isEqualTo(Reason.STALE_PLAN);
        assertThat(stale.problems().get(0).where()).isEqualTo("a");
        assertThat(failure(() -> workspace.update(expecting(request(edit("c", "2")), first.commit())))
                        .reason())
                .isEqualTo(Reason.STALE_PLAN);
        assertThat(fixture.git().run("show", "main:c")).isEqualTo("1");
    }

    @Test
    void clashesAndHostilePathsAreRefused() {
        workspace.update(request(edit("a/b", "1", "file", "1")));
        String before = fixture.git().run("rev-parse", "main");
        for (String path : List.of(
                "a",
                "file/x",
                "A/b2",
                "FILE",
                ".gitmodules",
                "x/.GITMODULES",
                "gitmod~1",
                ".g\u200cit/config",
                "a/.g\u200Ditmodules")) {
            assertThat(failure(() -> workspace.update(request(edit(path, "2")))).reason())
                    .as(path)
                    .isEqualTo(Reason.INVALID_PATH);
        }
        assertThat(failure(() -> workspace.update(request(edit("n", "1", "n/m", "1"))))
                        .reason())
                .isEqualTo(Reason.INVALID_PATH);
        assertThat(failure(() -> workspace.update(request(edit("n/Ä", "1", "n/a\u0308", "1"))))
                        .reason())
                .isEqualTo(Reason.INVALID_PATH);
        assertThat(fixture.git().run("rev-parse", "main")).isEqualTo(before);
    }

    @Test
    void aRenameByLetterCaseIsNoClash() {
        workspace.update(request(edit("a/b", "1")));
        workspace.update(request(edit("a", "-", "A/b", "1")));
        assertThat(fixture.git().run("ls-tree", "-r", "--name-only", "main", "A", "a"))
                .isEqualTo("A/b");
    }

    @Test
    void anOldCommitComesWithTheLedgerOfItsTime() {
        UpdateResult first = workspace.update(request(edit("a", "1"), edit("l", "1")));
        UpdateResult ledgerOnly = workspace.update(request(TreeEdit.NONE, edit("l", "1b")));
        UpdateResult second = workspace.update(request(edit("a", "2")));
        UpdateResult third = workspace.update(request(edit("a", "3"), edit("l", "3")));
        assertThat(at(first).ledgerCommit()).isEqualTo(ledgerOnly.ledgerCommit());
        assertThat(at(second).ledger().read(TreePath.of("l"))).contains(Content.utf8("1b"));
        assertThat(at(second).files().read(TreePath.of("a"))).contains(Content.utf8("2"));
        assertThat(at(third).ledger().read(TreePath.of("l"))).contains(Content.utf8("3"));
        assertThat(workspace
                        .snapshot(new Revision.Commit(first.before()))
                        .orElseThrow()
                        .ledgerCommit())
                .isEmpty();
    }

    private Snapshot at(UpdateResult result) {
        return workspace.snapshot(new Revision.Commit(result.commit())).orElseThrow();
    }

    @Test
    void tagsBranchesAndCommitsCanBeNamedButNothingElse() {
        UpdateResult first = workspace.update(request(edit("a", "1"), edit("l", "1")));
        UpdateResult second = workspace.update(request(edit("a", "2"), edit("l", "2")));
        fixture.git().run("tag", "-a", "-m", "one", "v1", first.commit().value());
        fixture.git().run("branch", "feature/x", first.commit().value());
        String loose =
                fixture.git().run("commit-tree", "-m", "nobody's", second.tree().value());
        assertThat(named("v1").commit()).isEqualTo(first.commit());
        assertThat(named("feature/x").ledgerCommit()).isEqualTo(first.ledgerCommit());
        assertThat(workspace.branches()).containsExactly(new BranchName("feature/x"), MAIN);
        for (String hidden : List.of(
                loose,
                second.ledgerCommit().orElseThrow().value(),
                second.tree().value(),
                "0".repeat(39) + "1")) {
            assertThat(workspace.snapshot(Revision.parse(hidden))).as(hidden).isEmpty();
        }
        assertThat(workspace.snapshot(Revision.parse("nothing"))).isEmpty();
    }

    private Snapshot named(String name) {
        return workspace.snapshot(new Revision.Named(new BranchName(name))).orElseThrow();
    }

    @Test
    void aBranchThatSomebodyElseMadeTakesItsLedgerFromWhereItStarted() {
        UpdateResult first = workspace.update(request(edit("a", "1"), edit("l", "1")));
        workspace.update(request(edit("a", "2"), edit("l", "2")));
        fixture.git().run("branch", "side", first.commit().value());
        UpdateRequest r = request(edit("b", "1"), edit("m", "1"));
        UpdateResult side = workspace.update(new UpdateRequest(
                new BranchName("side"),
                r.expectedCommit(),
                r.expectedFiles(),
                r.expectedLedger(),
                r.files(),
                r.ledger(),
                r.message(),
                r.author(),
                r.when(),
                r.receipt()));
        Snapshot now = named("side");
        assertThat(now.commit()).isEqualTo(side.commit());
        assertThat(now.ledger().read(TreePath.of("l"))).contains(Content.utf8("1"));
        assertThat(now.ledger().read(TreePath.of("m"))).contains(Content.utf8("1"));
        assertThat(failure(() -> workspace.update(new UpdateRequest(
                                new BranchName("none"),
                                r.expectedCommit(),
                                r.expectedFiles(),
                                r.expectedLedger(),
                                r.files(),
                                r.ledger(),
                                r.message(),
                                r.author(),
                                r.when(),
                                r.receipt())))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void historyNamesTheCommitsThatChangedAPath() {
        UpdateResult one = workspace.update(request(edit("a/x", "1")));
        workspace.update(request(edit("b/x", "1")));
        UpdateResult three = workspace.update(request(edit("a/y", "1")));
        UpdateResult four = workspace.update(request(edit("a", "-")));
        List<CommitInfo> all = workspace.history(Revision.DEFAULT, TreePath.of("a"), Optional.empty(), 10);
        assertThat(all).extracting(CommitInfo::id).containsExactly(four.commit(), three.commit(), one.commit());
        assertThat(all.get(0))
                .isEqualTo(new CommitInfo(four.commit(), List.of(three.commit()), ANNA, NOON, "Change something\n"));
        assertThat(workspace.history(Revision.DEFAULT, TreePath.of("a"), Optional.of(three.commit()), 10))
                .extracting(CommitInfo::id)
                .containsExactly(one.commit());
        assertThat(workspace.history(Revision.DEFAULT, TreePath.ROOT, Optional.empty(), 3))
                .hasSize(3);
        assertThat(workspace.history(new Revision.Commit(three.commit()), TreePath.ROOT, Optional.empty(), 10))
                .hasSize(4);
        assertThat(failure(() -> workspace.history(Revision.parse("none"), TreePath.ROOT, Optional.empty(), 3))
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void manyFilesAreLoadedCompletely() {
        String[] files = new String[4000];
        for (int i = 0; i < files.length; i += 2) {
            files[i] = "many/" + i % 7 + "/" + i;
            files[i + 1] = "content " + i + "\n".repeat(i % 300);
        }
        TreeEdit edit = edit(files);
        workspace.update(request(edit));
        Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
        Map<TreePath, Content> loaded = now.files()
                .load(List.of(TreePath.of("many"), TreePath.of("many/3")))
                .files();
        assertThat(loaded).hasSize(2000);
        edit.changes().forEach((path, content) -> assertThat(loaded.get(path)).isEqualTo(content.orElseThrow()));
        assertThat(now.files().load(List.of(TreePath.of("offshoot.yaml"))).size())
                .isEqualTo(1);
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void foreignTreesWithNamesWeNeverWriteAreReportedNotCrashedOn() throws Exception {
        workspace.update(request(edit("good/a", "1")));
        Path clone = data.resolve("clone");
        new Git(data).run("clone", "-q", fixture.repository().toString(), clone.toString());
        Files.createDirectories(clone.resolve("bad"));
        Files.writeString(clone.resolve("bad/a:b"), "x");
        Files.createDirectories(clone.resolve("linked"));
        Files.createSymbolicLink(clone.resolve("linked/l"), Path.of("../offshoot.yaml"));
        Git git = new Git(clone);
        git.run("add", "-A");
        git.run("commit", "-q", "-m", "foreign");
        git.run("push", "-q", "origin", "main");
        Snapshot.Files files =
                workspace.snapshot(Revision.DEFAULT).orElseThrow().files();
        assertThat(files.list(TreePath.of("good"))).hasSize(1);
        assertThat(failure(() -> files.list(TreePath.of("bad"))).reason()).isEqualTo(Reason.INVALID_REPOSITORY);
        assertThat(failure(() -> files.load(List.of(TreePath.ROOT))).reason()).isEqualTo(Reason.INVALID_REPOSITORY);
        assertThat(failure(() -> files.entries(TreePath.of("linked"))).reason()).isEqualTo(Reason.INVALID_REPOSITORY);
        assertThat(files.read(TreePath.of("linked/l"))).isEmpty();
    }

    @Test
    void commitsAreStableAndStrangeAuthorsDoNotBreakThem() {
        UpdateRequest r = request(edit("a", "1"));
        for (String name : List.of("", "...", " , ", "a\nb", "<x>", "Zoë \uD83D\uDE00", "\uD800")) {
            workspace.update(new UpdateRequest(
                    MAIN,
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    edit("n", "by " + name),
                    TreeEdit.NONE,
                    "x\0y\r\n\n" + name,
                    new dev.offshoot.model.Person(name, name),
                    java.time.Instant.ofEpochSecond(-5),
                    r.receipt()));
        }
        assertThat(fixture.git().run("fsck", "--strict", "--full")).isEmpty();
    }

    @Test
    void moreWorkspacesStandBesideEachOther() {
        fixture.store.create(new WorkspaceName("other"), ID, ANNA);
        workspace.update(request(edit("a", "1")));
        assertThat(fixture.store.list()).extracting(i -> i.name().value()).containsExactly("other", "team");
        assertThat(fixture.store
                        .find(new WorkspaceName("other"))
                        .orElseThrow()
                        .snapshot(Revision.DEFAULT)
                        .orElseThrow()
                        .files()
                        .objectAt(TreePath.of("a")))
                .isEmpty();
    }

    private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call);
    }
}
