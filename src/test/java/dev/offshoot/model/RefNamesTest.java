package dev.offshoot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that a request may carry into a ref or a repository folder: branches, workspaces, revisions. */
class RefNamesTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "feature/orders",
                "release-1.2",
                "a",
                "Über",
                "日本",
                "x/y/z",
                "v1,2",
                "0123456",
                "_x",
                "a+b=c"
            })
    void acceptsBranchesThatGitAccepts(String name) {
        assertThat(new BranchName(name).ref()).isEqualTo("refs/heads/" + name);
        assertThat(Repository.isValidRefName("refs/heads/" + name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "-x",
                "--upload-pack=x",
                "a/-b",
                ".hidden",
                "a/.b",
                "a..b",
                "a.",
                "a.lock",
                "a/b.lock/c",
                "HEAD",
                "@",
                "@{upstream}",
                "x@{1}",
                "main^{tree}",
                "main:apps",
                "main~1",
                "a b",
                "a\tb",
                "a\nb",
                "a\0b",
                "a*",
                "a?",
                "a[",
                "a\\b",
                "../x",
                "a/../b",
                "refs/../x",
                "con",
                "a/nul",
                ".git",
                "git~1",
                "e\u0301",
                "a\u200bb",
                "\u202ea",
                "\ud800",
                COMMIT
            })
    void refusesBranchesThatMeanSomethingElse(String name) {
        assertThat(BranchName.isValid(name)).isFalse();
        assertThatThrownBy(() -> new BranchName(name)).isInstanceOfSatisfying(Failure.class, f -> {
            assertThat(f.reason()).isEqualTo(Reason.INVALID_NAME);
            assertThat(f.problems()).singleElement().extracting(Problem::where).isEqualTo("branch");
        });
    }

    @Test
    void limitsTheLengthOfBranches() {
        assertThat(BranchName.isValid("x".repeat(200))).isTrue();
        assertThat(BranchName.isValid("x".repeat(201))).isFalse();
    }

    /** Whatever passes our rule must pass Git's; the other way round we may be narrower. */
    @Test
    void everyBranchWeAcceptIsOneOfGit() {
        long accepted = HostileNames.generate(7, 5_000).stream()
                .flatMap(n -> List.of(n, "a/" + n, n + "/b").stream())
                .filter(BranchName::isValid)
                .peek(n -> assertThat(Repository.isValidRefName("refs/heads/" + n))
                        .as(n)
                        .isTrue())
                .count();
        assertThat(accepted).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "crm", "team-a", "team_a", "a-b_c", "0x"})
    void acceptsWorkspaces(String name) {
        assertThat(new WorkspaceName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "A", "Team", "-a", "a-", "_a", "a_", "a b", "a/b", "a.b", ".", "..", "../x", "a\\b", "a:b", "%2e",
                "con", "nul", "com1", "ä", "a\n", "a\0", ".git", "git~1"
            })
    void refusesWorkspacesThatAreNoFolderOrUrlEverywhere(String name) {
        assertThatThrownBy(() -> new WorkspaceName(name))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_NAME));
    }

    @Test
    void limitsTheLengthOfWorkspaces() {
        assertThat(new WorkspaceName("x".repeat(64)).value()).hasSize(64);
        assertThatThrownBy(() -> new WorkspaceName("x".repeat(65))).isInstanceOf(Failure.class);
    }

    @Test
    void readsRevisions() {
        assertThat(Revision.parse("")).isEqualTo(Revision.DEFAULT);
        assertThat(Revision.parse(COMMIT)).isEqualTo(new Revision.Commit(new ObjectName(COMMIT)));
        assertThat(Revision.parse("main")).isEqualTo(new Revision.Named(new BranchName("main")));
        assertThat(Revision.parse(COMMIT.substring(1)))
                .as("an abbreviation is only a name")
                .isInstanceOf(Revision.Named.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main^{tree}",
                "main:apps",
                "HEAD",
                "HEAD~1",
                "x@{upstream}",
                "-x",
                "a..b",
                ":/fix",
                "^main",
                "refs/heads/../x"
            })
    void refusesRevisionExpressions(String text) {
        assertThatThrownBy(() -> Revision.parse(text)).isInstanceOf(Failure.class);
    }
}
