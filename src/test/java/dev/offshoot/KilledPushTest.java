package dev.offshoot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while somebody pushes: what Git was told has arrived is there, and nobody has to repair anything. */
class KilledPushTest {
    private static final String[] SMALL_AND_QUICK = {
        "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
    };
    private static final String SQL = "tooljet/apps/CRM/versions/v2/queries/listOpenRepairs.sql";
    private static final String EXPORT = "/api/workspaces/team/definitions/tooljet/apps/CRM/export";
    private static final int KILLS = 6;
    private static final long SEED = 20261128;
    private static final long LONGEST_DELAY_NANOS = 300_000_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final List<String> acknowledged = new ArrayList<>();
    private GitClient clone;
    private int edits;

    @BeforeEach
    void cloneOnce() {
        try (ServerProcess server = start()) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"team\"}".getBytes())
                    .expect(201);
            server.client()
                    .post("/api/workspaces/team/imports", Sample.crmBytes())
                    .expect(201);
            new GitClient(folder).run("clone", "-q", url(server), "clone");
        }
        clone = new GitClient(folder.resolve("clone"));
        clone.run("config", "user.name", "Ada Lovelace");
        clone.run("config", "user.email", "ada@example.org");
    }

    private ServerProcess start() {
        return ServerProcess.start(folder.resolve("data"), SMALL_AND_QUICK);
    }

    private static String url(ServerProcess server) {
        return "http://anyone:" + ServerProcess.TOKEN + "@127.0.0.1:"
                + server.address().getPort() + "/git/team.git";
    }

    private GitClient stored() {
        return new GitClient(folder.resolve("data/repositories/team.git"));
    }

    @Test
    void whatWasAcknowledgedSurvives() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            pushUntilKilled();
            assertThat(stored().run("fsck", "--strict", "--full", "--no-dangling"))
                    .isEmpty();
            for (String commit : acknowledged) {
                assertThat(stored().attempt("merge-base", "--is-ancestor", commit, "main")
                                .status())
                        .as("acknowledged: " + commit)
                        .isZero();
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
        try (ServerProcess server = start()) {
            String last = edit();
            assertThat(push(server)).isTrue();
            assertThat(stored().run("rev-parse", "main")).isEqualTo(last);
            assertThat(server.client().get(EXPORT).expect(200).text()).contains("edit " + edits);
            assertThat(folder.resolve("data/repositories/team.git/incoming"))
                    .satisfiesAnyOf(
                            f -> assertThat(f).doesNotExist(),
                            f -> assertThat(f).isEmptyDirectory());
        }
    }

    /** One life of the server: a first push is answered, then it is killed soon after others have begun. */
    private void pushUntilKilled() throws Exception {
        ServerProcess server = start();
        try {
            edit();
            assertThat(push(server)).isTrue();
            CompletableFuture<Void> pushing = CompletableFuture.runAsync(() -> {
                do {
                    edit();
                } while (push(server));
            });
            LockSupport.parkNanos(random.nextLong(LONGEST_DELAY_NANOS));
            server.kill();
            pushing.get();
        } finally {
            server.kill();
        }
    }

    private String edit() {
        Path sql = clone.folder().resolve(SQL);
        try {
            Files.writeString(sql, "-- edit " + ++edits + "\nselect 1\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        clone.run("commit", "-qam", "edit " + edits);
        return clone.run("rev-parse", "HEAD");
    }

    private boolean push(ServerProcess server) {
        String commit = clone.run("rev-parse", "HEAD");
        boolean arrived = clone.attempt("push", url(server), "HEAD:main").status() == 0;
        if (arrived) {
            acknowledged.add(commit);
        }
        return arrived;
    }
}
