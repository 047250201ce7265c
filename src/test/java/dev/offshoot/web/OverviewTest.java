package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.DefinitionRequest;
import dev.offshoot.service.ShowOverview;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.testing.Visitor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page lists, and what can be downloaded from it, over the sample of all platforms. */
class OverviewTest {
    private static final WorkspaceName TEAM = new WorkspaceName("team");
    private static final Pattern LINK = Pattern.compile("href=\"(/workspaces/[^\"]*/export[^\"]*)\"");

    @TempDir
    static Path data;

    private static TestServer server;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        server = TestServer.start(data);
        server.useCases().loadFolder().run(TEAM, Path.of("sample-repo"), new Person("Ada", "ada@example.org"));
        server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "Old"))
                .expect(201);
        server.post("/api/workspaces/team/imports?message=Later", TinyApp.bytes("orders", 1, "New"))
                .expect(200);
        visitor = Visitor.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyDefinitionIsListedWithItsLastChange() {
        ShowOverview.Overview overview = server.useCases().showOverview().run(TEAM, Optional.empty());
        assertThat(overview.rows()).hasSizeGreaterThan(25);
        String page = visitor.get("/workspaces/team").expect(200).text();
        for (ShowOverview.Row row : overview.rows()) {
            assertThat(row.changed().map(c -> c.id()))
                    .as(row.definition().address().value())
                    .isEqualTo(server
                            .useCases()
                            .definitionHistory()
                            .run(
                                    new DefinitionRequest(
                                            TEAM,
                                            Revision.DEFAULT,
                                            row.definition().address()),
                                    Optional.empty(),
                                    1)
                            .stream()
                            .findFirst()
                            .map(c -> c.id()));
            assertThat(page).contains(row.definition().address().value());
        }
        assertThat(page)
                .contains("Later", "Load sample-repo", "ToolJet app", "FlowRunner flow", "AppBuilder application");
    }

    @Test
    void everyLinkDownloadsWhatTheApiExports() {
        Matcher link = LINK.matcher(visitor.get("/workspaces/team").text());
        int links = 0;
        for (; link.find(); links++) {
            String path = link.group(1).replace("&amp;", "&");
            Answer page = visitor.get(path).expect(200);
            Answer api =
                    server.get(path.replace("/workspaces/", "/api/workspaces/")).expect(200);
            assertThat(page.bytes()).as(path).isEqualTo(api.bytes());
            assertThat(page.header("Content-Disposition")).isEqualTo(api.header("Content-Disposition"));
            assertThat(page.header("X-Offshoot-Commit")).isEqualTo(api.header("X-Offshoot-Commit"));
        }
        assertThat(links).isGreaterThan(9);
    }

    @Test
    void anotherBranchIsShownWhenAsked() {
        server.post("/api/workspaces/team/branches", "{\"name\": \"feature/x\"}")
                .expect(201);
        server.post("/api/workspaces/team/imports?branch=feature/x", TinyApp.bytes("stock", 2, "S"))
                .expect(201);
        assertThat(visitor.get("/workspaces/team").text()).doesNotContain("tooljet/apps/stock");
        assertThat(visitor.get("/workspaces/team?branch=feature%2Fx")
                        .expect(200)
                        .text())
                .contains("tooljet/apps/stock", "selected=\"\">feature/x");
    }

    @Test
    void whatIsNotThereIsSaidWithWhatThereIs() {
        assertThat(visitor.get("/workspaces/nowhere").expect(404).text())
                .contains("No workspace named nowhere", "workspaces are: team");
        assertThat(visitor.get("/workspaces/team?branch=nope").expect(404).text())
                .contains("main");
        assertThat(visitor.get("/workspaces/team/export?document=tooljet/apps/none")
                        .expect(404)
                        .text())
                .contains("No definition at tooljet/apps/none", "href=\"/workspaces/team\"");
        visitor.get("/workspaces/team/export").expect(400);
        visitor.get("/workspaces/team/export?document=../../etc").expect(400);
        visitor.get("/workspaces/TEAM%3Cscript%3E").expect(400);
    }

    @Test
    void workspacesAreCreatedAndRefusalsSayWhy(@TempDir Path folder) {
        try (TestServer own = TestServer.start(folder)) {
            Visitor ada = Visitor.signedIn(own);
            assertThat(ada.get("/").expect(200).text()).contains("There is none yet");
            assertThat(ada.submit("/workspaces", "name", "shop").expect(303).header("Location"))
                    .isEqualTo("/workspaces/shop");
            assertThat(ada.get("/").expect(303).header("Location")).isEqualTo("/workspaces/shop");
            assertThat(ada.get("/workspaces/shop").expect(200).text()).contains("Nothing is on");
            assertThat(ada.submit("/workspaces", "name", "shop").expect(409).text())
                    .contains("role=\"alert\"", "shop");
            for (String wrong : new String[] {"", "Shop", "../x", "a b", "<b>"}) {
                ada.submit("/workspaces", "name", wrong).expect(400);
            }
            assertThat(own.get("/api/workspaces").text()).contains("shop").doesNotContain("\"a b\"");
        }
    }
}
