package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that know nothing of each other work on one app through a repository that both publish to, there and back. */
class MeetAtAHubTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String CRM = "tooljet/apps/CRM";
    private static final String REPAIRS = CRM + "/versions/v2/queries/listOpenRepairs.sql";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private GitClient hub;
    private GitHost host;
    private TestServer a;
    private TestServer b;

    @BeforeEach
    void start() {
        new GitClient(folder).run("init", "-q", "--bare", "-b", "main", "hub.git");
        hub = new GitClient(folder.resolve("hub.git"));
        hub.run("config", "http.receivepack", "true");
        host = new GitHost(folder);
        a = server("a");
        b = server("b").with("team");
        a.useCases()
                .loadFolder()
                .run(new WorkspaceName("team"), Path.of("sample-repo"), new Person("N", "n@example.org"));
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        host.close();
    }

    private TestServer server(String name) {
        return TestServer.startWithVault(
                folder.resolve(name),
                TestRemotes.allowing(folder.resolve(name + "-incoming"), OutboundLimits.DEFAULT, host.origin()));
    }

    private String url() {
        return host.origin() + "/hub.git";
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Has a branch published after each commit, and waits until it is there. */
    private void follow(TestServer server, String branch) {
        server.put(TEAM + "/remotes/hub", json("{'url': '" + url() + "', 'publish': ['" + branch + "']}"))
                .expect(200);
        awaitPublished(server);
    }

    private static void awaitPublished(TestServer server) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String shown = "";
        while (System.nanoTime() < end) {
            shown = server.get(TEAM + "/remotes/hub").expect(200).text();
            if (shown.contains("\"state\": \"published\"")) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("not published: " + shown);
    }

    private static GitClient stored(TestServer server) {
        return new GitClient(server.data.resolve("repositories/team.git"));
    }

    /** Somebody edits a file in a clone, and pushes it to a branch. */
    private void edit(TestServer server, String from, String to, String file, UnaryOperator<String> change)
            throws IOException {
        Path clone = Files.createTempDirectory(folder, "clone");
        new GitClient(folder).run("clone", "-q", "-b", from, server.gitUrl("team"), clone.toString());
        Path at = clone.resolve(file);
        Files.writeString(at, change.apply(Files.readString(at)));
        GitClient git = new GitClient(clone);
        git.run("-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-qam", "Edit");
        git.run("push", "-q", "origin", from + ":" + to);
    }

    private Answer takeBack(TestServer server, String branch) {
        return server.post(
                TEAM + "/imports/from-repository",
                json("{'url': '" + url() + "', 'ref': '" + branch + "', 'mode': 'update', 'target': '" + CRM + "'}"));
    }

    private static String export(TestServer server) {
        return new String(
                JsonWriter.compact(server.get(TEAM + "/definitions/" + CRM + "/export")
                        .expect(200)
                        .value()),
                StandardCharsets.UTF_8);
    }

    private static List<String> ids(String document) {
        return List.copyOf(new TreeSet<>(Pattern.compile("\"id\":\"([0-9a-f-]{36})\"")
                .matcher(document)
                .results()
                .map(m -> m.group(1))
                .toList()));
    }

    private static String append(String text, String line) {
        return text.stripTrailing() + "\n" + line + "\n";
    }

    @Test
    void thereAndBack() throws Exception {
        follow(a, "main");
        List<String> ids = ids(export(a));
        b.post(TEAM + "/imports/from-repository", json("{'url': '" + url() + "'}"))
                .expect(201);
        List<String> idsOfB = ids(export(b));
        edit(b, "main", "work", REPAIRS, sql -> append(sql, "-- from B"));
        follow(b, "work");
        // Meanwhile A goes on, in another line of the same file.
        edit(a, "main", "main", REPAIRS, sql -> "-- from A\n" + sql);
        awaitPublished(a);
        assertThat(hub.run("rev-parse", "main")).isEqualTo(stored(a).run("rev-parse", "main"));
        assertThat(hub.run("rev-parse", "work")).isEqualTo(stored(b).run("rev-parse", "work"));

        takeBack(a, "work").expect(200);
        String both = export(a);
        assertThat(both).contains("-- from A", "-- from B");
        assertThat(ids(both)).isEqualTo(ids);
        awaitPublished(a);
        assertThat(hub.run("show", "main:" + REPAIRS)).startsWith("-- from A").endsWith("-- from B");

        // A second round, from where the first one ended.
        edit(b, "work", "work", REPAIRS, sql -> append(sql, "-- from B again"));
        awaitPublished(b);
        takeBack(a, "work").expect(200);
        assertThat(export(a)).contains("-- from A", "-- from B again");
        assertThat(ids(export(a))).isEqualTo(ids);

        // And the other way.
        awaitPublished(a);
        takeBack(b, "main").expect(200);
        assertThat(export(b)).contains("-- from A", "-- from B again");
        assertThat(ids(export(b))).isEqualTo(idsOfB);
    }

    @Test
    void whatBothChangedDifferentlyIsReportedAndNothingMoves() throws Exception {
        follow(a, "main");
        b.post(TEAM + "/imports/from-repository", json("{'url': '" + url() + "'}"))
                .expect(201);
        edit(b, "main", "work", REPAIRS, sql -> append(sql, "-- from B"));
        follow(b, "work");
        edit(a, "main", "main", REPAIRS, sql -> append(sql, "-- from A"));
        String before = stored(a).run("for-each-ref");
        assertThat(takeBack(a, "work").expect(409).text()).contains("listOpenRepairs.sql", "-- from A", "-- from B");
        assertThat(stored(a).run("for-each-ref")).isEqualTo(before);
    }

    /** Nothing that both ever had: it is said, and nothing is guessed. */
    @Test
    void withoutAStateThatBothHadThereIsNoWayBack() throws Exception {
        follow(a, "main");
        b.post(TEAM + "/imports/from-repository", json("{'url': '" + url() + "'}"))
                .expect(201);
        new GitClient(folder).run("clone", "-q", b.gitUrl("team"), "squashed");
        GitClient git = new GitClient(folder.resolve("squashed"));
        Path sql = folder.resolve("squashed").resolve(REPAIRS);
        Files.writeString(sql, append(Files.readString(sql), "-- from B"));
        git.run("checkout", "-q", "--orphan", "alone");
        git.run("-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-qam", "All at once");
        git.run("push", "-q", url(), "alone");
        assertThat(takeBack(a, "alone").expect(409).text()).contains("no common base");
    }
}
