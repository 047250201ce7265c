package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileNames;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Mutants;
import dev.offshoot.testing.Mutants.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The engine is total: whatever a document holds, it comes back exactly or is refused with a reason. {@code -Ddamage=N} makes N times as many
 * damaged documents.
 */
class DamageTest {
    private static final LayoutEngine ENGINE = new LayoutEngine(Layouts.bundled());
    private static final int TIMES = Integer.getInteger("damage", 1);
    private static final UUID NAMESPACE = new UUID(7, 8);
    /** Of the real documents only those of ordinary size: the large ones differ in number, not in kind. */
    private static final int ORDINARY = 150_000;

    @Test
    void damagedSamplesComeBack() throws IOException {
        assertNoneBroken(damage(json(Path.of("src/test/resources/sample")), 60));
    }

    @Test
    void damagedSmallDocumentsComeBack() throws IOException {
        assertNoneBroken(damage(json(Path.of("src/test/resources/golden")), 120));
    }

    @Test
    void damagedRealDocumentsComeBack() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String platform : List.of("tooljet", "n8n", "nodered", "grafana", "lowcoder")) {
            for (Path file : Corpus.json(platform)) {
                if (Files.size(file) < ORDINARY && !file.toString().endsWith("BROKEN.json")) {
                    files.add(file);
                }
            }
        }
        assertNoneBroken(damage(files, 6));
    }

    private static void assertNoneBroken(List<String> broken) {
        assertThat(broken)
                .as("%d damaged documents do not come back; the first of them", broken.size())
                .isEmpty();
    }

    /** What could not be taken apart and put together again, one line each. */
    private static List<String> damage(List<Path> files, int mutants) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            JsonValue document = JsonReader.read(Files.readAllBytes(file));
            for (int seed = 0; seed < mutants * TIMES; seed++) {
                Damaged damaged = Mutants.of(document, seed);
                try {
                    check(damaged.document());
                } catch (Failure refused) {
                    // With a reason: that is an answer.
                } catch (RuntimeException | AssertionError | StackOverflowError e) {
                    broken.add(file + ", seed " + seed + " " + damaged.done() + ": " + first(e));
                }
            }
        }
        return broken;
    }

    private static String first(Throwable e) {
        String text = String.valueOf(e.getMessage())
                .lines()
                .filter(l -> !l.isBlank())
                .limit(6)
                .collect(Collectors.joining(" "));
        String at = e instanceof AssertionError
                ? ""
                : " at " + List.of(e.getStackTrace()).stream().limit(3).toList();
        return e.getClass().getSimpleName() + " " + (text.length() > 600 ? text.substring(0, 600) : text) + at;
    }

    private static void check(JsonValue document) {
        Exploded exploded = ENGINE.explode(document, KnownDefinitions.NONE);
        Ledger ledger = Ledger.fromFiles(exploded.ledger().toFiles());
        assertThat(ledger).isEqualTo(exploded.ledger());
        try {
            JsonValue back = assemble(exploded, ledger);
            List<String> differences = new ArrayList<>();
            Probe.diff("", exploded.expected(), back, differences);
            assertThat(differences).isEmpty();
            assertThat(back).isEqualTo(exploded.expected());
            assemble(exploded, Ledger.EMPTY);
        } catch (Failure e) {
            throw new AssertionError("what was taken apart cannot be put together: " + e.getMessage(), e);
        }
        Set<String> folded = new TreeSet<>();
        exploded.files()
                .forEach((path, content) -> assertThat(folded.add(FileNames.fold(path.value())))
                        .as("%s is alone of its name, without regard to case", path)
                        .isTrue());
    }

    private static JsonValue assemble(Exploded exploded, Ledger ledger) {
        return ENGINE.assemble(
                        new MemorySource(exploded.files()), ledger, exploded.document(), NAMESPACE, Selection.ALL)
                .document();
    }

    private static List<Path> json(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }
}
