package dev.offshoot.layout;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.testing.Variants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@link VariantLaws} over many variants of files: {@code SECONDS FIRST-SEED FILE…}; what fails is grouped by its cause. */
final class VariantCampaign {
    private VariantCampaign() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("show")) {
            show(Path.of(args[1]), Long.parseLong(args[2]), Path.of(args[3]));
            return;
        }
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000L;
        long first = Long.parseLong(args[1]);
        VariantLaws laws = new VariantLaws(new LayoutEngine(Layouts.bundled()));
        Map<String, List<String>> causes = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        Map<String, String> refusedBy = new TreeMap<>();
        Map<Path, Variants> documents = new TreeMap<>();
        int done = 0;
        for (int i = 2; i < args.length; i++) {
            try {
                JsonValue document = JsonReader.read(Files.readAllBytes(Path.of(args[i])));
                documents.put(Path.of(args[i]), new Variants(document));
                laws.check(document, 1, true).broken().ifPresent(b -> System.out.println("UNCHANGED " + b));
            } catch (Failure broken) {
                System.out.println("not read: " + args[i]);
            }
        }
        long seed = first;
        outer:
        while (true) {
            for (Map.Entry<Path, Variants> e : documents.entrySet()) {
                if (System.nanoTime() > end) {
                    break outer;
                }
                Variants.Variant variant = e.getValue().of(seed).orElse(null);
                if (variant == null) {
                    continue;
                }
                done++;
                VariantLaws.Outcome outcome;
                try {
                    outcome = laws.check(variant.document(), seed, variant.likely());
                } catch (Throwable t) {
                    outcome = new VariantLaws.Outcome(
                            java.util.Optional.empty(),
                            java.util.Optional.of(new VariantLaws.Broken("checker", VariantLaws.told(t))));
                }
                String name = e.getKey() + " seed " + seed + " [" + shown(variant.done()) + "]";
                outcome.refused().ifPresent(r -> {
                    refused.merge(r.name(), 1, Integer::sum);
                    refusedBy.putIfAbsent(r.name() + " " + variant.done().replaceAll("\\(\\d+\\)", ""), name);
                });
                outcome.broken()
                        .ifPresent(b -> causes.computeIfAbsent(b.cause(), c -> new ArrayList<>())
                                .add(name + "\n        " + b.how()));
            }
            seed++;
        }
        System.out.println(done + " variants of " + documents.size() + " documents, seeds " + first + " to " + seed
                + ", refused " + refused + ", broken "
                + causes.values().stream().mapToInt(List::size).sum() + " in " + causes.size() + " groups");
        causes.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .forEach(e -> {
                    System.out.println(e.getValue().size() + " x " + shown(e.getKey()));
                    e.getValue().stream().limit(2).forEach(x -> System.out.println("      " + x));
                });
        if (System.getenv("REFUSED") != null) {
            refusedBy.forEach((k, v) -> System.out.println("REFUSED " + k + "   " + v));
        }
    }

    /** Writes a variant, and what becomes of it, below a folder. */
    private static void show(Path file, long seed, Path out) throws Exception {
        JsonValue document = JsonReader.read(Files.readAllBytes(file));
        Variants.Variant variant = seed < 0
                ? new Variants.Variant(document, "", true)
                : new Variants(document).of(seed).orElseThrow();
        System.out.println(variant.done());
        Files.createDirectories(out);
        Files.write(out.resolve("in.json"), dev.offshoot.format.JsonWriter.pretty(variant.document()));
        LayoutEngine engine = new LayoutEngine(Layouts.bundled());
        System.out.println(new VariantLaws(engine).check(variant.document(), seed, variant.likely()));
        Exploded exploded = engine.explode(variant.document(), KnownDefinitions.NONE);
        exploded.files().forEach((p, c) -> Probe.write(out.resolve("tree").resolve(p.value()), c));
        exploded.ledger()
                .toFiles()
                .forEach((p, c) ->
                        Probe.write(out.resolve("tree/.offshoot/ledger").resolve(p.value()), c));
        exploded.findings().forEach(System.out::println);
        exploded.withheld().forEach(w -> System.out.println("withheld " + w));
        JsonValue bare = engine.assemble(
                        new MemorySource(exploded.files()),
                        Ledger.EMPTY,
                        exploded.document(),
                        new java.util.UUID(11, 12),
                        Selection.ALL)
                .document();
        Files.write(out.resolve("bare.json"), dev.offshoot.format.JsonWriter.pretty(bare));
        engine.explode(bare, KnownDefinitions.NONE)
                .files()
                .forEach((p, c) -> Probe.write(out.resolve("again").resolve(p.value()), c));
    }

    private static String shown(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
