package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever has an export of its own can be chosen from a repository, of every platform: one, several, or all. */
class ChosenDefinitionsTest {
    private static final String MODULE = "tooljet/modules/Customer-header";

    @TempDir
    Path folder;

    private TestServer server;
    private GitClient hub;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("sample-repo")), "runs at the top of the project");
        server = TestServer.start(
                folder.resolve("server"),
                TestRemotes.allowing(
                        folder.resolve("incoming"), OutboundLimits.DEFAULT, "file:" + folder.resolve("git")));
        server.useCases()
                .loadFolder()
                .run(new WorkspaceName("sample"), Path.of("sample-repo"), new Person("N", "n@example.org"));
        Files.createDirectories(folder.resolve("git"));
        new GitClient(folder).run("clone", "-q", "--bare", server.gitUrl("sample"), "git/hub.git");
        hub = new GitClient(folder.resolve("git/hub.git"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer from(String workspace, String more) {
        return server.post(
                "/api/workspaces/" + workspace + "/imports/from-repository",
                "{\"url\": \"file://" + hub.folder() + "\"" + more.replace('\'', '"') + "}");
    }

    private List<JsonObject> offers() {
        server.with("empty");
        return from("empty", ", 'mode': 'list'").expect(200).json().array("definitions").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private String tree(String workspace, String path) {
        return new GitClient(server.data.resolve("repositories/" + workspace + ".git"))
                .run("rev-parse", "main:" + path);
    }

    @Test
    void eachKindThatHasAnExportIsListed() {
        assertThat(offers())
                .extracting(offer -> offer.text("path").orElseThrow() + " "
                        + offer.text("kind").orElseThrow())
                .containsExactly(
                        "appbuilder/apps/Bike-Rental~939d3c15 application",
                        "appbuilder/objects/bike~64ecaa13 object",
                        "appbuilder/objects/rental~6506e2e6 object",
                        "appsmith/apps/Workshop-Counter app",
                        "flowrunner/flows/Pickup-reminder flow",
                        "tooljet/apps/CRM app",
                        MODULE + " module");
    }

    @Test
    void eachCanBeChosenAlone() {
        int number = 0;
        for (JsonObject offer : offers()) {
            String path = offer.text("path").orElseThrow();
            String workspace = "one-" + ++number;
            server.with(workspace);
            Answer done = from(workspace, ", 'definitions': ['" + path + "']").expect(201);
            assertThat(tree(workspace, path)).as(path).isEqualTo(hub.run("rev-parse", "main:" + path));
            assertThat(done.json().array("imports").orElseThrow().size()).isEqualTo(1);
            server.get("/api/workspaces/" + workspace + "/export?document=" + path)
                    .expect(200);
            assertThat(server.get("/api/workspaces/" + workspace + "/definitions/" + path)
                            .text())
                    .contains("\"origin\"");
        }
    }

    @Test
    void eachIsBroughtUpToDateAlone() throws Exception {
        server.with("team");
        from("team", "").expect(201);
        new GitClient(folder).run("clone", "-q", hub.folder().toString(), "clone");
        GitClient clone = new GitClient(folder.resolve("clone"));
        List<JsonObject> offers = offers();
        for (JsonObject offer : offers) {
            Path main = clone.folder()
                    .resolve(offer.text("path").orElseThrow())
                    .resolve(
                            switch (offer.text("kind").orElseThrow()) {
                                case "application" -> "app.yaml";
                                case "flow" -> "versions/1/version.yaml";
                                default -> offer.text("kind").orElseThrow() + ".yaml";
                            });
            Files.writeString(main, Files.readString(main) + "zulu: 26\n");
        }
        clone.run("add", "-A");
        clone.run("-c", "user.name=C", "-c", "user.email=c@example.org", "commit", "-q", "-m", "Edit");
        clone.run("push", "-q", "origin", "HEAD");
        for (JsonObject offer : offers) {
            String path = offer.text("path").orElseThrow();
            from("team", ", 'mode': 'update', 'target': '" + path + "'").expect(200);
            assertThat(tree("team", path)).as(path).isEqualTo(hub.run("rev-parse", "main:" + path));
        }
    }

    @Test
    void ofSeveralWhatOneBringsAlongIsNotTakenTwice() {
        server.with("several");
        Answer done = from("several", ", 'definitions': ['" + MODULE + "', 'tooljet/apps/CRM']")
                .expect(201);
        assertThat(done.json().array("imports").orElseThrow().size()).isEqualTo(1);
        assertThat(tree("several", "tooljet")).isEqualTo(hub.run("rev-parse", "main:tooljet"));
        assertThat(server.get("/api/workspaces/several/definitions/" + MODULE).text())
                .contains("\"origin\"");
    }

    /** A module of that name is here: the app uses it, and whoever asks for the other one gets a copy. */
    @Test
    void aModuleThatIsChosenComesThoughOneOfItsNameIsHere() {
        server.with("team");
        from("team", ", 'definitions': ['" + MODULE + "']").expect(201);
        String here = tree("team", MODULE);
        from("team", ", 'definitions': ['tooljet/apps/CRM']").expect(201);
        assertThat(tree("team", MODULE)).isEqualTo(here);
        assertThat(tree("team", "tooljet/apps/CRM")).isEqualTo(hub.run("rev-parse", "main:tooljet/apps/CRM"));
        Answer copy = from("team", ", 'definitions': ['" + MODULE + "']").expect(201);
        assertThat(copy.text()).contains("Customer header (1)");
        assertThat(server.get("/api/workspaces/team/definitions").text()).contains("tooljet/modules/Customer-header-1");
    }

    @Test
    void allBringsEachOnce() {
        server.with("all");
        from("all", "").expect(201);
        for (String platform : List.of("tooljet", "appsmith", "appbuilder", "flowrunner")) {
            assertThat(tree("all", platform)).as(platform).isEqualTo(hub.run("rev-parse", "main:" + platform));
        }
        assertThat(server.get("/api/workspaces/all/definitions").text()).doesNotContain("(1)");
    }

    @Test
    void whatTravelsWithOthersCannotBeChosen() {
        server.with("team");
        assertThat(from("team", ", 'definitions': ['tooljet/datasources/postgresql']")
                        .expect(404)
                        .text())
                .contains(MODULE);
    }
}
