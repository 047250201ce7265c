package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.testing.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions of another repository on their way in: looked for, chosen, planned, confirmed. */
class PageRepositoryTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String ORDERS = "/api/workspaces/team/definitions/tooljet/apps/orders";

    @TempDir
    Path folder;

    private TestServer a;
    private TestServer b;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        a = TestServer.start(folder.resolve("a")).with("team");
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Save")).expect(201);
        a.post(IMPORTS, TinyApp.bytes("stock", 2, "Count")).expect(201);
        Files.createDirectories(folder.resolve("git"));
        new GitClient(folder).run("clone", "-q", "--bare", a.gitUrl("team"), "git/hub.git");
        b = TestServer.start(
                        folder.resolve("b"),
                        TestRemotes.allowing(
                                folder.resolve("incoming"), OutboundLimits.DEFAULT, "file:" + folder.resolve("git")))
                .with("team");
        visitor = Visitor.signedIn(b);
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    private String url() {
        return "file://" + folder.resolve("git/hub.git");
    }

    private String look(String... more) {
        String[] fields = new String[more.length + 4];
        System.arraycopy(new String[] {"branch", "main", "url", url()}, 0, fields, 0, 4);
        System.arraycopy(more, 0, fields, 4, more.length);
        return visitor.submit("/workspaces/team/repositories", fields)
                .expect(303)
                .header("Location");
    }

    private Answer choose(String draft, String... fields) {
        visitor.submit(draft + "/choice", fields).expect(303);
        return visitor.get(draft).expect(200);
    }

    private Answer confirm(String draft, Answer plan) {
        return visitor.submit(draft, "before", Visitor.field(plan, "before")).expect(303);
    }

    private static String head(TestServer server) {
        return server.get("/api/workspaces/team").text("commit");
    }

    @Test
    void oneOfSeveralBecomesACopy() {
        String before = head(b);
        String draft = look();
        String found = visitor.get(draft).expect(200).text();
        assertThat(found).contains("tooljet/apps/orders", "tooljet/apps/stock", head(a).substring(0, 10));
        Answer plan = choose(draft, "definition", "tooljet/apps/orders", "how", "copy");
        assertThat(plan.text()).contains("created", "tooljet/apps/orders").doesNotContain("stock");
        assertThat(head(b)).isEqualTo(before);
        confirm(draft, plan);
        assertThat(visitor.get(draft).text()).contains("Imported", head(b));
        assertThat(b.get(ORDERS).expect(200).text()).contains(url(), "origin");
        b.get(ORDERS.replace("orders", "stock")).expect(404);
    }

    @Test
    void severalComeInOneCommit() {
        String draft = look("ref", "main");
        Answer plan = choose(draft, "definition", "tooljet/apps/orders", "definition", "tooljet/apps/stock");
        confirm(draft, plan);
        b.get(ORDERS).expect(200);
        b.get(ORDERS.replace("orders", "stock")).expect(200);
        assertThat(visitor.get(draft).text()).contains(head(b));
    }

    @Test
    void whatIsHereIsBroughtUpToDate() {
        String draft = look();
        confirm(draft, choose(draft, "definition", "tooljet/apps/orders"));
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Send")).expect(200);
        new GitClient(folder.resolve("git/hub.git"))
                .run("fetch", "-q", a.gitUrl("team"), "+refs/heads/main:refs/heads/main");
        String again = look();
        Answer plan =
                choose(again, "definition", "tooljet/apps/orders", "how", "update", "target", "tooljet/apps/orders");
        assertThat(plan.text()).contains("Since both were the same", "changed there");
        confirm(again, plan);
        assertThat(b.get(ORDERS + "/export").text()).contains("\"Send\"");
    }

    @Test
    void whatWasShownIsImportedOrNothing() {
        String draft = look();
        Answer plan = choose(draft, "definition", "tooljet/apps/orders");
        b.post(IMPORTS, TinyApp.bytes("other", 3, "X")).expect(201);
        String head = head(b);
        String moved = confirm(draft, plan).header("Location");
        assertThat(head(b)).isEqualTo(head);
        Answer fresh = visitor.get(moved).expect(200);
        assertThat(fresh.text()).contains("meanwhile, so nothing was imported");
        // The other side may move on: what was looked at is what comes.
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Later")).expect(200);
        new GitClient(folder.resolve("git/hub.git"))
                .run("fetch", "-q", a.gitUrl("team"), "+refs/heads/main:refs/heads/main");
        confirm(draft, fresh);
        assertThat(b.get(ORDERS + "/export").text()).contains("\"Save\"");
    }

    @Test
    void theApiRefusesAMovedBranchToo() {
        String body = "{\"url\": \"" + url() + "\", \"before\": \"" + head(b) + "\"}";
        b.post(IMPORTS, TinyApp.bytes("other", 3, "X")).expect(201);
        assertThat(b.post(IMPORTS + "/from-repository", body).expect(412).text())
                .contains("stale-plan");
    }

    @Test
    void refusalsSayWhatToDo() {
        for (String wrong : new String[] {"", "ssh://host/x", "https://me:secret@host/x.git", "javascript:alert(1)"}) {
            Answer refused = visitor.submit("/workspaces/team/repositories", "branch", "main", "url", wrong)
                    .expect(400);
            assertThat(refused.text()).doesNotContain("secret").contains("url");
        }
        visitor.submit("/workspaces/team/repositories", "branch", "main", "url", "http://127.0.0.1:1/x.git")
                .expect(403);
        visitor.submit("/workspaces/team/repositories", "branch", "main", "url", url(), "ref", "nope")
                .expect(404);
        String draft = look();
        assertThat(visitor.submit(draft + "/choice", "how", "copy").expect(400).text())
                .contains("Tick what is to come");
        assertThat(visitor.submit(draft + "/choice", "definition", "tooljet/apps/none")
                        .expect(400)
                        .text())
                .contains("Tick what is to come");
        visitor.submit(
                        draft + "/choice",
                        "definition",
                        "tooljet/apps/orders",
                        "definition",
                        "tooljet/apps/stock",
                        "how",
                        "update",
                        "target",
                        "tooljet/apps/orders")
                .expect(400);
        visitor.submit(draft + "/choice", "definition", "tooljet/apps/orders", "how", "update")
                .expect(400);
    }

    @Test
    void aPasswordIsNeverShownAgain() {
        String draft = look("user", "me", "password", "s3cret-word");
        assertThat(visitor.get(draft).expect(200).text()).doesNotContain("s3cret-word");
        Answer plan = choose(draft, "definition", "tooljet/apps/orders");
        assertThat(plan.text()).doesNotContain("s3cret-word");
    }
}
