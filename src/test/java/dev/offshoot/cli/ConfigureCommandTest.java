package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs are listed, credentials come from a file or standard input, and no output shows one. */
class ConfigureCommandTest {
    private static final String WORKSHOP = "tooljet/datasources/workshop";

    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private static Run run(TestServer server, String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(
                List.of("configure", "--server", server.address().toString(), "-w", "team"));
        all.addAll(List.of(arguments));
        int code = new CommandLineApp((options, environment) -> {
                    throw new AssertionError("no server is to be started");
                })
                .run(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of("OFFSHOOT_TOKEN", server.token),
                        all.toArray(String[]::new));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void needsAreListedAndCredentialsTaken() throws Exception {
        String canary = "canary-7f3a";
        try (TestServer server =
                TestServer.startWithVault(folder.resolve("data")).with("team")) {
            server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
            assertThat(run(server, "", "tooljet/apps/CRM").out())
                    .contains(
                            "datasource workshop: present (" + WORKSHOP + ")",
                            "  password: missing in development, production, staging",
                            "2 open");
            Path file = folder.resolve("credentials.json");
            Files.writeString(file, "{\"production\": {\"password\": \"" + canary + "\"}}");
            Run fromFile = run(server, "", WORKSHOP, file.toString());
            assertThat(fromFile.code()).isZero();
            assertThat(fromFile.out()).contains("password: set in production").doesNotContain(canary);
            Run fromInput = run(server, "{\"staging\": {\"password\": \"" + canary + "\"}}", WORKSHOP, "-");
            assertThat(fromInput.out()).contains("password: set in production, staging");
            assertThat(server.get("/api/workspaces/team/definitions/tooljet/apps/CRM/export?secrets=include")
                            .text())
                    .contains(canary);
            Run wrong = run(server, "{\"nowhere\": {\"password\": \"" + canary + "\"}}", WORKSHOP, "-");
            assertThat(wrong.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(wrong.err()).contains("/nowhere");
            for (Run run : List.of(fromInput, wrong)) {
                assertThat(run.out() + run.err()).doesNotContain(canary);
            }
            assertThat(run(server, "", WORKSHOP, "--json").out()).contains("\"needs\"");
        }
    }

    @Test
    void aServerWithoutAKeySaysSo() throws Exception {
        try (TestServer server = TestServer.start(folder.resolve("data")).with("team")) {
            server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
            assertThat(run(server, "", WORKSHOP).err()).contains("no key");
            assertThat(run(server, "{\"production\": {\"password\": \"x\"}}", WORKSHOP, "-")
                            .err())
                    .contains("vault-locked");
        }
    }
}
