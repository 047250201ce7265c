package dev.offshoot.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs every benchmark beside its baseline and prints one table: medians, minima, and the ratio with its budget.
 * {@code docs/performance.md} says how to run it. Arguments are those of JMH: a pattern of benchmarks, {@code -p size=1000}, {@code -i 30}.
 */
public final class Benchmarks {
    private static final int WARM_UP = 6;
    private static final int ROUNDS = 15;

    private Benchmarks() {}

    /** A line of the table of budgets: our time over the baseline's, or the other way round for rates. */
    private enum Row {
        FIRST("first", "first import", "Jackson tree parse + `git fast-import`", 1.0),
        FOLLOWED("followed", "the same, until the checkout has followed", "the same", 1.5),
        CHANGED("oneChanged", "re-import, one component changed", "streaming scan + SHA-1", 6),
        IDENTICAL("identical", "re-import, identical", "Jackson tree parse", 1.0),
        COLD("cold", "export, nothing cached", "Jackson parse + write", 3),
        CACHED("cached", "export, blobs cached", "Jackson parse + write", 1.0),
        REPEATED("repeated", "export, document cached", "Jackson parse + write", 1.0),
        COMMITS("commits", "commits, one branch", "one lock, loose objects", 3);

        final String method;
        final String title;
        final String baseline;
        final double budget;

        Row(String method, String title, String baseline, double budget) {
            this.method = method;
            this.title = title;
            this.baseline = baseline;
            this.budget = budget;
        }

        static Row of(BenchmarkParams params) {
            String name = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
            return Arrays.stream(values())
                    .filter(row -> row.method.equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public static void main(String[] args) throws Exception {
        CommandLineOptions given = new CommandLineOptions(args);
        Path folder = Folders.fresh("run");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .mode(Mode.SingleShotTime)
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(WARM_UP))
                .measurementIterations(given.getMeasurementIterations().orElse(ROUNDS))
                .shouldFailOnError(true)
                .jvmArgsAppend(
                        // Of one size, as a server that has been busy for a while has it: what is cleaned up between
                        // two rounds shrinks the
                        // heap, and the next round would pay for its growth.
                        "-Xms2g",
                        "-Xmx2g",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-D" + Folders.PROPERTY + "=" + folder.toAbsolutePath());
        if (!given.getParameter("size").hasValue()) {
            options.param("size", Subject.sizes());
        }
        if (given.getIncludes().isEmpty()) {
            options.include("dev\\.offshoot\\.bench\\.");
        }
        double before = load();
        try {
            print(new Runner(options.build()).run());
            System.out.printf("%nLoad of the machine: %.1f before, %.1f after%n", before, load());
        } finally {
            Folders.delete(folder);
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void print(Collection<RunResult> results) {
        System.out.println();
        System.out.println("| work | of | ours, ms | baseline, ms | baseline = 1 | ratio | of minima | budget |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        results.forEach(Benchmarks::print);
    }

    private static void print(RunResult result) {
        Row row = Row.of(result.getParams());
        double[] ours = sorted(result, round -> counter(round, "ours"));
        double[] baseline = sorted(result, round -> counter(round, "baseline"));
        boolean rate = row == Row.COMMITS;
        double ratio = rate ? middle(baseline) / middle(ours) : middle(ours) / middle(baseline);
        double ofMinima = rate ? baseline[0] / ours[0] : ours[0] / baseline[0];
        boolean alone = "1".equals(result.getParams().getParam("writers"));
        boolean held = alone || (rate ? ratio >= row.budget : ratio <= row.budget);
        System.out.printf(
                "| %s | %s | %.1f [%.1f] | %.1f [%.1f] | %s | **%.2f** | %.2f | %s%s |%n",
                row.title,
                of(result.getParams()),
                middle(ours),
                ours[0],
                middle(baseline),
                baseline[0],
                row.baseline,
                ratio,
                ofMinima,
                alone ? "-" : rate ? "at least " + row.budget : row.budget,
                held ? "" : ", **missed**");
    }

    private static String of(BenchmarkParams params) {
        String writers = params.getParam("writers");
        return writers == null ? params.getParam("size") : writers + (writers.equals("1") ? " writer" : " writers");
    }

    private static double counter(IterationResult round, String name) {
        return round.getSecondaryResults().get(name).getScore() / 1_000;
    }

    private static double[] sorted(RunResult result, ToDoubleFunction<IterationResult> value) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> List.copyOf(fork.getIterationResults()).stream())
                .mapToDouble(value)
                .sorted()
                .toArray();
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
