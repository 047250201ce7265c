package dev.offshoot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.ServerProcess;
import dev.offshoot.testing.TestServer.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while definitions come from another repository: a copy that was acknowledged is whole, any other one is not there or whole too. */
class KilledFetchTest {
    private static final String[] SMALL_AND_QUICK = {
        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
    };
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final int KILLS = 5;
    private static final long SEED = 20261129;
    private static final long LONGEST_DELAY_NANOS = 300_000_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final AtomicInteger sent = new AtomicInteger();
    /** Commit by name of the copy. */
    private final Map<String, String> acknowledged = new LinkedHashMap<>();

    private GitHost host;
    private String versions;

    @BeforeEach
    void fillARepository() throws Exception {
        host = new GitHost(folder.resolve("git"));
        try (ServerProcess server = start()) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"team\"}".getBytes())
                    .expect(201);
            server.client().post(IMPORTS, Sample.crmBytes()).expect(201);
            Files.createDirectories(folder.resolve("git"));
            new GitClient(folder)
                    .run(
                            "clone",
                            "-q",
                            "--bare",
                            "http://anyone:" + ServerProcess.TOKEN + "@127.0.0.1:"
                                    + server.address().getPort() + "/git/team.git",
                            "git/hub.git");
        }
        versions = stored().run("rev-parse", "main:tooljet/apps/CRM/versions");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private ServerProcess start() {
        return ServerProcess.startAllowing(
                host.origin().replace("http://", ""), folder.resolve("data"), SMALL_AND_QUICK);
    }

    private GitClient stored() {
        return new GitClient(folder.resolve("data/repositories/team.git"));
    }

    @Test
    void whatWasAcknowledgedIsWhole() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            fetchUntilKilled(this::fetch);
            assertThat(stored().run("fsck", "--strict", "--full", "--no-dangling"))
                    .isEmpty();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
        try (ServerProcess server = start()) {
            acknowledged.forEach((name, commit) -> {
                assertThat(stored().attempt("merge-base", "--is-ancestor", commit, "main")
                                .status())
                        .as("acknowledged: " + name)
                        .isZero();
                server.client()
                        .get("/api/workspaces/team/definitions/tooljet/apps/" + name + "/export")
                        .expect(200);
            });
            for (String name : stored().run("ls-tree", "--name-only", "main:tooljet/apps")
                    .lines()
                    .toList()) {
                assertThat(stored().run("rev-parse", "main:tooljet/apps/" + name + "/versions"))
                        .as(name)
                        .isEqualTo(versions);
            }
            assertThat(fetch(server)).isTrue();
            assertThat(folder.resolve("data/incoming"))
                    .satisfiesAnyOf(
                            f -> assertThat(f).doesNotExist(),
                            f -> assertThat(f).isEmptyDirectory());
        }
    }

    /** A branch that comes with its history is there whole, with its ledger, or is not there. */
    @Test
    void keptHistoriesAreWhole() throws Exception {
        try (ServerProcess server = start()) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"kept\"}".getBytes())
                    .expect(201);
        }
        GitClient kept = new GitClient(folder.resolve("data/repositories/kept.git"));
        for (int kill = 0; kill < KILLS; kill++) {
            fetchUntilKilled(this::keep);
            assertThat(kept.run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
        String head = new GitClient(folder.resolve("git/hub.git")).run("rev-parse", "main");
        try (ServerProcess server = start()) {
            assertThat(keep(server)).isTrue();
            assertThat(folder.resolve("data/repositories/kept.git/incoming"))
                    .satisfiesAnyOf(
                            f -> assertThat(f).doesNotExist(),
                            f -> assertThat(f).isEmptyDirectory());
            List<String> branches = kept.run(
                            "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/copy*")
                    .lines()
                    .toList();
            assertThat(branches)
                    .containsAll(acknowledged.keySet().stream()
                            .map(name -> name + " " + head)
                            .toList());
            for (String branch : branches) {
                assertThat(branch).endsWith(" " + head);
                String name = branch.substring(0, branch.indexOf(' '));
                assertThat(server.client()
                                .get("/api/workspaces/kept/definitions/tooljet/apps/CRM?ref=" + name)
                                .expect(200)
                                .text())
                        .contains("\"origin\"");
            }
        }
    }

    private boolean keep(ServerProcess server) {
        String name = "copy" + sent.incrementAndGet();
        return send(
                server,
                name,
                "/api/workspaces/kept/imports/from-repository",
                "{\"url\": \"" + host.origin() + "/hub.git\", \"history\": \"keep\", \"branch\": \"" + name + "\"}");
    }

    /** One life of the server: a first copy is answered, then it is killed soon after others have begun. */
    private void fetchUntilKilled(Predicate<ServerProcess> fetch) throws Exception {
        ServerProcess server = start();
        try {
            assertThat(fetch.test(server)).isTrue();
            CompletableFuture<Void> fetching = CompletableFuture.runAsync(() -> {
                boolean alive = true;
                while (alive) {
                    alive = fetch.test(server);
                }
            });
            LockSupport.parkNanos(random.nextLong(LONGEST_DELAY_NANOS));
            server.kill();
            fetching.get();
        } finally {
            server.kill();
        }
    }

    /** @return false when there was no answer */
    private boolean fetch(ServerProcess server) {
        String name = "copy" + sent.incrementAndGet();
        String body = "{\"url\": \"" + host.origin() + "/hub.git\", \"name\": \"" + name
                + "\", \"definitions\": [\"tooljet/apps/CRM\"]}";
        return send(server, name, IMPORTS + "/from-repository", body);
    }

    /** @return false when there was no answer */
    private boolean send(ServerProcess server, String name, String route, String body) {
        Answer answer;
        try {
            answer = server.client().post(route, body.getBytes());
        } catch (UncheckedIOException killed) {
            return false;
        }
        acknowledged.put(name, answer.expect(201).text("commit"));
        return true;
    }
}
