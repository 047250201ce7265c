package dev.offshoot.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of the machine's own, on loopback, with fresh data, if one is installed. It refuses to run as root, so root borrows a user. */
public final class Postgres implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl");

    private final Path folder;
    private final int port;

    private Postgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** @return empty when there is none on this machine */
    public static Optional<Postgres> start() throws IOException, InterruptedException {
        if (!PROGRAMS.stream().allMatch(Postgres::isInstalled)) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("offshoot-postgres");
        if (isRoot() && run(List.of("chown", "nobody", folder.toString())) != 0) {
            return Optional.empty();
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path data = folder.resolve("data");
        int made = runAsUser("initdb", "-D", data.toString(), "-U", "offshoot", "-A", "trust", "-N", "-E", "UTF8");
        int started = made != 0
                ? made
                : runAsUser(
                        "pg_ctl",
                        "-D",
                        data.toString(),
                        "-w",
                        "-l",
                        folder.resolve("log").toString(),
                        "-o",
                        "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories='' -c fsync=off",
                        "start");
        return started == 0 ? Optional.of(new Postgres(folder, port)) : Optional.empty();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return "offshoot";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        runAsUser("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
        run(List.of("rm", "-rf", folder.toString()));
    }

    private static int runAsUser(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "nobody", "--") : List.of());
        all.addAll(List.of(command));
        return run(all);
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean isInstalled(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
