package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.offshoot.cli.CommandLineApp;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.CommandRun;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.RawPush;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same over HTTP: from another instance, from a Git host, and from servers that mean no good. */
class FetchFromRepositoryTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String FROM = IMPORTS + "/from-repository";

    @TempDir
    Path folder;

    private TestServer server(String name, OutboundLimits limits, String... origins) {
        return TestServer.start(
                        folder.resolve(name), TestRemotes.allowing(folder.resolve(name + "-incoming"), limits, origins))
                .with("team");
    }

    private static Answer from(TestServer b, String url, String more) {
        return b.post(FROM, "{\"url\": \"" + url + "\"" + more.replace('\'', '"') + "}");
    }

    private static String refs(TestServer server) {
        return new GitClient(server.data.resolve("repositories/team.git")).run("for-each-ref");
    }

    private static String tree(TestServer server, String path) {
        return tree(server, "team", path);
    }

    private static String tree(TestServer server, String workspace, String path) {
        return new GitClient(server.data.resolve("repositories/" + workspace + ".git"))
                .run("rev-parse", "main:" + path);
    }

    @Test
    void oneInstanceTakesFromTheOther() throws Exception {
        try (TestServer a = server("a", OutboundLimits.DEFAULT);
                TestServer b = server("b", OutboundLimits.DEFAULT, a.address().toString())) {
            a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
            a.post(IMPORTS, TinyApp.bytes("stock", 2, "Go")).expect(201);
            String before = refs(a);
            String url = a.address() + "/git/team.git";
            assertThat(from(b, url, "").expect(422).text()).contains("user and password");
            Answer done = from(
                            b,
                            url,
                            ", 'user': 'x', 'password': '" + a.token + "', 'definitions': ['tooljet/apps/orders']")
                    .expect(201);
            assertThat(done.text()).doesNotContain(a.token).contains("unconfigured");
            assertThat(tree(b, "tooljet/apps/orders")).isEqualTo(tree(a, "tooljet/apps/orders"));
            GitClient git = new GitClient(b.data.resolve("repositories/team.git"));
            assertThat(git.run("log", "--all", "-p")).doesNotContain(a.token);
            String app = "/api/workspaces/team/definitions/tooljet/apps/orders";
            String edited = b.get(app + "/export").text().replace("\"Go\"", "\"Gone\"");
            b.post(IMPORTS + "?target=tooljet/apps/orders", edited).expect(200);
            assertThat(b.get(app + "/export").text()).contains("Gone");
            assertThat(git.run("diff", "--name-only", "main~", "main"))
                    .isEqualTo("tooljet/apps/orders/versions/v1/pages/Home/components/button1.yaml");
            assertThat(refs(a)).isEqualTo(before);
            assertThat(a.get(app + "/export").text()).doesNotContain("Gone");
        }
    }

    @Test
    void otherPlatformsMakeTheSameJourney() throws Exception {
        try (TestServer a = server("a", OutboundLimits.DEFAULT);
                TestServer b = server("b", OutboundLimits.DEFAULT, a.address().toString())) {
            for (String name : List.of("appbuilder", "flowrunner")) {
                Path sample = Path.of("sample-repo").resolve(name);
                assumeTrue(Files.isDirectory(sample), "runs at the top of the project");
            }
            new GitClient(folder).run("clone", "-q", a.gitUrl("team"), "clone");
            dev.offshoot.model.Person nobody = new dev.offshoot.model.Person("N", "n@example.org");
            a.useCases()
                    .loadFolder()
                    .run(new dev.offshoot.model.WorkspaceName("sample"), Path.of("sample-repo"), nobody);
            Answer done = from(b, a.address() + "/git/sample.git", ", 'user': 'x', 'password': '" + a.token + "'")
                    .expect(201);
            for (String platform : List.of("tooljet", "appsmith", "appbuilder", "flowrunner")) {
                assertThat(tree(b, platform))
                        .as(platform)
                        .isEqualTo(new GitClient(a.data.resolve("repositories/sample.git"))
                                .run("rev-parse", "main:" + platform));
            }
            assertThat(done.text()).contains("flowrunner/flows").contains("appbuilder/apps");
        }
    }

    @Test
    void theCommandLineAsksTheServer() throws Exception {
        try (TestServer a = server("a", OutboundLimits.DEFAULT);
                TestServer b = server("b", OutboundLimits.DEFAULT, a.address().toString())) {
            a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
            var environment = Map.of(
                    "OFFSHOOT_TOKEN",
                    b.token,
                    "OFFSHOOT_REPOSITORY_USER",
                    "x",
                    "OFFSHOOT_REPOSITORY_PASSWORD",
                    a.token);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = new CommandLineApp((options, env) -> {
                        throw new AssertionError("not in this test");
                    })
                    .run(
                            new ByteArrayInputStream(new byte[0]),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            environment,
                            "import",
                            "--from",
                            a.address() + "/git/team.git",
                            "--definition",
                            "tooljet/apps/orders",
                            "--server",
                            b.address().toString(),
                            "-w",
                            "team");
            assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("created tooljet/apps/orders");
            assertThat(tree(b, "tooljet/apps/orders")).isEqualTo(tree(a, "tooljet/apps/orders"));
        }
    }

    static List<Path> bundles() {
        return NativeRepositoryTest.bundles();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void nativeRepositoriesComeAtTheirHeadAtATagAndAtAnOldCommit(Path bundle) {
        assumeTrue(Files.exists(bundle), "needs ../shared/corpus");
        new GitClient(folder)
                .run("clone", "-q", "--bare", bundle.toAbsolutePath().toString(), "real.git");
        GitClient git = new GitClient(folder.resolve("real.git"));
        String head = git.run("rev-parse", "HEAD");
        String old = git.run("log", "--first-parent", "--format=%H", "-2")
                .lines()
                .reduce((x, y) -> y)
                .get();
        git.run("tag", "-f", "seen", old);
        try (GitHost host = new GitHost(folder);
                TestServer b = server("b", OutboundLimits.DEFAULT, host.origin())) {
            String url = host.origin() + "/real.git";
            isAsExploded(b, "head", take(b, "head", url, ""), head);
            String platform = isAsExploded(b, "old", take(b, "old", url, old), old);
            take(b, "tag", url, "seen");
            assertThat(tree(b, "tag", platform)).isEqualTo(tree(b, "old", platform));
        }
    }

    private static Answer take(TestServer b, String workspace, String url, String ref) {
        b.with(workspace);
        String revision = ref.isEmpty() ? "" : ", \"ref\": \"" + ref + "\"";
        return b.post(
                        "/api/workspaces/" + workspace + "/imports/from-repository",
                        "{\"url\": \"" + url + "\"" + revision + "}")
                .expect(201);
    }

    /** What comes by URL is what the command line makes of a clone at that commit. */
    private String isAsExploded(TestServer b, String workspace, Answer done, String commit) {
        assertThat(done.text()).contains("\"commit\": \"" + commit + "\"");
        new GitClient(folder).run("clone", "-q", "real.git", workspace + "-clone/real");
        Path clone = folder.resolve(workspace + "-clone/real");
        new GitClient(clone).run("checkout", "-q", commit);
        GitClient exploded = new GitClient(folder.resolve(workspace + "-tree"));
        CommandRun run = CommandRun.in(
                Map.of(), "explode", clone.toString(), exploded.folder().toString());
        assertThat(run.code()).as(run.err()).isZero();
        exploded.run("init", "-q");
        exploded.run("add", "-A");
        String platform = Files.isDirectory(exploded.folder().resolve("appsmith")) ? "appsmith" : "tooljet";
        assertThat(exploded.run("write-tree", "--prefix=" + platform + "/")).isEqualTo(tree(b, workspace, platform));
        return platform;
    }

    /** Many at a time: every one lands whole, under a name of its own. */
    @Test
    void manyAtATimeLandOneAfterTheOther() throws Exception {
        try (TestServer a = server("a", OutboundLimits.DEFAULT);
                TestServer b = server("b", OutboundLimits.DEFAULT, a.address().toString())) {
            a.post(IMPORTS, TinyApp.bytes("orders", 1, "Go")).expect(201);
            ExecutorService threads = Executors.newFixedThreadPool(6);
            List<Future<Answer>> answers = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() ->
                            from(b, a.address() + "/git/team.git", ", 'user': 'x', 'password': '" + a.token + "'")))
                    .toList();
            for (Future<Answer> answer : answers) {
                answer.get().expect(201);
            }
            threads.shutdown();
            assertThat(new GitClient(b.data.resolve("repositories/team.git"))
                            .run("ls-tree", "--name-only", "main:tooljet/apps")
                            .lines())
                    .hasSize(6);
        }
    }

    /** Slow, endless, redirecting, no Git, gone: said in bounded time, and nothing is written. */
    @Test
    void serversThatMeanNoGoodAreLeft() throws Exception {
        HttpServer bad = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        bad.setExecutor(threads);
        bad.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/x.git/info/refs");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        bad.createContext("/endless", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("001e# service=git-upload-pack\n0000".getBytes());
            for (int i = 0; ; i++) {
                String ref = "%040x refs/heads/b%08d\n".formatted(i + 1, i);
                exchange.getResponseBody()
                        .write("%04x%s".formatted(ref.length() + 4, ref).getBytes());
            }
        });
        bad.createContext("/silent", exchange -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException stopped) {
                exchange.close();
            }
        });
        byte[] claims = RawPush.pack(Integer.MAX_VALUE, RawPush.blob(1, new byte[] {'x'}));
        byte[] bomb = RawPush.pack(1, RawPush.blob(10L << 30, new byte[1000]));
        bad.createContext("/claims", exchange -> sendPack(exchange, claims));
        bad.createContext("/bomb", exchange -> sendPack(exchange, bomb));
        bad.createContext("/page", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<script>secret</script>".getBytes());
            exchange.close();
        });
        bad.start();
        String origin = "http://127.0.0.1:" + bad.getAddress().getPort();
        var limits = new OutboundLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);
        try (TestServer b = server("b", limits, origin, "http://127.0.0.1:1")) {
            String before = refs(b);
            for (String path : List.of("/redirect", "/endless", "/silent", "/page", "/missing")) {
                assertThat(from(b, origin + path + "/x.git", "").expect(422).text())
                        .as(path)
                        .doesNotContain("secret");
            }
            assertThat(from(b, origin + "/endless/x.git", "").text()).contains("more than 1048576 bytes");
            assertThat(from(b, origin + "/claims/x.git", "").expect(422).text()).contains("limit-exceeded");
            assertThat(from(b, origin + "/bomb/x.git", "").expect(422).text()).contains("limit-exceeded");
            from(b, "http://127.0.0.1:1/x.git", "").expect(422);
            from(b, "http://127.0.0.1:2/x.git", "").expect(403);
            from(b, "https://inside.example/x.git", "").expect(403);
            from(b, "http://public.example/x.git", "").expect(403);
            assertThat(refs(b)).isEqualTo(before);
        } finally {
            bad.stop(0);
            threads.shutdownNow();
        }
    }

    /** One branch, and whatever pack there is to give. */
    private static void sendPack(HttpExchange exchange, byte[] pack) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean asked = exchange.getRequestMethod().equals("POST");
        String id = "1".repeat(40);
        String said = asked
                ? "0008NAK\n"
                : line("# service=git-upload-pack\n") + "0000"
                        + line(id + " HEAD\0symref=HEAD:refs/heads/main multi_ack_detailed ofs-delta\n")
                        + line(id + " refs/heads/main\n") + "0000";
        exchange.getResponseHeaders()
                .add("Content-Type", "application/x-git-upload-pack-" + (asked ? "result" : "advertisement"));
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
        if (asked) {
            exchange.getResponseBody().write(pack);
        }
        exchange.close();
    }

    private static String line(String text) {
        return "%04x%s".formatted(text.length() + 4, text);
    }
}
