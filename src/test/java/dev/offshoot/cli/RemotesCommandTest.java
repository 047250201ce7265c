package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.outbound.OutboundLimits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GitHost;
import dev.offshoot.testing.TestRemotes;
import dev.offshoot.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code offshoot remotes} and {@code offshoot publish} against a real server, which pushes to stock Git. */
class RemotesCommandTest {
    private static final String SECRET = "hush-hush";

    @TempDir
    Path folder;

    private GitHost host;
    private TestServer server;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void start() {
        new GitClient(folder).run("init", "-q", "--bare", "-b", "main", "hub.git");
        new GitClient(folder.resolve("hub.git")).run("config", "http.receivepack", "true");
        host = new GitHost(folder);
        server = TestServer.startWithVault(
                        folder.resolve("data"),
                        TestRemotes.allowing(folder.resolve("incoming"), OutboundLimits.DEFAULT, host.origin()))
                .with("team");
    }

    @AfterEach
    void stop() {
        server.close();
        host.close();
    }

    private Run offshoot(Map<String, String> more, String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("OFFSHOOT_TOKEN", server.token);
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--server", server.address().toString(), "-w", "team"));
        int code = new CommandLineApp((options, env) -> {
                    throw new AssertionError("not in this test");
                })
                .run(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        all.toArray(String[]::new));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Run offshoot(String... args) {
        return offshoot(Map.of(), "", args);
    }

    private String url() {
        return host.origin() + "/hub.git";
    }

    @Test
    void aRemoteIsSetShownPublishedToAndForgotten() {
        assertThat(offshoot("remotes", "list")).isEqualTo(new Run(0, "", ""));
        Run set = offshoot("remotes", "set", "hub", url());
        assertThat(set.code()).as(set.err()).isZero();
        assertThat(set.out()).isEqualTo("hub " + url() + ", publishes nothing by itself\n");

        Run published = offshoot("publish", "hub", "--branch", "main");
        String head = new GitClient(folder.resolve("hub.git")).run("rev-parse", "main");
        assertThat(published).isEqualTo(new Run(0, "main " + head + " is at " + url() + "\n", ""));
        assertThat(offshoot("publish", "hub").out()).isEqualTo("main " + head + " was already at " + url() + "\n");

        Run follows = offshoot("remotes", "set", "hub", url(), "--publish", "main", "--publish", "later");
        assertThat(follows.out()).contains("publishes later, main, ", "  later missing\n", "  main ");
        assertThat(offshoot("remotes", "show", "hub").out()).contains("  last success: main " + head.substring(0, 10));
        assertThat(offshoot("remotes", "show", "hub", "--json").out()).contains("\"lastSuccess\"", "\"branches\"");
        assertThat(offshoot("remotes", "list").out()).contains("hub " + url());
        assertThat(offshoot("remotes", "set", "hub", url(), "--publish-all").out())
                .contains("publishes all branches");
        assertThat(offshoot("remotes", "set", "hub", url()).out()).contains("publishes all branches");
        assertThat(offshoot("remotes", "set", "hub", url(), "--publish-none").out())
                .contains("publishes nothing");

        assertThat(offshoot("remotes", "delete", "hub")).isEqualTo(new Run(0, "", ""));
        Run gone = offshoot("publish", "hub");
        assertThat(gone.code()).isEqualTo(5);
        assertThat(gone.err()).contains("no remote named hub");
    }

    @Test
    void passwordsComeFromTheEnvironmentAFileOrStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
        List<Run> runs = List.of(
                offshoot(Map.of("OFFSHOOT_REMOTE_PASSWORD", SECRET), "", "remotes", "set", "a", url(), "--user", "ann"),
                offshoot(Map.of("OFFSHOOT_REMOTE_PASSWORD_FILE", file.toString()), "", "remotes", "set", "b", url()),
                offshoot(Map.of(), SECRET + "\r\n", "remotes", "set", "c", url(), "--password-stdin"));
        for (Run run : runs) {
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains(", with a password").doesNotContain(SECRET);
            assertThat(run.err()).isEmpty();
        }
        assertThat(runs.get(0).out()).contains("user ann");
        // It stays while nothing else changes.
        assertThat(offshoot("remotes", "set", "a", url(), "--user", "ann").out())
                .contains("with a password");
        assertThat(offshoot("remotes", "set", "a", url(), "--user", "bob").out())
                .doesNotContain("with a password");

        Run none = offshoot(Map.of("OFFSHOOT_REMOTE_PASSWORD_FILE", "/nowhere"), "", "remotes", "set", "d", url());
        assertThat(none.code()).isEqualTo(11);
        assertThat(none.err()).contains("OFFSHOOT_REMOTE_PASSWORD_FILE: cannot be read");
    }

    @Test
    void failuresHaveTheirExitCodes() {
        offshoot("remotes", "set", "hub", host.origin() + "/missing.git");
        Run missing = offshoot("publish", "hub");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("could not be pushed to", "[invalid-repository]");
        offshoot("remotes", "set", "hub", "https://127.0.0.2/x.git");
        assertThat(offshoot("publish", "hub").code()).isEqualTo(8);
        assertThat(offshoot("remotes", "show", "hub").out()).contains("last error: ", "[forbidden]");
        assertThat(offshoot("remotes", "set", "No Name", url()).code()).isEqualTo(3);
        assertThat(offshoot("remotes", "set", "hub", url(), "--publish", "a..b").code())
                .isEqualTo(3);
        assertThat(offshoot("remotes", "set", "hub", url(), "--publish", "a", "--publish-all")
                        .code())
                .isEqualTo(2);
        assertThat(offshoot("remotes").code()).isEqualTo(2);
    }
}
