package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.store.CheckoutState;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody works right in the folder that follows a workspace: looks, edits, commits and pushes with stock Git, while imports go on. */
class WorkInCheckoutTest {
    private static final String QUERIES = "tooljet/apps/CRM/versions/v2/queries/";
    private static final String EXPORT = "/api/workspaces/team/definitions/tooljet/apps/CRM/export?versions=all";

    @TempDir
    Path data;

    private TestServer server;
    private GitClient here;
    private String sql;

    @BeforeEach
    void start() {
        server = TestServer.startWithCheckouts(data).with("team");
        server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
        assertThat(server.awaitCheckout("team").status()).isEqualTo(CheckoutState.Status.CURRENT);
        here = new GitClient(data.resolve("workspaces/team"));
        here.run("config", "user.name", "Ada Lovelace");
        here.run("config", "user.email", "ada@example.org");
        // As a credential helper would answer: the address of origin has no token in it.
        String basic = Base64.getEncoder().encodeToString(("ada:" + server.token).getBytes());
        here.run("config", "http.extraHeader", "Authorization: Basic " + basic);
        sql = here.run("grep", "-l", "late repairs first", "--", QUERIES + "*.sql");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String read() throws IOException {
        return Files.readString(here.folder().resolve(sql));
    }

    private void edit(String from, String to) throws IOException {
        assertThat(read()).contains(from);
        Files.writeString(here.folder().resolve(sql), read().replace(from, to));
    }

    private String commit() {
        here.run("commit", "-qam", "Work in the folder");
        return here.run("rev-parse", "HEAD");
    }

    private JsonObject state() {
        return server.get("/api/workspaces/team")
                .expect(200)
                .json()
                .object("checkout")
                .orElseThrow();
    }

    private void follows() {
        CheckoutState state = server.awaitCheckout("team");
        assertThat(state.status()).as(state.reason()).isEqualTo(CheckoutState.Status.CURRENT);
        assertThat(here.run("status", "--porcelain", "--branch")).isEqualTo("## main...origin/main");
        assertThat(state().text("status")).contains("current");
        assertThat(state().text("commit"))
                .contains(server.get("/api/workspaces/team").text("commit"));
    }

    private void isLeftAlone(String reason) {
        assertThat(server.awaitCheckout("team").status()).isEqualTo(CheckoutState.Status.LEFT_ALONE);
        assertThat(state().text("status")).contains("left-alone");
        assertThat(state().text("reason").orElseThrow()).contains(reason);
    }

    /** The same app with another text in the same query. */
    private void importChanged(String from, String to) {
        String export = server.get(EXPORT).expect(200).text();
        assertThat(export).contains(from);
        server.post("/api/workspaces/team/imports", export.replace(from, to)).expect(200, 201);
    }

    @Test
    void whatIsCommittedAndPushedThereLandsAndTheFolderGoesOnFollowing() throws Exception {
        edit("late repairs first", "late repairs at the top");
        String mine = commit();
        here.run("push", "-q");
        assertThat(server.get("/api/workspaces/team").text("commit")).isEqualTo(mine);
        assertThat(server.get(EXPORT).text()).contains("late repairs at the top");
        follows();
        importChanged("late repairs at the top", "late repairs on top");
        follows();
        assertThat(read()).contains("late repairs on top");
    }

    @Test
    void whatIsNotCommittedIsNeverOverwrittenAndComesInAfterAPull() throws Exception {
        Files.writeString(here.folder().resolve(sql), read() + "-- mine\n");
        importChanged("late repairs first", "late repairs on top");
        isLeftAlone("changed here: " + sql);
        assertThat(read()).contains("late repairs first").endsWith("-- mine\n");
        assertThat(here.attempt("pull", "-q").output()).contains("overwritten by merge");
        commit();
        isLeftAlone("commits that were not pushed");
        assertThat(here.attempt("push").output()).contains("rejected", "non-fast-forward");
        here.run("pull", "-q", "--rebase");
        assertThat(read()).contains("late repairs on top").endsWith("-- mine\n");
        here.run("push", "-q");
        assertThat(server.get(EXPORT).text()).contains("late repairs on top", "-- mine");
        follows();
    }

    @Test
    void aCommitThatIsRefusedStaysThereWithTheReason() throws Exception {
        String before = server.get("/api/workspaces/team").text("commit");
        Path yaml = here.folder().resolve(sql.replaceFirst("\\.sql$", ".yaml"));
        Files.writeString(yaml, Files.readString(yaml) + "datasource: '@{/datasources/no-such}'\n");
        String mine = commit();
        GitClient.Outcome push = here.attempt("push");
        assertThat(push.status()).isNotZero();
        assertThat(push.output()).contains("remote: Offshoot refuses this push", "queries/");
        isLeftAlone("commits that were not pushed");
        importChanged("late repairs first", "late repairs on top");
        isLeftAlone("commits that were not pushed");
        assertThat(here.run("rev-parse", "HEAD")).isEqualTo(mine);
        here.run("reset", "-q", "--hard", before);
        follows();
        assertThat(read()).contains("late repairs on top");
    }

    @Test
    void aBranchOfOnesOwnIsPushedFromThereAndTheFolderFollowsAgainAfterwards() throws Exception {
        here.run("checkout", "-q", "-b", "feature/top");
        edit("late repairs first", "late repairs at the top");
        String mine = commit();
        here.run("push", "-q", "-u", "origin", "feature/top");
        assertThat(server.get("/api/workspaces/team/branches").text()).contains("feature/top", mine);
        importChanged("late repairs first", "late repairs on top");
        isLeftAlone("another branch is checked out");
        assertThat(read()).contains("late repairs at the top");
        here.run("checkout", "-q", "main");
        follows();
        assertThat(read()).contains("late repairs on top");
    }
}
