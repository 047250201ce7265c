package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.store.PushTime;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.RawPush;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that take too long in all, although something goes on all the time. The clock goes on by half a minute whenever it is asked. */
class SlowPushTest {
    private static final String LIMIT = "a push takes at most 5 minutes in all";

    @TempDir
    Path folder;

    private final AtomicLong seconds = new AtomicLong();
    private TestServer server;
    private GitClient stored;

    @BeforeEach
    void start() {
        PushTime time = new PushTime(
                Duration.ofMinutes(5),
                () -> Duration.ofSeconds(seconds.addAndGet(30)).toNanos());
        server = TestServer.start(folder.resolve("data"), time).with("team");
        server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
        stored = new GitClient(folder.resolve("data/repositories/team.git"));
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(folder.resolve("data/repositories/team.git/incoming"))
                .satisfiesAnyOf(
                        f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyDirectory());
    }

    @Test
    void aClientThatDripsIsEndedAndToldSo() throws Exception {
        String head = stored.run("rev-parse", "main");
        byte[] begin = new RawPush()
                .command(RawPush.NONE, "2".repeat(40), "refs/heads/slow")
                .then(RawPush.beginOfPack(40 << 20));
        assertThat(drip(begin, 0, Until.CLOSED))
                .startsWith("HTTP/1.1 200")
                .contains("unpack error", LIMIT, "ng refs/heads/slow");
        nothingMoved(head);
    }

    @Test
    void aClientThatDripsItsCommandsIsEndedAndToldSo() throws Exception {
        String head = stored.run("rev-parse", "main");
        byte[] commands = new RawPush()
                .command(RawPush.NONE, head, "refs/heads/slow")
                .command(RawPush.NONE, head, "refs/heads/slower")
                .then(new byte[0]);
        // An end of the commands is never sent: the length of the next line is, and then the line, byte by byte.
        byte[] begin = Arrays.copyOf(commands, commands.length);
        System.arraycopy("fff0".getBytes(StandardCharsets.US_ASCII), 0, begin, begin.length - 4, 4);
        assertThat(drip(begin, 'x', Until.ANSWERED)).startsWith("HTTP/1.1 200").contains(LIMIT);
        nothingMoved(head);
    }

    private enum Until {
        ANSWERED,
        CLOSED
    }

    private void nothingMoved(String head) {
        server.get("/api/workspaces/team/definitions").expect(200);
        assertThat(stored.run("for-each-ref", "--format=%(objectname)", "refs/heads"))
                .isEqualTo(head);
    }

    /** Sends some bytes at once and then one of the same again and again, and gives back what came. */
    private String drip(byte[] begin, int endless, Until until) throws IOException {
        try (Socket socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            socket.setTcpNoDelay(true);
            StringBuffer answer = new StringBuffer();
            InputStream in = socket.getInputStream();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> read(in, answer));
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /git/team.git/git-receive-pack HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                                    + "Content-Type: application/x-git-receive-pack-request\r\nAuthorization: Bearer "
                                    + server.token + "\r\n\r\n" + Integer.toHexString(begin.length) + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            out.write(begin);
            out.write(new byte[] {'\r', '\n'});
            try {
                while (!closed.isDone() && (until == Until.CLOSED || answer.indexOf("0000") < 0)) {
                    out.write(new byte[] {'1', '\r', '\n', (byte) endless, '\r', '\n'});
                }
            } catch (IOException e) {
                closed.join(); // the server wants no more
            }
            return answer.toString();
        }
    }

    private static void read(InputStream in, StringBuffer into) {
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                into.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            into.append(" [").append(e.getMessage()).append(']');
        }
    }
}
