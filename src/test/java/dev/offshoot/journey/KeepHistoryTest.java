package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.CommandRun;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch of another instance's repository comes whole: every commit as it is, from any host, or not at all. */
class KeepHistoryTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String APP = "/api/workspaces/team/definitions/tooljet/apps/orders";
    private static final String SQL = "tooljet/apps/orders/versions/v1/queries/orders.sql";
    private static final String BUTTON = "tooljet/apps/orders/versions/v1/pages/Home/components/button1.yaml";

    @TempDir
    Path folder;

    private GitHost host;
    private TestServer a;
    private TestServer b;
    private GitClient clone;

    /** A repository of definitions on a host that knows nothing of them, with a merge and a rename in its history. */
    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("git"));
        host = new GitHost(folder.resolve("git"));
        a = TestServer.start(folder.resolve("a")).with("team");
        b = TestServer.start(
                        folder.resolve("b"),
                        TestRemotes.allowing(folder.resolve("incoming"), OutboundLimits.DEFAULT, host.origin()))
                .with("team");
        a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
        a.post(IMPORTS, Sample.crmBytes()).expect(201);
        new GitClient(folder).run("clone", "-q", "--bare", a.gitUrl("team"), "git/hub.git");
        new GitClient(folder).run("clone", "-q", "git/hub.git", "clone");
        clone = new GitClient(folder.resolve("clone"));
        clone.run("config", "user.name", "Änne");
        clone.run("config", "user.email", "a@example.org");
        clone.run("checkout", "-q", "-b", "fix");
        edit(SQL, "select 2\nfrom orders\n", "Ask for two\n\nNot for one.", "2025-03-01T08:00:00+02:00");
        clone.run("checkout", "-q", "main");
        Files.writeString(clone.folder().resolve("README.md"), "Ours\n");
        commit("Say what it is", "2025-03-02T08:00:00Z");
        clone.run("merge", "-q", "--no-ff", "-m", "Merge the fix", "fix");
        clone.run("push", "-q", "origin", "main");
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        host.close();
    }

    private void edit(String file, String text, String message, String date) throws IOException {
        Files.writeString(clone.folder().resolve(file), text);
        commit(message, date);
    }

    private void commit(String message, String date) {
        clone.run("add", "-A");
        clone.run("commit", "-q", "--date", date, "-m", message);
    }

    private void push() {
        clone.run("push", "-q", "origin", "main");
    }

    private String url() {
        return host.origin() + "/hub.git";
    }

    private Answer keep(String more, String query) {
        return b.post(
                IMPORTS + "/from-repository" + query,
                "{\"url\": \"" + url() + "\", \"history\": \"keep\"" + more.replace('\'', '"') + "}");
    }

    private GitClient stored() {
        return new GitClient(b.data.resolve("repositories/team.git"));
    }

    private static String history(GitClient git, String branch) {
        return git.run("log", "--topo-order", "--format=%H %P %T %an %ae %ad %cn %cd %B", branch);
    }

    private static List<String> ids(JsonValue document) {
        return List.copyOf(new TreeSet<>(Pattern.compile("\"id\":\"([0-9a-f-]{36})\"")
                .matcher(new String(JsonWriter.compact(document), StandardCharsets.UTF_8))
                .results()
                .map(m -> m.group(1))
                .toList()));
    }

    /** Files of the repository that have something of a history in them beside what was there before. */
    private List<String> leftovers() throws IOException {
        Path incoming = b.data.resolve("repositories/team.git/incoming");
        if (!Files.isDirectory(incoming)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(incoming)) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    void aBranchComesWithAllItsCommitsAsTheyAre() throws Exception {
        b.post(IMPORTS, TinyApp.bytes("orders", 7, "Mine")).expect(201);
        String mine = b.get(APP + "/export").text();
        String main = stored().run("rev-parse", "main");
        Answer done = keep(", 'branch': 'theirs'", "").expect(201);
        assertThat(history(stored(), "theirs")).isEqualTo(history(clone, "main"));
        assertThat(done.text("commit")).isEqualTo(clone.run("rev-parse", "main"));
        assertThat(done.json().get("commits").orElseThrow().toString())
                .isEqualTo(stored().run("rev-list", "--count", "main..theirs"));
        assertThat(done.text())
                .contains("\"tooljet/apps/CRM\"")
                .contains("\"tooljet/modules/Customer-header\"")
                .contains("\"needs\"");
        JsonObject app = b.get(APP + "?ref=theirs").expect(200).json();
        JsonObject origin = app.object("origin").orElseThrow();
        assertThat(origin.text("url")).contains(url());
        assertThat(origin.text("commit")).contains(clone.run("rev-parse", "main"));
        assertThat(b.get(APP + "/export?ref=theirs").text()).contains("select 2");
        assertThat(b.get(APP + "/history?ref=theirs").text()).contains("Ask for two");

        assertThat(stored().run("rev-parse", "main")).isEqualTo(main);
        assertThat(b.get(APP + "/export").text()).isEqualTo(mine);
        assertThat(stored().run("fsck", "--full", "--strict")).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    /** Ids are this instance's own, and stay: through edits, renames, and what comes from there later. */
    @Test
    void idsAreMadeOnceAndStay() throws Exception {
        keep(", 'branch': 'theirs'", "").expect(201);
        JsonValue first = b.get(APP + "/export?ref=theirs").expect(200).value();
        List<String> ids = ids(first);
        assertThat(ids).doesNotContainAnyElementsOf(ids(a.get(APP + "/export").value()));

        new GitClient(folder).run("clone", "-q", "-b", "theirs", b.gitUrl("team"), "mine");
        GitClient mine = new GitClient(folder.resolve("mine"));
        mine.run("mv", BUTTON, BUTTON.replace("button1", "start"));
        mine.run("-c", "user.name=C", "-c", "user.email=c@example.org", "commit", "-qam", "Rename");
        mine.run("push", "-q", "origin", "theirs");
        assertThat(ids(b.get(APP + "/export?ref=theirs").expect(200).value())).isEqualTo(ids);

        edit(SQL, "select 3\nfrom orders\n", "Three", "2025-03-05T08:00:00Z");
        push();
        b.post(
                        IMPORTS + "/from-repository",
                        "{\"url\": \"" + url() + "\", \"mode\": \"update\", \"branch\": \"theirs\","
                                + "\"target\": \"tooljet/apps/orders\"}")
                .expect(200);
        JsonValue later = b.get(APP + "/export?ref=theirs").expect(200).value();
        assertThat(later.toString()).contains("select 3");
        assertThat(ids(later)).isEqualTo(ids);
    }

    @Test
    void anEmptyWorkspaceTakesItAsItsDefaultBranch() throws Exception {
        String empty = stored().run("rev-parse", "main");
        Answer done = keep("", "").expect(201);
        assertThat(done.text("before")).isEqualTo(empty);
        assertThat(done.text("branch")).isEqualTo("main");
        assertThat(history(stored(), "main")).isEqualTo(history(clone, "main"));
        b.get(APP + "/export").expect(200);
        b.post(IMPORTS + "?target=tooljet/apps/orders", b.get(APP + "/export").bytes())
                .expect(200);
        new GitClient(folder).run("clone", "-q", b.gitUrl("team"), "again");
        assertThat(new GitClient(folder.resolve("again")).run("rev-parse", "HEAD"))
                .isEqualTo(clone.run("rev-parse", "main"));

        assertThat(keep("", "").expect(409).text()).contains("already-exists").contains("name a new branch");
    }

    @Test
    void theFolderOfAnEmptyWorkspaceFollows() throws Exception {
        try (TestServer c = TestServer.startWithCheckouts(
                        folder.resolve("c"),
                        TestRemotes.allowing(folder.resolve("in"), OutboundLimits.DEFAULT, host.origin()))
                .with("team")) {
            c.awaitCheckout("team");
            c.post(IMPORTS + "/from-repository", "{\"url\": \"" + url() + "\", \"history\": \"keep\"}")
                    .expect(201);
            c.awaitCheckout("team");
            GitClient work = new GitClient(c.data.resolve("workspaces/team"));
            assertThat(work.run("rev-parse", "HEAD")).isEqualTo(clone.run("rev-parse", "main"));
            assertThat(work.run("status", "--porcelain")).isEmpty();
        }
    }

    /** Later commits repair it, and it is refused all the same: each of them could be checked out here. */
    @Test
    void oneWrongCommitInTheMiddleRefusesAll() throws Exception {
        String good = Files.readString(clone.folder().resolve(BUTTON));
        edit(BUTTON, good + "zulu: '@{components/gone}'\n", "Break it", "2025-03-03T08:00:00Z");
        String wrong = clone.run("rev-parse", "--short=8", "HEAD");
        edit(BUTTON, good, "Mend it", "2025-03-04T08:00:00Z");
        push();
        String before = stored().run("for-each-ref");
        String objects = stored().run("count-objects", "-v");
        String refused = keep(", 'branch': 'theirs'", "").expect(422).text();
        assertThat(refused).contains(BUTTON).contains("components/gone").contains("(commit " + wrong + ")");
        assertThat(stored().run("for-each-ref")).isEqualTo(before);
        assertThat(stored().run("count-objects", "-v")).isEqualTo(objects);
        assertThat(leftovers()).isEmpty();
        b.get(APP + "/export?ref=" + clone.run("rev-parse", "HEAD")).expect(404);
        assertThat(keep(", 'branch': 'theirs'", "?dry_run=true").expect(422).text())
                .contains(wrong);
    }

    @Test
    void linksAreRefusedAsInAPush() throws Exception {
        Files.createSymbolicLink(clone.folder().resolve("link"), Path.of("/etc/passwd"));
        commit("Link", "2025-03-03T08:00:00Z");
        clone.run("rm", "-q", "link");
        clone.run("commit", "-qm", "Unlink");
        push();
        assertThat(keep(", 'branch': 'theirs'", "").expect(422).text()).contains("symbolic links are not supported");
    }

    @Test
    void aDryRunLooksAtAllAndWritesNothing() throws Exception {
        String before = stored().run("for-each-ref");
        Answer plan = keep(", 'branch': 'theirs'", "?dry_run=true").expect(200);
        assertThat(plan.text("commit")).isEqualTo(clone.run("rev-parse", "main"));
        assertThat(plan.text()).contains("\"tooljet/apps/orders\"");
        assertThat(stored().run("for-each-ref")).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
        Answer done = keep(", 'branch': 'theirs'", "").expect(201);
        assertThat(done.json().get("commits")).isEqualTo(plan.json().get("commits"));
    }

    @Test
    void whatCannotBeKeptIsSaid() throws Exception {
        b.post(IMPORTS, TinyApp.bytes("stock", 1, "Go")).expect(201);
        assertThat(keep("", "").expect(409).text()).contains("already-exists");
        for (String more :
                List.of("'definitions': ['tooljet/apps/CRM']", "'mode': 'update'", "'name': 'x'", "'confirm': 'x'")) {
            keep(", 'branch': 'theirs', " + more, "").expect(400);
        }
        assertThat(b.post(IMPORTS + "/from-repository", "{\"url\": \"" + url() + "\", \"history\": \"all\"}")
                        .expect(400)
                        .text())
                .contains("/history");
        keep(", 'branch': 'main/theirs'", "").expect(409);
        keep(", 'branch': 'theirs', 'ref': 'none'", "").expect(404);
        clone.run("checkout", "-q", "--orphan", "other");
        clone.run("rm", "-rfq", ".");
        Files.writeString(clone.folder().resolve("notes.txt"), "no definitions");
        commit("Notes", "2025-03-03T08:00:00Z");
        clone.run("push", "-q", "origin", "other");
        assertThat(keep(", 'branch': 'theirs', 'ref': 'other'", "").expect(422).text())
                .contains("no definitions as Offshoot writes them");
        assertThat(stored().run("for-each-ref", "--format=%(refname)", "refs/heads"))
                .isEqualTo("refs/heads/main");
    }

    /** What both have is not sent again, and the new branch starts from the ids that are known there. */
    @Test
    void aHistoryThatLeftFromHereComesBackAsABranch() throws Exception {
        keep("", "").expect(201);
        List<String> ids = ids(b.get(APP + "/export").value());
        edit(SQL, "select 4\nfrom orders\n", "Four", "2025-03-06T08:00:00Z");
        push();
        Answer done = keep(", 'branch': 'later'", "").expect(201);
        assertThat(done.json().get("commits").orElseThrow()).hasToString("1");
        assertThat(ids(b.get(APP + "/export?ref=later").value())).isEqualTo(ids);
    }

    @Test
    void theCommandLineKeepsItToo() {
        CommandRun run = CommandRun.against(
                b,
                "import",
                "--from",
                url(),
                "--keep-history",
                "--branch",
                "theirs",
                "--server",
                b.address().toString(),
                "-w",
                "team");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("branch theirs").contains(clone.run("rev-parse", "main"));
        assertThat(history(stored(), "theirs")).isEqualTo(history(clone, "main"));
    }
}
