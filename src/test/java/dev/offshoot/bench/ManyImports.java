package dev.offshoot.bench;

import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GeneratedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Thousands of imports one after the other, each with one change, into one workspace of several apps: does it stay as fast as it was, do
 * packs pile up? {@code docs/performance.md} says how to run it.
 */
public final class ManyImports {
    private static final int APPS = 10;
    private static final int ENTITIES = 60;
    private static final int WINDOW = 500;

    private ManyImports() {}

    /** @param args how many imports; 5,000 without */
    public static void main(String[] args) throws IOException {
        int imports = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        Path data = Folders.fresh("many");
        JsonValue[] apps = new JsonValue[APPS];
        Arrays.setAll(apps, i -> GeneratedApp.document(ENTITIES, i, "app" + i));
        long[] nanos = new long[imports];
        try (LocalService service = LocalService.open(data)) {
            // Warm, and every app is there: what follows is one change each.
            for (int i = 0; i < 3 * WINDOW; i++) {
                service.importDocument(changed(apps, -i));
            }
            int most = 0;
            for (int i = 0; i < imports; i++) {
                byte[] document = changed(apps, i);
                long start = System.nanoTime();
                boolean moved = service.importDocument(document).moved();
                nanos[i] = System.nanoTime() - start;
                if (!moved) {
                    throw new IllegalStateException("import " + i + " changed nothing");
                }
                most = Math.max(most, packs(service));
                if ((i + 1) % WINDOW == 0) {
                    System.out.printf(
                            "%5d imports: %.2f ms each, median %.2f ms, %d packs%n",
                            i + 1,
                            mean(nanos, i + 1 - WINDOW, i + 1),
                            median(nanos, i + 1 - WINDOW, i + 1),
                            packs(service));
                }
            }
            double first = mean(nanos, 0, WINDOW);
            double last = mean(nanos, imports - WINDOW, imports);
            System.out.printf(
                    "last %d / first %d: %.2f (budget 1.5); packs left: %d, most: %d (budget 50)%n",
                    WINDOW, WINDOW, last / first, packs(service), most);
        }
    }

    private static byte[] changed(JsonValue[] apps, int number) {
        int app = Math.floorMod(number, APPS);
        int component = Math.floorMod(number / APPS, ENTITIES / 2);
        String pointer = "/app/0/definition/appV2/components/" + component + "/properties/text/value";
        return JsonWriter.compact(Edits.set(apps[app], pointer, new JsonString("import " + number)));
    }

    private static int packs(LocalService service) throws IOException {
        try (Stream<Path> files = Files.list(service.repository().resolve("objects/pack"))) {
            return (int) files.filter(p -> p.toString().endsWith(".pack")).count();
        }
    }

    private static double mean(long[] nanos, int from, int to) {
        return Arrays.stream(nanos, from, to).average().orElseThrow() / 1e6;
    }

    private static double median(long[] nanos, int from, int to) {
        long[] sorted = Arrays.stream(nanos, from, to).sorted().toArray();
        return sorted[sorted.length / 2] / 1e6;
    }
}
