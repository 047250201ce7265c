package dev.offshoot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stock Git client in a folder, as a user would run it, without the machine's configuration. */
public record GitClient(Path folder) {
    /** What a run printed, both streams together, and how it ended. */
    public record Outcome(int status, String output) {}

    public Outcome attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "LC_ALL", "C"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs, and fails the test when Git does. */
    public String run(String... arguments) {
        Outcome outcome = attempt(arguments);
        if (outcome.status() != 0) {
            throw new AssertionError(
                    "git " + List.of(arguments) + " gave " + outcome.status() + ": " + outcome.output());
        }
        return outcome.output().stripTrailing();
    }
}
