package dev.offshoot.bench;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.format.Limits;
import dev.offshoot.testing.ApiClient;
import dev.offshoot.testing.GeneratedApp;
import dev.offshoot.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A document of some 50 MB through the packaged server with little heap: in, out again, the same; an identical import, one that
 * changes one thing. {@code docs/performance.md} says how to run it.
 */
public final class LargeDocument {
    private static final int MB = 1_000_000;
    private static final int BYTES_OF_AN_ENTITY = 1_330;
    /** What comes back is indented and larger than what was sent. */
    private static final Limits LIMITS = Limits.DEFAULT.withMaxBytes(Integer.MAX_VALUE);

    private LargeDocument() {}

    /** @param args megabytes, flags of the server's JVM; without: 50 -Xmx1g */
    public static void main(String[] args) throws IOException {
        int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 50;
        List<String> flags = new ArrayList<>(List.of(args).subList(Math.min(1, args.length), args.length));
        if (flags.isEmpty()) {
            flags.add("-Xmx1g");
        }
        Path data = Folders.fresh("large");
        byte[] document = document(megabytes);
        System.out.printf("document: %.1f MB, server: %s%n", document.length / (double) MB, flags);
        try (ServerProcess server =
                ServerProcess.startJar(Path.of("target/offshoot.jar"), data, flags.toArray(String[]::new))) {
            run(server, document);
        }
    }

    private static void run(ServerProcess server, byte[] document) throws IOException {
        ApiClient api = server.client();
        api.post("/api/workspaces", "{\"name\": \"team\"}".getBytes()).expect(201);
        for (int round = 1; round <= 3; round++) {
            timed(
                    server,
                    "import " + round,
                    () -> api.post("/api/workspaces/team/imports", document).expect(200, 201));
            byte[] export = timed(
                    server,
                    "export " + round,
                    () -> api.get("/api/workspaces/team/definitions/tooljet/apps/generated/export")
                            .expect(200)
                            .bytes());
            if (!JsonReader.read(export, LIMITS).equals(JsonReader.read(document, LIMITS))) {
                throw new IllegalStateException("the export is not the document");
            }
            document[changeAt(document)]++;
        }
    }

    /** Where a digit of some timestamp-free text stands; changing it changes one component. */
    private static int changeAt(byte[] document) {
        byte[] mark = "\"Button 9".getBytes();
        for (int i = 0; i < document.length - mark.length; i++) {
            int k = 0;
            while (k < mark.length && document[i + k] == mark[k]) {
                k++;
            }
            if (k == mark.length) {
                return i + 1;
            }
        }
        throw new IllegalStateException("no button");
    }

    private static byte[] document(int megabytes) {
        return JsonWriter.compact(GeneratedApp.document((int) ((long) megabytes * MB / BYTES_OF_AN_ENTITY), 5));
    }

    private interface Step<T> {
        T run();
    }

    private static <T> T timed(ServerProcess server, String name, Step<T> step) throws IOException {
        long start = System.nanoTime();
        double before = server.cpuSeconds();
        T result = step.run();
        System.out.printf(
                "%-10s %6.2f s, %6.2f s of processor, server at most %d MB resident%n",
                name,
                (System.nanoTime() - start) / 1e9,
                server.cpuSeconds() - before,
                ServerStart.megabytes(server, "VmHWM"));
        return result;
    }
}
