package dev.offshoot.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stock Git client, as a user would run it, without the machine's configuration. */
final class Git {
    private final Path folder;

    Git(Path folder) {
        this.folder = folder;
    }

    /** What a run printed, both streams together, and how it ended. */
    record Outcome(int status, String output) {}

    Outcome attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "GIT_CONFIG_GLOBAL", "/dev/null",
                            "GIT_TERMINAL_PROMPT", "0",
                            "GIT_AUTHOR_NAME", "Someone",
                            "GIT_AUTHOR_EMAIL", "someone@example.org",
                            "GIT_COMMITTER_NAME", "Someone",
                            "GIT_COMMITTER_EMAIL", "someone@example.org",
                            "LC_ALL", "C"));
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String run(String... arguments) {
        Outcome outcome = attempt(arguments);
        if (outcome.status() != 0) {
            throw new AssertionError(
                    "git " + List.of(arguments) + " gave " + outcome.status() + ": " + outcome.output());
        }
        return outcome.output().stripTrailing();
    }
}
