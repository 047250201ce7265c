package dev.offshoot.testing;

import dev.offshoot.cli.CommandLineApp;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a command of the command line answered. */
public record CommandRun(int code, String out, String err) {
    /** Runs a command that talks to a running server. */
    public static CommandRun against(TestServer server, String... arguments) {
        return in(Map.of("OFFSHOOT_TOKEN", server.token), arguments);
    }

    /** Runs a command that starts no server. */
    public static CommandRun in(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new CommandLineApp((options, env) -> {
                    throw Failure.of(Reason.BUSY, "port", "not in this test");
                })
                .run(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        arguments);
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
