package dev.offshoot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.HeldPush;
import dev.offshoot.testing.ServerProcess;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} during pushes to a Git host, asked for and by themselves: after a restart the host gets the newest, once, and loses nothing. */
class KilledPublishTest {
    private static final String[] SMALL_AND_QUICK = {
        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
    };
    private static final String REMOTE = "/api/workspaces/team/remotes/hub";
    private static final int KILLS = 4;
    private static final long SEED = 20261201;
    private static final long LONGEST_DELAY_NANOS = 400_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final List<String> acknowledged = new ArrayList<>();
    private GitHost host;
    private GitClient hub;
    private int edits;

    @BeforeEach
    void host() {
        new GitClient(folder).run("init", "-q", "--bare", "-b", "main", "hub.git");
        hub = new GitClient(folder.resolve("hub.git"));
        hub.run("config", "http.receivepack", "true");
        hub.run("config", "receive.fsckObjects", "true");
        host = new GitHost(folder);
        try (ServerProcess server = start()) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"team\"}".getBytes(StandardCharsets.UTF_8))
                    .expect(201);
            commit(server);
        }
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private ServerProcess start() {
        return ServerProcess.startAllowing(
                host.origin().replace("http://", ""), folder.resolve("data"), SMALL_AND_QUICK);
    }

    private void setRemote(ServerProcess server, String publish) {
        server.client()
                .send(
                        "PUT",
                        REMOTE,
                        ("{\"url\": \"" + host.origin() + "/hub.git\", \"publish\": " + publish + "}")
                                .getBytes(StandardCharsets.UTF_8))
                .expect(200);
    }

    /** @return false when there was no answer */
    private boolean commit(ServerProcess server) {
        try {
            Answer answer = server.client()
                    .post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "edit " + ++edits))
                    .expect(200, 201);
            acknowledged.add(answer.text("commit"));
            return true;
        } catch (UncheckedIOException killed) {
            return false;
        }
    }

    private String stored(String ref) {
        return new GitClient(folder.resolve("data/repositories/team.git")).run("rev-parse", ref);
    }

    /** Asks until the server says so; the end of the patience is an error, not a measurement. */
    private void awaitPublished(ServerProcess server) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String shown = "";
        while (System.nanoTime() < end) {
            shown = server.client().get(REMOTE).expect(200).text();
            if (shown.contains("\"state\": \"published\"")) {
                return;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("not published: " + shown);
    }

    private void assertTheHostHasAll() {
        assertThat(hub.run("rev-parse", "main")).isEqualTo(stored("main"));
        assertThat(hub.run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
        assertThat(hub.run("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
        for (String commit : acknowledged) {
            assertThat(hub.attempt("merge-base", "--is-ancestor", commit, "main")
                            .status())
                    .as("acknowledged: " + commit)
                    .isZero();
        }
    }

    /** The end comes when the host has the objects and has not moved its branch yet. It moves it, or not: both are right. */
    @Test
    void killedWhileTheHostThinks() throws Exception {
        for (boolean accepted : List.of(false, true)) {
            try (HeldPush held = HeldPush.at(hub.folder())) {
                ServerProcess server = start();
                setRemote(server, "[\"main\"]");
                commit(server);
                held.awaitPush();
                server.kill();
                held.release(accepted);
            }
            try (ServerProcess server = start()) {
                awaitPublished(server);
                assertTheHostHasAll();
                assertThat(server.client().get(REMOTE).text()).doesNotContain("\"error\"", "failures");
            }
        }
    }

    @Test
    void killedDuringAPushThatWasAskedFor() throws Exception {
        try (HeldPush held = HeldPush.at(hub.folder())) {
            ServerProcess server = start();
            setRemote(server, "[]");
            CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(
                    () -> server.client().post(REMOTE + "/push", "{}".getBytes(StandardCharsets.UTF_8)));
            held.awaitPush();
            server.kill();
            held.release(true);
            assertThat(asked.handle((answer, gone) -> gone != null).get()).isTrue();
        }
        try (ServerProcess server = start()) {
            String shown = server.client().get(REMOTE).expect(200).text();
            assertThat(shown).contains("lastAttempt").doesNotContain("lastSuccess", "\"error\"");
            server.client()
                    .post(REMOTE + "/push", "{}".getBytes(StandardCharsets.UTF_8))
                    .expect(200);
            assertTheHostHasAll();
        }
    }

    @Test
    void killedAtAnyMomentWhileOthersCommit() throws Exception {
        try (ServerProcess server = start()) {
            setRemote(server, "\"all\"");
        }
        for (int kill = 0; kill < KILLS; kill++) {
            commitUntilKilled();
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        try (ServerProcess server = start()) {
            awaitPublished(server);
            assertTheHostHasAll();
            commit(server);
            awaitPublished(server);
            assertTheHostHasAll();
        }
    }

    /** One life of the server: a first import is answered, then it is killed soon after others have begun. */
    private void commitUntilKilled() throws InterruptedException, ExecutionException {
        ServerProcess server = start();
        try {
            assertThat(commit(server)).isTrue();
            CompletableFuture<Void> committing = CompletableFuture.runAsync(() -> {
                boolean alive = true;
                while (alive) {
                    alive = commit(server);
                }
            });
            LockSupport.parkNanos(random.nextLong(LONGEST_DELAY_NANOS));
            server.kill();
            committing.get();
        } finally {
            server.kill();
        }
    }

    /** Asked to stop in the middle of a push that does not end, the server ends, without a word of complaint, and goes on at the next start. */
    @Test
    void stoppedWhileTheHostThinks() throws Exception {
        try (HeldPush held = HeldPush.at(hub.folder())) {
            ServerProcess server = start();
            setRemote(server, "[\"main\"]");
            held.awaitPush();
            server.close();
            assertThat(server.log()).doesNotContain("Exception", "\tat ");
            held.release(false);
        }
        try (ServerProcess server = start()) {
            awaitPublished(server);
            assertTheHostHasAll();
        }
    }
}
