package dev.offshoot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.ApiClient;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.ServerProcess;
import dev.offshoot.testing.TestServer.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while clients import: what was acknowledged is there, nothing is half there, and nobody has to repair anything. */
class KilledServerTest {
    private static final String[] SMALL_AND_QUICK = {
        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
    };
    private static final int IMPORTS = 200;
    private static final int CLIENTS = 6;
    private static final int KILLS = 7;
    private static final long SEED = 20261121;
    private static final long LONGEST_DELAY_NANOS = 20_000_000;

    @TempDir
    Path data;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final Random random = new Random(SEED);
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /** An import that was answered. */
    private record Acknowledged(String commit, String app, JsonValue document) {}

    /** One client, with an app of its own. */
    private static final class Client {
        private final String app;
        private final JsonValue first;
        private JsonValue last;
        /** Sent and never answered: it may have landed or not. */
        private JsonValue unknown;

        Client(int number) {
            app = "app" + number;
            first = GeneratedApp.document(12, number, app);
            last = first;
            unknown = first;
        }

        JsonValue next(int import_) {
            return Edits.set(
                    first,
                    "/app/0/definition/appV2/components/3/properties/text/value",
                    new JsonString("import " + import_));
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatWasAcknowledgedSurvives() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(i));
        }
        try (ServerProcess server = start()) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"team\"}".getBytes())
                    .expect(201);
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            importUntilKilled(clients, kill == KILLS ? IMPORTS : IMPORTS * kill / KILLS);
            assertRepositoryIsSound();
        }
        assertThat(sent.get()).isGreaterThanOrEqualTo(IMPORTS);
        assertThat(acknowledged).hasSizeGreaterThan(IMPORTS - KILLS * CLIENTS - 1);
        try (ServerProcess server = start()) {
            assertEverythingStands(server.client(), clients);
            for (Client c : clients) {
                // It goes on: the next import of each app lands.
                server.client()
                        .post("/api/workspaces/team/imports", JsonWriter.compact(c.next(-1)))
                        .expect(200);
                assertThat(export(server.client(), c.app, "")).isEqualTo(c.next(-1));
            }
        }
        assertThat(git().run("rev-list", "--merges", "--count", "main")).isEqualTo("0");
        assertRepositoryIsSound();
    }

    private GitClient git() {
        return new GitClient(data.resolve("repositories/team.git"));
    }

    /** What was written but not shown when the end came may lie about: it is what Git calls dangling. */
    private void assertRepositoryIsSound() {
        assertThat(git().run("fsck", "--strict", "--full", "--no-dangling")).isEmpty();
    }

    private ServerProcess start() {
        return ServerProcess.start(data, SMALL_AND_QUICK);
    }

    /** One life of the server: the clients import until it is killed, soon after so many imports were sent in all. */
    private void importUntilKilled(List<Client> clients, int most) throws Exception {
        ServerProcess server = start();
        Semaphore enough = new Semaphore(0);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Client client : clients) {
                running.add(threads.submit(() -> {
                    boolean alive = true;
                    while (alive) {
                        int number = sent.incrementAndGet();
                        if (number == most) {
                            enough.release();
                        }
                        alive = importOnce(server.client(), client, number);
                    }
                }));
            }
            enough.acquire();
            LockSupport.parkNanos(random.nextLong(LONGEST_DELAY_NANOS));
            server.kill();
            for (Future<?> client : running) {
                client.get();
            }
        } finally {
            server.kill();
        }
    }

    /** @return false when there was no answer */
    private boolean importOnce(ApiClient api, Client client, int number) {
        JsonValue document = client.next(number);
        Answer answer;
        try {
            answer = api.post("/api/workspaces/team/imports", JsonWriter.compact(document));
        } catch (UncheckedIOException killed) {
            client.unknown = document;
            return false;
        }
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        client.last = document;
        client.unknown = document;
        synchronized (acknowledged) {
            acknowledged.add(new Acknowledged(answer.text("commit"), client.app, document));
        }
        return true;
    }

    private void assertEverythingStands(ApiClient api, List<Client> clients) {
        for (Acknowledged a : acknowledged) {
            assertThat(export(api, a.app(), "?ref=" + a.commit())).isEqualTo(a.document());
        }
        for (Client c : clients) {
            assertThat(export(api, c.app, "")).isIn(c.last, c.unknown);
        }
    }

    private static JsonValue export(ApiClient api, String app, String query) {
        return JsonReader.read(api.get("/api/workspaces/team/definitions/tooljet/apps/" + app + "/export" + query)
                .expect(200)
                .bytes());
    }
}
