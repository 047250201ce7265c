package dev.offshoot.service;

import static dev.offshoot.service.PublishingStage.HUB;
import static dev.offshoot.service.PublishingStage.MAIN;
import static dev.offshoot.service.PublishingStage.TEAM;
import static dev.offshoot.service.PublishingStage.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.store.Publication.Setback;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.HeldPush;
import dev.offshoot.testing.MovedClock;
import dev.offshoot.testing.TestRemotes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes after commits to stock Git over HTTP: gone and back, someone else there, bad ones, several at a time. Time passes when a test says so. */
class PublishToHostsTest {
    private static final OutboundLimits SHORT =
            new OutboundLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock();
    private GitClient hub;

    @BeforeEach
    void createHub() {
        new GitClient(folder).run("init", "-q", "--bare", "-b", "main", "hub.git");
        hub = new GitClient(folder.resolve("hub.git"));
        hub.run("config", "http.receivepack", "true");
    }

    private PublishingStage stage(String name, OutboundLimits limits, String... origins) {
        RemoteRepositories hosts = TestRemotes.allowing(folder.resolve(name + "-incoming"), limits, origins);
        PublishingStage stage = new PublishingStage(folder.resolve(name), clock, hosts);
        stage.publishing.start();
        return stage;
    }

    private static void set(PublishingStage stage, String url) {
        stage.remotes.put(
                TEAM, HUB, (RemoteUrl.Http) RemoteUrl.parse(url), "", Optional.empty(), Optional.of(only("main")));
        stage.settle();
    }

    private static Setback setback(PublishingStage stage) {
        return stage.state("main").publication().setback().orElseThrow();
    }

    @Test
    void aHostThatComesBackGetsTheNewest() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String origin = "http://127.0.0.1:" + port;
        try (PublishingStage stage = stage("a", SHORT, origin)) {
            set(stage, origin + "/hub.git");
            assertThat(setback(stage).why().reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(stage.word("main")).isEqualTo("retrying");
            stage.pass(PublishingStage.FIRST);
            assertThat(setback(stage).failures()).isEqualTo(2);
            ObjectName newest = stage.commit();
            stage.settle();
            try (GitHost host = new GitHost(folder, port)) {
                stage.pass(Duration.ofSeconds(10));
                assertThat(stage.word("main")).isEqualTo("published");
                assertThat(hub.run("rev-parse", "main")).isEqualTo(newest.value());
                assertThat(host.origin()).isEqualTo(origin);
            }
        }
    }

    @Test
    void aBranchThatOthersMovedIsLeftAloneUntilItIsBroughtTogether() {
        try (GitHost host = new GitHost(folder);
                PublishingStage stage = stage("a", SHORT, host.origin())) {
            set(stage, host.origin() + "/hub.git");
            String ours = hub.run("rev-parse", "main");
            new GitClient(folder).run("clone", "-q", "hub.git", "other");
            GitClient other = new GitClient(folder.resolve("other"));
            other.run(
                    "-c", "user.name=N", "-c", "user.email=n@example.org", "commit", "-q", "--allow-empty", "-m", "T");
            other.run("push", "-q", "origin", "main");
            String theirs = hub.run("rev-parse", "main");

            stage.commit();
            stage.settle();
            assertThat(stage.word("main")).isEqualTo("waiting");
            assertThat(setback(stage).why().reason()).isEqualTo(Reason.CONFLICT);
            stage.pass(Duration.ofDays(1));
            assertThat(setback(stage).failures()).isEqualTo(1);
            assertThat(hub.run("rev-parse", "main")).isEqualTo(theirs);

            hub.run("update-ref", "refs/heads/main", ours);
            set(stage, host.origin() + "/hub.git");
            assertThat(stage.word("main")).isEqualTo("published");
            assertThat(hub.run("rev-parse", "main")).isEqualTo(stage.head(MAIN).value());
        }
    }

    @Test
    void badHostsAreTriedAgainOrNotByWhatIsWrong() throws IOException {
        HttpServer bad = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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
            byte[] noise = "001f# service=git-receive-pack\n0000".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseBody().write(noise);
            byte[] ref = ("003f%040x refs/heads/b%08d\n".formatted(1, 1)).getBytes(StandardCharsets.UTF_8);
            while (true) {
                exchange.getResponseBody().write(ref);
            }
        });
        bad.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/x.git/info/refs");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        bad.createContext("/ill", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        bad.createContext("/locked", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        bad.setExecutor(threads);
        bad.start();
        String origin = "http://127.0.0.1:" + bad.getAddress().getPort();
        try (PublishingStage stage = stage("a", SHORT, origin)) {
            Map.of(
                            "/silent", "retrying unreachable",
                            "/endless", "waiting invalid-repository",
                            "/redirect", "waiting invalid-repository",
                            "/ill", "retrying unreachable",
                            "/locked", "waiting remote-denied")
                    .forEach((path, expected) -> {
                        set(stage, origin + path + "/x.git");
                        assertThat(stage.word("main") + " "
                                        + setback(stage).why().reason().code())
                                .as(path)
                                .isEqualTo(expected);
                    });
            set(stage, "https://inside.example/x.git");
            assertThat(stage.word("main") + " " + setback(stage).why().reason().code())
                    .isEqualTo("waiting forbidden");
        } finally {
            over.countDown();
            bad.stop(0);
            threads.shutdownNow();
        }
    }

    /** Two instances with work of their own want the same branch: one gets it, the other is told, and nobody's work is gone. */
    @Test
    void ofTwoInstancesThatPushAtOnceOneIsTold() throws Exception {
        try (GitHost host = new GitHost(folder);
                PublishingStage a = stage("a", OutboundLimits.DEFAULT, host.origin());
                PublishingStage b = stage("b", OutboundLimits.DEFAULT, host.origin())) {
            a.commit();
            b.commit(); // or they would have begun with the same commit
            CompletableFuture<Void> both;
            try (HeldPush held = HeldPush.at(hub.folder())) {
                // A's push is at the host, and has found no branch there; B's overtakes it.
                CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> set(a, host.origin() + "/hub.git"));
                held.awaitPush();
                Files.delete(hub.folder().resolve("hooks/pre-receive"));
                set(b, host.origin() + "/hub.git");
                assertThat(b.word("main")).isEqualTo("published");
                held.release(true);
                both = slow;
            }
            both.get();
            assertThat(hub.run("rev-parse", "main")).isEqualTo(b.head(MAIN).value());
            // The host's refusal may have been a race: the next attempt knows better.
            assertThat(a.word("main")).isEqualTo("retrying");
            assertThat(setback(a).why().reason()).isEqualTo(Reason.REMOTE_REFUSED);
            a.pass(PublishingStage.FIRST);
            assertThat(a.word("main")).isEqualTo("waiting");
            assertThat(setback(a).why().reason()).isEqualTo(Reason.CONFLICT);
            assertThat(hub.run("rev-parse", "main")).isEqualTo(b.head(MAIN).value());
            assertThat(hub.run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
        }
    }

    /** Many ask at once, on different branches and the same: each is answered, and everything is there. */
    @Test
    void manyWhoAskAtOnceAreAllAnswered() throws Exception {
        try (GitHost host = new GitHost(folder);
                PublishingStage stage = stage("a", OutboundLimits.DEFAULT, host.origin())) {
            set(stage, host.origin() + "/hub.git");
            List<String> branches = List.of("main", "one", "two", "three");
            branches.stream().skip(1).forEach(stage::branch);
            stage.commit(new BranchName("two"));
            stage.commit();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                BranchName branch = new BranchName(branches.get(i % branches.size()));
                answers.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                boolean moved = stage.publish
                                        .run(TEAM, HUB, Optional.of(branch))
                                        .published()
                                        .moved();
                                return branch + " " + moved;
                            } catch (Failure e) {
                                return e.toString();
                            }
                        },
                        threads));
            }
            stage.settle(); // and the background as well
            List<String> all = new ArrayList<>();
            for (CompletableFuture<String> answer : answers) {
                all.add(answer.get());
            }
            threads.shutdown();
            assertThat(all).allMatch(answer -> answer.matches("(main|one|two|three) (true|false)"), all.toString());
            for (String branch : branches) {
                assertThat(hub.run("rev-parse", branch))
                        .isEqualTo(stage.head(new BranchName(branch)).value());
            }
            assertThat(stage.word("main")).isEqualTo("published");
            assertThat(hub.run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
        }
    }
}
