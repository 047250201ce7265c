package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.offshoot.cli.CommandLineApp;
import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches go to another Git host and from there to another instance. */
class PublishTest {
    private static final String REMOTE = "/api/workspaces/team/remotes/hub";
    private static final String APP = "/api/workspaces/team/definitions/tooljet/apps/orders";
    private static final OutboundLimits SHORT =
            new OutboundLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);

    @TempDir
    Path folder;

    private TestServer server(String name, OutboundLimits limits, String... origins) {
        return TestServer.startWithVault(
                        folder.resolve(name), TestRemotes.allowing(folder.resolve(name + "-incoming"), limits, origins))
                .with("team");
    }

    private GitClient hub() {
        new GitClient(folder).run("init", "-q", "--bare", "-b", "main", "hub.git");
        GitClient git = new GitClient(folder.resolve("hub.git"));
        git.run("config", "http.receivepack", "true");
        return git;
    }

    private static GitClient git(TestServer server, String workspace) {
        return new GitClient(server.data.resolve("repositories/" + workspace + ".git"));
    }

    private static String remote(String url, String more) {
        return ("{'url': '" + url + "'" + more + "}").replace('\'', '"');
    }

    private static void importApp(TestServer server, String text) {
        server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, text))
                .expect(201);
    }

    @Test
    void aBranchIsPushedAndOnlyForward() {
        GitClient hub = hub();
        try (GitHost host = new GitHost(folder);
                TestServer a = server("a", OutboundLimits.DEFAULT, host.origin())) {
            importApp(a, "Go");
            a.get(REMOTE).expect(404);
            a.post(REMOTE + "/push", "{}").expect(404);
            Answer put = a.put(REMOTE, remote(host.origin() + "/hub.git", "")).expect(200);
            assertThat(put.text()).doesNotContain("lastAttempt").contains("\"hasPassword\": false");

            Answer pushed = a.post(REMOTE + "/push", "{\"branch\": \"main\"}").expect(200);
            String head = git(a, "team").run("rev-parse", "main");
            assertThat(pushed.text()).contains("\"moved\": true");
            assertThat(pushed.text("commit")).isEqualTo(head);
            assertThat(hub.run("rev-parse", "main")).isEqualTo(head);
            assertThat(git(a, "team").run("for-each-ref")).contains("refs/offshoot");
            assertThat(hub.run("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
            hub.run("fsck", "--strict");
            assertThat(a.post(REMOTE + "/push", "{}").expect(200).text()).contains("\"moved\": false");
            assertThat(a.get(REMOTE).text()).contains("lastAttempt", "lastSuccess", head);

            a.post(REMOTE + "/push", "{\"branch\": \"nope\"}").expect(404);
            someoneElsePushes();
            String theirs = hub.run("rev-parse", "main");
            a.delete(APP).expect(200, 204);
            Answer refused = a.post(REMOTE + "/push", "{}").expect(409);
            assertThat(refused.text()).contains("commits that are not here", "git pull");
            assertThat(hub.run("rev-parse", "main")).isEqualTo(theirs);
            assertThat(a.get(REMOTE).text()).contains("\"error\"", "not here", "lastSuccess", head);

            a.post("/api/workspaces/team/branches", "{\"name\": \"mine\"}").expect(201);
            a.post(REMOTE + "/push", "{\"branch\": \"mine\"}").expect(200);
            assertThat(hub.run("rev-parse", "mine")).isEqualTo(git(a, "team").run("rev-parse", "mine"));
            assertThat(a.get(REMOTE).text()).doesNotContain("\"error\"");
            assertThat(a.get("/api/workspaces/team/remotes").text()).contains("\"hub\"");
            a.delete(REMOTE).expect(204);
            a.get(REMOTE).expect(404);
        }
    }

    private void someoneElsePushes() {
        new GitClient(folder).run("clone", "-q", "hub.git", "other");
        GitClient other = new GitClient(folder.resolve("other"));
        other.run(
                "-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-q", "--allow-empty", "-m", "Theirs");
        other.run("push", "-q", "origin", "main");
    }

    @Test
    void badRemotesAreRefusedInBoundedTimeWithoutTheirWords() throws Exception {
        HttpServer bad = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bad.createContext("/page", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<script>whisper</script>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        bad.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", "/page/x.git/info/refs");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        bad.createContext("/broken", exchange -> {
            exchange.sendResponseHeaders(502, 0);
            exchange.getResponseBody().write("whisper".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        bad.createContext("/cut", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-receive-pack-advertisement");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("001f# service=git-receive-pack\n0000".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        });
        CountDownLatch over = new CountDownLatch(1);
        bad.createContext("/silent", exchange -> {
            try {
                over.await();
            } catch (InterruptedException stopped) {
                exchange.close();
            }
        });
        bad.createContext("/endless", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-receive-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("001f# service=git-receive-pack\n0000".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; ; i++) {
                String ref = "%040x refs/heads/b%08d\n".formatted(i + 1, i);
                exchange.getResponseBody()
                        .write("%04x%s".formatted(ref.length() + 4, ref).getBytes(StandardCharsets.UTF_8));
            }
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        bad.setExecutor(threads);
        bad.start();
        String origin = "http://127.0.0.1:" + bad.getAddress().getPort();
        GitClient hub = hub();
        Path hook = folder.resolve("hub.git/hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho whisper >&2\nexit 1\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        try (GitHost host = new GitHost(folder);
                TestServer a = server("a", SHORT, origin, host.origin(), "http://127.0.0.1:1")) {
            importApp(a, "Go");
            Map<String, String> codes = Map.of(
                    origin + "/page/x.git",
                    "invalid-repository",
                    origin + "/redirect/x.git",
                    "invalid-repository",
                    origin + "/silent/x.git",
                    "unreachable",
                    origin + "/endless/x.git",
                    "invalid-repository",
                    origin + "/broken/x.git",
                    "unreachable",
                    origin + "/cut/x.git",
                    "unreachable",
                    host.origin() + "/missing.git",
                    "invalid-repository",
                    "http://127.0.0.1:1/x.git",
                    "unreachable");
            for (String url : codes.keySet()) {
                a.put(REMOTE, remote(url, "")).expect(200);
                Answer refused = a.post(REMOTE + "/push", "{}").expect(422, 503);
                assertThat(refused.text())
                        .as(url)
                        .contains("could not be pushed to", '"' + codes.get(url) + '"')
                        .doesNotContain("whisper");
                assertThat(a.get(REMOTE).text())
                        .as(url)
                        .contains("could not be pushed to", "lastAttempt")
                        .doesNotContain("lastSuccess");
            }
            a.put(REMOTE, remote(host.origin() + "/hub.git", "")).expect(200);
            assertThat(a.post(REMOTE + "/push", "{}").expect(409).text())
                    .contains("refused the branch", "remote-refused")
                    .doesNotContain("whisper");
            Files.delete(hook);
            hub.run("config", "http.receivepack", "false");
            assertThat(a.post(REMOTE + "/push", "{}").expect(422).text()).contains("remote-denied");
            assertThat(hub.run("for-each-ref")).isEmpty();

            a.put(REMOTE, remote("http://127.0.0.1:2/x.git", "")).expect(200);
            a.post(REMOTE + "/push", "{}").expect(403);
            a.put(REMOTE, remote("https://inside.example/x.git", "")).expect(200);
            a.post(REMOTE + "/push", "{}").expect(403);
            a.put(REMOTE, remote("file:///tmp/x.git", "")).expect(422, 400);
            assertThat(a.put(REMOTE, remote("https://u:hidden@example.org/x.git", ""))
                            .expect(422, 400)
                            .text())
                    .doesNotContain("hidden");
            a.put("/api/workspaces/team/remotes/No%20Name", remote("https://example.org/x.git", ""))
                    .expect(422, 400);
        } finally {
            over.countDown();
            bad.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void aPasswordIsUsedAndNeverShown() throws Exception {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (TestServer c = server("c", OutboundLimits.DEFAULT);
                TestServer a = server("a", OutboundLimits.DEFAULT, c.address().toString())) {
            importApp(a, "Go");
            importApp(c, "Other");
            a.post("/api/workspaces/team/branches", "{\"name\": \"from-a\"}").expect(201);
            String url = c.address() + "/git/team.git";
            Answer put = a.put(REMOTE, remote(url, ", 'user': 'x', 'password': '" + c.token + "'"))
                    .expect(200);
            assertThat(put.text()).contains("\"hasPassword\": true").doesNotContain(c.token);
            Answer pushed = a.post(REMOTE + "/push", "{\"branch\": \"from-a\"}").expect(200);
            assertThat(pushed.text()).doesNotContain(c.token);
            assertThat(c.get(APP + "/export?ref=from-a").expect(200).text()).contains("\"Go\"");
            // C's main has an import of its own.
            assertThat(a.post(REMOTE + "/push", "{}").expect(409).text()).doesNotContain(c.token);

            // The same place keeps it, another one never sees it.
            assertThat(a.put(REMOTE, remote(url, ", 'user': 'x'")).expect(200).text())
                    .contains("\"hasPassword\": true");
            assertThat(a.put(REMOTE, remote(c.address() + "/git/else.git", ", 'user': 'x'"))
                            .expect(200)
                            .text())
                    .contains("\"hasPassword\": false");
            a.put(REMOTE, remote(url, ", 'user': 'x', 'password': 'wrong-secret'"))
                    .expect(200);
            assertThat(a.post(REMOTE + "/push", "{\"branch\": \"from-a\"}")
                            .expect(422)
                            .text())
                    .contains("remote-denied")
                    .doesNotContain("wrong-secret");
            assertThat(a.get(REMOTE).text()).doesNotContain("wrong-secret");
            // By itself it fails, and succeeds, as silently.
            for (String password : List.of("wrong-secret", c.token)) {
                a.put(
                                REMOTE,
                                remote(
                                        url,
                                        ", 'user': 'x', 'password': '" + password + "', 'publish': ['from-a', 'main']"))
                        .expect(200);
                String state = password.equals(c.token) ? "published" : "waiting";
                assertThat(shownWith(a, "\"state\": \"" + state + "\"")).doesNotContain(password);
            }
            for (String secret : List.of(c.token, "wrong-secret")) {
                assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(secret);
                assertNowhere(a.data, secret);
            }
            a.delete(REMOTE).expect(204);
        } finally {
            System.setErr(err);
        }
    }

    /** Asks until the background has got so far; the end of the patience is an error, not a measurement. */
    private static String shownWith(TestServer server, String part) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        String shown = "";
        while (System.nanoTime() < end) {
            shown = server.get(REMOTE).expect(200).text();
            if (shown.contains(part)) {
                return shown;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("not " + part + ": " + shown);
    }

    private static void assertNowhere(Path data, String secret) throws IOException {
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void withoutAKeyAPasswordIsRefusedAndNothingChanges() {
        try (TestServer a = TestServer.start(folder.resolve("a")).with("team")) {
            Answer refused = a.put(REMOTE, remote("https://example.org/x.git", ", 'password': 'hush'"))
                    .expect(409);
            assertThat(refused.text()).contains("vault-locked").doesNotContain("hush");
            a.get(REMOTE).expect(404);
            a.put(REMOTE, remote("https://example.org/x.git", "")).expect(200);
            assertThat(a.post(REMOTE + "/push", "{}").expect(403).text()).contains("does not push");
        }
    }

    /** What was kept outlives a restart. */
    @Test
    void remotesAreStillThereAfterARestart() {
        GitClient hub = hub();
        try (GitHost host = new GitHost(folder)) {
            String shown;
            try (TestServer a = server("a", OutboundLimits.DEFAULT, host.origin())) {
                a.put(REMOTE, remote(host.origin() + "/hub.git", ", 'user': 'ann', 'password': 'p'"))
                        .expect(200);
                a.post(REMOTE + "/push", "{}").expect(200);
                a.post(REMOTE + "/push", "{\"branch\": \"main\"}").expect(200);
                hub.run("config", "http.receivepack", "false");
                a.post(REMOTE + "/push", "{}").expect(422);
                shown = a.get(REMOTE).text();
            }
            try (TestServer a = TestServer.startWithVault(
                    folder.resolve("a"),
                    TestRemotes.allowing(folder.resolve("in"), OutboundLimits.DEFAULT, host.origin()))) {
                assertThat(a.get(REMOTE).text()).isEqualTo(shown).contains("lastSuccess", "\"error\"", "ann");
            }
        }
    }

    @Test
    void remotesAreInBackups() {
        try (TestServer a = server("a", OutboundLimits.DEFAULT)) {
            a.put(REMOTE, remote("https://inside.example/x.git", ", 'user': 'ann', 'password': 'p'"))
                    .expect(200);
            a.post(REMOTE + "/push", "{}").expect(403);
            String shown = a.get(REMOTE).text();
            assertThat(shown).contains("\"error\"");
            offshoot(
                    "backup",
                    "--data",
                    a.data.toString(),
                    folder.resolve("b.zip").toString());
            offshoot(
                    "restore",
                    folder.resolve("b.zip").toString(),
                    "--data",
                    folder.resolve("r").toString());
            try (TestServer r =
                    TestServer.startWithVault(folder.resolve("r"), TestRemotes.allowing(folder.resolve("in"), SHORT))) {
                assertThat(r.get(REMOTE).text()).isEqualTo(shown);
            }
        }
    }

    private static void offshoot(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new CommandLineApp((options, env) -> {
                    throw new AssertionError("not in this test");
                })
                .run(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        arguments);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }

    /** Two instances meet at a third place, with an app of every platform. */
    @Test
    void instancesMeetAtAHub() {
        GitClient hub = hub();
        try (GitHost host = new GitHost(folder);
                TestServer a = server("a", OutboundLimits.DEFAULT, host.origin());
                TestServer b = server("b", OutboundLimits.DEFAULT, host.origin())) {
            a.useCases()
                    .loadFolder()
                    .run(new WorkspaceName("sample"), Path.of("sample-repo"), new Person("N", "n@example.org"));
            String url = host.origin() + "/hub.git";
            String atA = "/api/workspaces/sample/remotes/hub";
            a.put(atA, remote(url, "")).expect(200);
            a.post(atA + "/push", "{\"branch\": \"main\"}").expect(200);
            String before = git(a, "sample").run("for-each-ref");
            String published = hub.run("rev-parse", "main");

            b.post("/api/workspaces/team/imports/from-repository", remote(url, ""))
                    .expect(201);
            for (String platform : List.of("tooljet", "appsmith", "appbuilder", "flowrunner")) {
                assertThat(git(b, "team").run("rev-parse", "main:" + platform))
                        .as(platform)
                        .isEqualTo(hub.run("rev-parse", "main:" + platform));
            }
            Path clone = folder.resolve("edit");
            new GitClient(folder).run("clone", "-q", b.gitUrl("team"), clone.toString());
            String sql = new GitClient(clone)
                    .run("ls-files", "tooljet/*.sql")
                    .lines()
                    .findFirst()
                    .orElseThrow();
            append(clone.resolve(sql));
            GitClient edit = new GitClient(clone);
            edit.run("-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-qam", "Edit");
            edit.run("push", "-q", "origin", "main:edited");

            b.put(REMOTE, remote(url, "")).expect(200);
            b.post(REMOTE + "/push", "{}").expect(409); // another history
            b.post(REMOTE + "/push", "{\"branch\": \"edited\"}").expect(200);
            assertThat(hub.run("diff", "--name-only", "main", "edited", "--", "tooljet", "flowrunner", "appbuilder"))
                    .isEqualTo(sql);
            for (String platform : List.of("appsmith", "appbuilder", "flowrunner")) {
                assertThat(hub.run("rev-parse", "edited:" + platform))
                        .isEqualTo(hub.run("rev-parse", "main:" + platform));
            }
            assertThat(hub.run("rev-parse", "main")).isEqualTo(published);
            assertThat(git(a, "sample").run("for-each-ref")).isEqualTo(before);
        }
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, Files.readString(file).stripTrailing() + "\n-- edited\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
