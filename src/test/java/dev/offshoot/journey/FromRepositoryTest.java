package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions leave one instance in a repository, and come to another one as copies of its own, or as changes of what is there. */
class FromRepositoryTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String FROM = IMPORTS + "/from-repository";
    private static final String CRM = "/api/workspaces/team/definitions/tooljet/apps/CRM";
    private static final String ORDERS = "tooljet/apps/orders/versions/v1/queries/orders.sql";

    @TempDir
    Path folder;

    private TestServer a;
    private TestServer b;

    @BeforeEach
    void startTwo() {
        a = TestServer.start(folder.resolve("a")).with("team");
        b = TestServer.start(
                        folder.resolve("b"),
                        TestRemotes.allowing(
                                folder.resolve("incoming"), OutboundLimits.DEFAULT, "file:" + folder.resolve("git")))
                .with("team");
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    /** A bare repository that knows nothing of Offshoot, as a Git host has it. */
    private GitClient hub() throws IOException {
        Files.createDirectories(folder.resolve("git"));
        new GitClient(folder).run("clone", "-q", "--bare", a.gitUrl("team"), "git/hub.git");
        return new GitClient(folder.resolve("git/hub.git"));
    }

    private String url() {
        return "file://" + folder.resolve("git/hub.git");
    }

    private Answer from(String more, String query) {
        return b.post(FROM + query, "{\"url\": \"" + url() + "\"" + more.replace('\'', '"') + "}");
    }

    private static String tree(TestServer server, String path) {
        return new GitClient(server.data.resolve("repositories/team.git")).run("rev-parse", "main:" + path);
    }

    private static String head(TestServer server) {
        return new GitClient(server.data.resolve("repositories/team.git")).run("for-each-ref");
    }

    private static List<String> ids(JsonValue document) {
        return List.copyOf(new TreeSet<>(Pattern.compile("\"id\":\"([0-9a-f-]{36})\"")
                .matcher(new String(JsonWriter.compact(document), StandardCharsets.UTF_8))
                .results()
                .map(m -> m.group(1))
                .toList()));
    }

    @Test
    void aCopyHasTheSameTreeAndAnOriginAndIdsOfItsOwn() throws Exception {
        a.post(IMPORTS, Sample.crmBytes()).expect(201);
        hub();
        String before = head(a);
        JsonObject listing = from(", 'mode': 'list'", "").expect(200).json();
        assertThat(listing.toString()).contains("tooljet/apps/CRM");
        String empty = head(b);
        from(", 'definitions': ['tooljet/apps/CRM']", "?dry_run=true").expect(200);
        assertThat(head(b)).isEqualTo(empty);
        Answer done = from(", 'definitions': ['tooljet/apps/CRM']", "").expect(201);
        assertThat(tree(b, "tooljet/apps/CRM")).isEqualTo(tree(a, "tooljet/apps/CRM"));
        assertThat(done.text()).contains("\"unconfigured\"");
        JsonObject origin = b.get(CRM).expect(200).json().object("origin").orElseThrow();
        assertThat(origin.text("url")).contains(url());
        assertThat(origin.text("path")).contains("tooljet/apps/CRM");
        assertThat(origin.text("commit")).contains(listing.text("commit").orElseThrow());
        assertThat(b.get(CRM).text("id")).isNotEqualTo(a.get(CRM).text("id"));
        b.get(CRM + "/export").expect(200);
        assertThat(head(a)).isEqualTo(before);

        Answer again = from(", 'definitions': ['tooljet/apps/CRM']", "").expect(201);
        String second =
                again.json().array("imports").orElseThrow().items().get(0).toString();
        assertThat(second).contains("(1)");
        assertThat(b.get("/api/workspaces/team/definitions").text()).contains("(1)");
    }

    @Test
    void everythingComesInOneCommit() throws Exception {
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
        a.post(IMPORTS, TinyApp.bytes("stock", 2, "Go")).expect(201);
        a.post(IMPORTS, Sample.crmBytes()).expect(201);
        hub();
        Answer done = from("", "").expect(201);
        assertThat(tree(b, "")).isEqualTo(tree(a, ""));
        GitClient repository = new GitClient(b.data.resolve("repositories/team.git"));
        assertThat(repository.run("rev-list", "--count", "main")).isEqualTo("2");
        assertThat(repository.run("log", "-1", "--format=%B", "main")).contains("From " + url());
        for (String app : List.of("orders", "stock", "CRM")) {
            b.get("/api/workspaces/team/definitions/tooljet/apps/" + app + "/export")
                    .expect(200);
            assertThat(b.get("/api/workspaces/team/definitions/tooljet/apps/" + app)
                            .text())
                    .contains("origin");
        }
        assertThat(done.text("commit")).isEqualTo(repository.run("rev-parse", "main"));
    }

    /** Clone, edit on a branch, merge on a host, bring it back: and what was changed here meanwhile is still there. */
    @Test
    void aPullRequestComesBackIntoTheDefinition() throws Exception {
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
        GitClient hub = hub();
        from("", "").expect(201);
        String app = "/api/workspaces/team/definitions/tooljet/apps/orders";
        List<String> ids = ids(b.get(app + "/export").value());

        edit("fix", ORDERS, "select 2\nfrom orders\n");
        merge("fix");
        String edited = new String(b.get(app + "/export").bytes()).replace("\"Go\"", "\"Go on\"");
        b.post(IMPORTS + "?target=tooljet/apps/orders", edited).expect(200);

        String update = ", 'mode': 'update', 'target': 'tooljet/apps/orders'";
        Answer plan = from(update, "?dry_run=true").expect(200);
        assertThat(plan.text()).contains("changedHere").contains("changedThere").contains(ORDERS);
        Answer done = from(update, "").expect(200);
        assertThat(done.text("commit")).isEqualTo(tree(b, "").isEmpty() ? "" : commit(b));
        JsonValue export = b.get(app + "/export").expect(200).value();
        assertThat(export.toString()).contains("select 2").contains("Go on");
        assertThat(ids(export)).isEqualTo(ids);
        assertThat(b.get(app).json().object("origin").orElseThrow().text("commit"))
                .contains(hub.run("rev-parse", "main"));

        edit("other", ORDERS, "select 3\nfrom orders\n");
        merge("other");
        String here = new String(b.get(app + "/export").bytes()).replace("select 2", "select 4");
        b.post(IMPORTS + "?target=tooljet/apps/orders", here).expect(200);
        String before = head(b);
        JsonObject conflict = (JsonObject) from(update, "")
                .expect(409)
                .json()
                .array("conflicts")
                .orElseThrow()
                .get(0);
        assertThat(conflict.text("path")).contains(ORDERS);
        assertThat(conflict.text("base")).contains("select 2\n");
        assertThat(conflict.text("ours")).contains("select 4\n");
        assertThat(conflict.text("theirs")).contains("select 3\n");
        assertThat(conflict.text("hint")).isPresent();
        assertThat(head(b)).isEqualTo(before);
    }

    /** Different lines of one file, changed here and there: both are in the result. */
    @Test
    void whatBothSidesChangedIsMerged() throws Exception {
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
        hub();
        from("", "").expect(201);
        String app = "/api/workspaces/team/definitions/tooljet/apps/orders";
        String update = ", 'mode': 'update', 'target': 'tooljet/apps/orders'";
        String sql = "select 5\nfrom orders\nwhere a = 1\nand b = 2\nand c = 3\norder by d\n";
        edit("long", ORDERS, sql);
        merge("long");
        from(update, "").expect(200);

        edit("there", ORDERS, sql.replace("order by d", "order by e"));
        merge("there");
        String here = new String(b.get(app + "/export").bytes()).replace("select 5", "select 7");
        b.post(IMPORTS + "?target=tooljet/apps/orders", here).expect(200);
        from(update, "").expect(200);
        assertThat(b.get(app + "/export").expect(200).text())
                .contains("select 7")
                .contains("order by e")
                .doesNotContain("select 5");
    }

    /** The instance that the clone came from needs no origin: both histories share a commit. */
    @Test
    void whatWasClonedFromHereComesBackByACommonCommit() throws Exception {
        b.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
        List<String> ids = ids(b.get("/api/workspaces/team/definitions/tooljet/apps/orders/export")
                .value());
        Files.createDirectories(folder.resolve("git"));
        new GitClient(folder).run("clone", "-q", "--bare", b.gitUrl("team"), "git/hub.git");
        edit("fix", ORDERS, "select 2\nfrom orders\n");
        merge("fix");
        from(", 'mode': 'update', 'target': 'tooljet/apps/orders'", "").expect(200);
        JsonValue export = b.get("/api/workspaces/team/definitions/tooljet/apps/orders/export")
                .value();
        assertThat(export.toString()).contains("select 2");
        assertThat(ids(export)).isEqualTo(ids);
    }

    @Test
    void exportsThatLieInARepositoryAreFound() throws Exception {
        Files.createDirectories(folder.resolve("git/hub.git/exports"));
        GitClient git = new GitClient(folder.resolve("git/hub.git"));
        git.run("init", "-q", "-b", "main");
        Files.write(folder.resolve("git/hub.git/exports/orders.json"), TinyApp.bytes("orders", 1, "Go"));
        Files.writeString(folder.resolve("git/hub.git/package.json"), "{\"name\": \"no export\"}");
        commit(git, "Add");
        git.run("tag", "v1");
        Files.write(folder.resolve("git/hub.git/exports/orders.json"), TinyApp.bytes("orders", 1, "Later"));
        commit(git, "Change");
        assertThat(from(", 'mode': 'list'", "").expect(200).text())
                .contains("exports/orders.json")
                .doesNotContain("package.json");
        from(", 'ref': 'v1'", "").expect(201);
        assertThat(b.get("/api/workspaces/team/definitions/tooljet/apps/orders/export")
                        .text())
                .contains("\"Go\"");
        from(", 'mode': 'update', 'target': 'tooljet/apps/orders'", "").expect(200);
        assertThat(b.get("/api/workspaces/team/definitions/tooljet/apps/orders/export")
                        .text())
                .contains("\"Later\"");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsSaidAndNothingIsWritten() throws Exception {
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
        hub();
        String before = head(b);
        assertThat(from(", 'definitions': ['tooljet/apps/none']", "")
                        .expect(404)
                        .text())
                .contains("tooljet/apps/orders");
        assertThat(from(", 'ref': 'none'", "").expect(404).text()).contains("none");
        from(", 'mode': 'update'", "").expect(400);
        from(", 'mode': 'update', 'target': 'tooljet/apps/orders'", "").expect(404);
        b.post(FROM, "{\"url\": \"file://" + folder.resolve("a/repositories/team.git") + "\"}")
                .expect(403);
        b.post(FROM, "{\"url\": \"https://me:secret@example.org/x.git\"}").expect(400);
        assertThat(head(b)).isEqualTo(before);
    }

    private String commit(TestServer server) {
        return new GitClient(server.data.resolve("repositories/team.git")).run("rev-parse", "main");
    }

    private void edit(String branch, String file, String text) throws IOException {
        new GitClient(folder).run("clone", "-q", folder.resolve("git/hub.git").toString(), branch);
        GitClient git = new GitClient(folder.resolve(branch));
        git.run("checkout", "-q", "-b", branch);
        Files.writeString(folder.resolve(branch).resolve(file), text);
        commit(git, "Edit on " + branch);
        git.run("push", "-q", "origin", branch);
    }

    private void merge(String branch) {
        GitClient git = new GitClient(folder.resolve(branch));
        git.run("checkout", "-q", "main");
        git.run("-c", "user.name=H", "-c", "user.email=h@example.org", "merge", "-q", "--no-ff", "-m", "Merge", branch);
        git.run("push", "-q", "origin", "main");
    }

    private static void commit(GitClient git, String message) {
        git.run("add", "-A");
        git.run("-c", "user.name=C", "-c", "user.email=c@example.org", "commit", "-q", "-m", message);
    }
}
