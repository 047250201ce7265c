package dev.offshoot.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, as a user starts it; it can be killed at any moment. */
public final class ServerProcess implements AutoCloseable {
    public static final String TOKEN = "a-token-of-the-tests";
    private static final String LISTENS = "Offshoot listens on ";
    private static final int MOST_KEPT = 200;

    private final Process process;
    private final ApiClient client;
    private final Deque<String> log;

    private ServerProcess(Process process, ApiClient client, Deque<String> log) {
        this.process = process;
        this.client = client;
        this.log = log;
    }

    /** Starts {@code serve} from the classes under test; listens when this returns. */
    public static ServerProcess start(Path data, String... jvmFlags) {
        return startAllowing("", data, jvmFlags);
    }

    /** As {@link #start}, one that may fetch from these hosts and folders. */
    public static ServerProcess startAllowing(String hosts, Path data, String... jvmFlags) {
        List<String> program = new ArrayList<>(List.of(jvmFlags));
        program.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.offshoot.Main"));
        return launch(data, program, hosts);
    }

    /** Starts the packaged program. */
    public static ServerProcess startJar(Path jar, Path data, String... jvmFlags) {
        List<String> program = new ArrayList<>(List.of(jvmFlags));
        program.addAll(List.of("-jar", jar.toString()));
        return launch(data, program, "");
    }

    private static ServerProcess launch(Path data, List<String> program, String hosts) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(program);
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OFFSHOOT_TOKEN", TOKEN);
        builder.environment().put("OFFSHOOT_VAULT_KEY", "0123456789abcdef".repeat(4));
        if (!hosts.isEmpty()) {
            builder.environment().put("OFFSHOOT_ALLOW_OUTBOUND_HOST", hosts);
        }
        try {
            Process process = builder.start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            Deque<String> log = new ArrayDeque<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                if (line.startsWith(LISTENS)) {
                    keepReading(lines, log);
                    URI address = URI.create(line.substring(LISTENS.length()));
                    return new ServerProcess(process, new ApiClient(address, TOKEN), log);
                }
            }
            throw new AssertionError("the server did not start: " + log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Or the server would wait for somebody to read what it prints. */
    private static void keepReading(BufferedReader lines, Deque<String> log) {
        Thread reader = new Thread(() -> {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    synchronized (log) {
                        log.add(line);
                        if (log.size() > MOST_KEPT) {
                            log.poll();
                        }
                    }
                }
            } catch (IOException killed) {
                // nothing more will come
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    public ApiClient client() {
        return client;
    }

    public long pid() {
        return process.pid();
    }

    /** Time it has spent on all cores, which says more than the clock when others use the machine too. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** What it printed last. */
    public String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    public URI address() {
        return client.address();
    }

    /** Asks it to stop and does not wait. */
    public void askToStop() {
        process.destroy();
    }

    /** Ends it as {@code kill -9} does: nothing of it runs any more. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Asks it to stop, and waits. */
    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the server does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
