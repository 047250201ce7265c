package dev.offshoot.bench;

import dev.offshoot.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the packaged server takes until it is ready, and what it occupies while it has nothing to do; the best of five.
 * {@code docs/performance.md} says how to run it.
 */
public final class ServerStart {
    private static final int TIMES = 5;
    private static final long IDLE_SECONDS = 3;

    private ServerStart() {}

    /** @param args flags of the server's JVM; without: those of the budget */
    public static void main(String[] args) throws Exception {
        List<String> flags = args.length > 0 ? List.of(args) : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        double best = Double.MAX_VALUE;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            Path data = Folders.fresh("start");
            long start = System.nanoTime();
            try (ServerProcess server =
                    ServerProcess.startJar(Path.of("target/offshoot.jar"), data, flags.toArray(String[]::new))) {
                server.client().get("/health/ready").expect(200);
                double seconds = (System.nanoTime() - start) / 1e9;
                TimeUnit.SECONDS.sleep(IDLE_SECONDS);
                long resident = megabytes(server, "VmRSS");
                System.out.printf(
                        "ready after %.2f s, %.2f s of processor; idle: %d MB resident%n",
                        seconds, server.cpuSeconds(), resident);
                best = Math.min(best, seconds);
                least = Math.min(least, resident);
            }
        }
        System.out.printf(
                "best of %d with %s: ready %.2f s (budget 1.5), idle %d MB (budget 150)%n", TIMES, flags, best, least);
    }

    /** A line of what Linux says of the process; 0 elsewhere. */
    static long megabytes(ServerProcess server, String line) throws IOException {
        Path status = Path.of("/proc/" + server.pid() + "/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream()
                                .filter(l -> l.startsWith(line + ":"))
                                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                                .sum()
                        / 1024;
    }
}
