package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Measures the store on this machine, each figure beside a baseline of the same run. Not a test: run {@code main} with a folder on the disk
 * to measure and one or more of {@code import}, {@code series}, {@code writers}, {@code read}, {@code clone}.
 */
final class StoreMeasurements {
    private static final BranchName MAIN = new BranchName("main");
    private static final Person WHO = new Person("Bench", "bench@example.org");
    private static final int FILES = 10_000;

    private final Path root;
    private final AtomicInteger folders = new AtomicInteger();

    private StoreMeasurements(Path root) {
        this.root = root;
    }

    public static void main(String[] args) throws Exception {
        Path root = Files.createTempDirectory(Path.of(args[0]), "offshoot-measure");
        StoreMeasurements measurements = new StoreMeasurements(root);
        try {
            for (String what : Arrays.asList(args).subList(1, args.length)) {
                switch (what) {
                    case "import" -> measurements.firstImport();
                    case "series" -> measurements.series(Integer.getInteger("series", 5_000));
                    case "writers" -> measurements.writers();
                    case "read" -> measurements.reading();
                    case "clone" -> measurements.cloning();
                    default -> throw new IllegalArgumentException(what);
                }
            }
        } finally {
            // Only at the end: removing thousands of files before a timed round would slow the round down.
            Durable.deleteTree(root);
        }
    }

    private Path folder() throws IOException {
        return Files.createDirectory(root.resolve("round" + folders.incrementAndGet()));
    }

    private static FileRepositoryStore open(Path data, boolean checkouts) {
        StoreOptions options = StoreOptions.of(Clock.systemUTC());
        return FileRepositoryStore.open(data, checkouts ? options : options.withoutCheckouts());
    }

    private static WorkspaceRepository workspace(FileRepositoryStore store) {
        return store.create(new WorkspaceName("bench"), new UUID(0, 1), WHO);
    }

    /** About 1.3 KB each, compressing about 2:1 as real entities do. */
    private static TreeMap<TreePath, Optional<Content>> entities(int count, long seed) {
        Random random = new Random(seed);
        TreeMap<TreePath, Optional<Content>> files = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder("name: component" + i + "\ntype: Table\nproperties:\n");
            for (int j = 0; j < 14; j++) {
                text.append("  property")
                        .append(j)
                        .append(": \"")
                        .append(new UUID(random.nextLong(), random.nextLong()));
                text.append("\"\n  visible").append(j).append(": \"{{true}}\"\n");
            }
            files.put(
                    TreePath.of("tooljet/apps/app" + i / 1000 + "/versions/v1/pages/page" + i / 50 % 20
                            + "/components/c" + i + ".yaml"),
                    Optional.of(Content.utf8(text.toString())));
        }
        return files;
    }

    private static UpdateRequest request(TreeEdit files, TreeEdit ledger) {
        return new UpdateRequest(
                MAIN, Optional.empty(), Map.of(), Map.of(), files, ledger, "Import", WHO, Instant.now(), "{}");
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static String summary(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return "%.0f [%.0f]".formatted(sorted.get(sorted.size() / 2), sorted.get(0));
    }

    /** First import of 10,000 files against {@code git fast-import} of a ready stream. */
    private void firstImport() throws Exception {
        TreeEdit edit = new TreeEdit(entities(FILES, 1));
        Path stream = root.resolve("stream");
        writeStream(stream, edit);
        List<Double> fastImport = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> followed = new ArrayList<>();
        for (int round = 0; round < 7; round++) {
            Path git = folder();
            new Git(git).run("init", "-q", "--bare");
            long start = System.nanoTime();
            Process process = new ProcessBuilder("git", "fast-import", "--quiet")
                    .directory(git.toFile())
                    .redirectInput(stream.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException("fast-import failed");
            }
            fastImport.add(millis(start));
            String tree = new Git(git).run("rev-parse", "main^{tree}");
            try (FileRepositoryStore store = open(folder(), false)) {
                WorkspaceRepository workspace = workspace(store);
                workspace.update(
                        request(new TreeEdit(new TreeMap<>(Map.of(TreePath.ROOT, Optional.empty()))), TreeEdit.NONE));
                start = System.nanoTime();
                UpdateResult result = workspace.update(request(edit, TreeEdit.NONE));
                bare.add(millis(start));
                if (!result.tree().value().equals(tree)) {
                    throw new IOException("other tree than fast-import: " + result.tree() + ", " + tree);
                }
            }
            try (FileRepositoryStore store = open(folder(), true)) {
                WorkspaceRepository workspace = workspace(store);
                workspace.awaitCheckout(Duration.ofMinutes(1));
                start = System.nanoTime();
                workspace.update(request(edit, TreeEdit.NONE));
                CheckoutState state = workspace.awaitCheckout(Duration.ofMinutes(1));
                followed.add(millis(start));
                if (state.status() != CheckoutState.Status.CURRENT) {
                    throw new IOException(state.toString());
                }
            }
        }
        System.out.println("first import of " + FILES + " files, ms, median [min] of 7");
        System.out.println("  git fast-import, ready stream   " + summary(fastImport));
        System.out.println("  store, durable                  " + summary(bare));
        System.out.println("  store, checkout has followed    " + summary(followed));
        System.out.printf(
                "  ratio of medians %.2f, with checkout %.2f%n", ratio(bare, fastImport), ratio(followed, fastImport));
    }

    private static double ratio(List<Double> a, List<Double> b) {
        return a.stream().sorted().toList().get(a.size() / 2)
                / b.stream().sorted().toList().get(b.size() / 2);
    }

    private static void writeStream(Path file, TreeEdit edit) throws IOException {
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("commit refs/heads/main\ncommitter B <b@example.org> 0 +0000\ndata 1\nx\n"
                    .getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<TreePath, Optional<Content>> e : edit.changes().entrySet()) {
                byte[] bytes = e.getValue().orElseThrow().bytes();
                out.write(("M 100644 inline " + e.getKey() + "\ndata " + bytes.length + "\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.write(bytes);
                out.write('\n');
            }
        }
    }

    /** Many imports one after the other: the last must not be slower than the first, and few packs may be left. */
    private void series(int count) throws Exception {
        Path data = folder();
        try (FileRepositoryStore store = open(data, true)) {
            WorkspaceRepository workspace = workspace(store);
            workspace.update(request(new TreeEdit(entities(1_000, 2)), TreeEdit.NONE));
            List<TreePath> paths = List.copyOf(entities(1_000, 2).keySet());
            double[] times = new double[count];
            int mostPacks = 0;
            for (int i = 0; i < count; i++) {
                TreeMap<TreePath, Optional<Content>> change = new TreeMap<>();
                change.put(paths.get(i * 7 % paths.size()), Optional.of(Content.utf8("changed: " + i + "\n")));
                TreeMap<TreePath, Optional<Content>> ledger = new TreeMap<>();
                ledger.put(TreePath.of("tooljet/apps/app0/ids"), Optional.of(Content.utf8("i: " + i + "\n")));
                long start = System.nanoTime();
                workspace.update(request(new TreeEdit(change), new TreeEdit(ledger)));
                times[i] = millis(start);
                mostPacks = i % 50 == 0 ? Math.max(mostPacks, packs(data)) : mostPacks;
            }
            double first = Arrays.stream(times, 0, 500).sum();
            double last = Arrays.stream(times, count - 500, count).sum();
            System.out.printf(
                    "series of %d updates: first 500 %.0f ms, last 500 %.0f ms, ratio %.2f; packs seen at most %d, left %d%n",
                    count, first, last, last / first, mostPacks, packs(data));
            System.out.println("  checkout: "
                    + workspace.awaitCheckout(Duration.ofMinutes(1)).status());
        }
        System.out.println(
                "  fsck: '" + new Git(data.resolve("repositories/bench.git")).run("fsck", "--strict", "--full") + "'");
    }

    private static int packs(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("repositories/bench.git/objects/pack"))) {
            return (int) files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    /** Small commits by several writers on one branch of 20,000 files. */
    private void writers() throws Exception {
        TreeMap<TreePath, Optional<Content>> base = entities(2 * FILES, 3);
        List<TreePath> paths = List.copyOf(base.keySet());
        for (int threads : new int[] {1, 4, 16}) {
            try (FileRepositoryStore store = open(folder(), false)) {
                WorkspaceRepository workspace = workspace(store);
                workspace.update(request(new TreeEdit(base), TreeEdit.NONE));
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                AtomicInteger commits = new AtomicInteger();
                List<Double> latencies = java.util.Collections.synchronizedList(new ArrayList<>());
                long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
                long begin = System.nanoTime();
                List<Future<?>> running = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    int thread = t;
                    running.add(pool.submit(() -> {
                        for (int i = 0; System.nanoTime() < end; i++) {
                            TreePath path = paths.get((i * 31 + thread * 1000) % paths.size());
                            long start = System.nanoTime();
                            workspace.update(request(
                                    new TreeEdit(
                                            new TreeMap<>(Map.of(path, Optional.of(Content.utf8(thread + " " + i))))),
                                    TreeEdit.NONE));
                            latencies.add(millis(start));
                            commits.incrementAndGet();
                        }
                    }));
                }
                for (Future<?> writer : running) {
                    writer.get();
                }
                pool.shutdown();
                List<Double> sorted = latencies.stream().sorted().toList();
                System.out.printf(
                        "%d writers: %.0f commits/s, p50 %.1f ms, p99 %.1f ms%n",
                        threads,
                        commits.get() / (millis(begin) / 1000),
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100));
            }
        }
    }

    private void reading() throws Exception {
        try (FileRepositoryStore store = open(folder(), false)) {
            WorkspaceRepository workspace = workspace(store);
            workspace.update(request(new TreeEdit(entities(FILES, 4)), TreeEdit.NONE));
            List<Double> list = new ArrayList<>();
            List<Double> load = new ArrayList<>();
            List<Double> one = new ArrayList<>();
            for (int round = 0; round < 15; round++) {
                long start = System.nanoTime();
                Snapshot snapshot = workspace.snapshot(Revision.DEFAULT).orElseThrow();
                one.add(millis(start) * 1000);
                start = System.nanoTime();
                snapshot.files().list(TreePath.ROOT);
                list.add(millis(start));
                start = System.nanoTime();
                snapshot.files().load(List.of(TreePath.ROOT));
                load.add(millis(start));
            }
            System.out.println("10,000 files, ms: list " + summary(list) + ", load " + summary(load)
                    + "; snapshot, us: " + summary(one));
        }
    }

    private void cloning() throws Exception {
        Path data = folder();
        try (FileRepositoryStore store = open(data, false)) {
            WorkspaceRepository workspace = workspace(store);
            workspace.update(request(new TreeEdit(entities(FILES, 5)), TreeEdit.NONE));
            for (int i = 0; i < 200; i++) {
                workspace.update(request(
                        new TreeEdit(new TreeMap<>(Map.of(TreePath.of("f"), Optional.of(Content.utf8("" + i))))),
                        TreeEdit.NONE));
            }
            org.eclipse.jetty.server.Server server = GitHttpTest.serve(store);
            try {
                String url = GitHttpTest.url(server, "bench");
                List<Double> ours = new ArrayList<>();
                List<Double> stock = new ArrayList<>();
                for (int round = 0; round < 5; round++) {
                    long start = System.nanoTime();
                    new Git(root)
                            .run(
                                    "clone",
                                    "-q",
                                    "--bare",
                                    url,
                                    folder().resolve("ours").toString());
                    ours.add(millis(start));
                    start = System.nanoTime();
                    new Git(root)
                            .run(
                                    "clone",
                                    "-q",
                                    "--bare",
                                    "--no-local",
                                    data.resolve("repositories/bench.git").toString(),
                                    folder().resolve("stock").toString());
                    stock.add(millis(start));
                }
                System.out.println(
                        "bare clone, ms: ours over HTTP " + summary(ours) + ", git itself " + summary(stock));
            } finally {
                server.stop();
            }
        }
    }
}
