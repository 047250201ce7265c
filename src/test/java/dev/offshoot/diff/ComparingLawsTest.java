package dev.offshoot.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.GoldenTree;
import dev.offshoot.testing.TreeEdits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds of every comparison, on the sample repository with random changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparingLawsTest {
    private static final int RUNS = 300;

    private final Comparing comparing = new Comparing(Layouts.bundled());
    private FileTree sample;

    @BeforeAll
    void read() {
        sample = GoldenTree.read(Path.of("sample-repo"));
    }

    private FileTree some(Random random) {
        List<TreePath> paths = new ArrayList<>(sample.paths());
        int from = random.nextInt(paths.size() - 60);
        Map<TreePath, dev.offshoot.model.Content> some = new TreeMap<>();
        paths.subList(from, from + 20 + random.nextInt(40))
                .forEach(p -> some.put(p, sample.find(p).orElseThrow()));
        return FileTree.of(some);
    }

    private static TreeSet<TreePath> differing(FileTree a, FileTree b) {
        TreeSet<TreePath> all = new TreeSet<>(a.paths());
        all.addAll(b.paths());
        all.removeIf(p -> a.find(p).equals(b.find(p)));
        return all;
    }

    private static TreeSet<TreePath> told(Comparison comparison) {
        TreeSet<TreePath> told = new TreeSet<>();
        Totals.changes(comparison).forEach(c -> told.addAll(c.files()));
        return told;
    }

    @Test
    void aStateDoesNotDifferFromItself() {
        assertThat(comparing.compare(sample, sample).isEmpty()).isTrue();
    }

    @Test
    void everyChangedFileIsInSomeChangeAndNoOther() {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            FileTree before = run % 10 == 0 ? sample : some(random);
            FileTree after = new TreeEdits(run).change(before, 1 + random.nextInt(15));
            Comparison comparison = comparing.compare(before, after);
            assertThat(told(comparison)).as("run %d", run).isEqualTo(differing(before, after));
            assertThat(Totals.changes(comparison))
                    .as("run %d", run)
                    .allSatisfy(c ->
                            assertThat(Words.summary(c)).doesNotContain("\n").isNotBlank());
            assertThat(ComparisonJson.of(comparison, Noise.SHOW)).isNotNull();
        }
    }

    @Test
    void goingBackTellsTheSameFilesTheOtherWayRound() {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            FileTree before = some(random);
            FileTree after = new TreeEdits(run).change(before, 1 + random.nextInt(8));
            Totals there = Totals.of(comparing.compare(before, after));
            Totals back = Totals.of(comparing.compare(after, before));
            assertThat(back.added()).as("run %d", run).isEqualTo(there.removed());
            assertThat(back.removed()).as("run %d", run).isEqualTo(there.added());
        }
    }

    @Test
    void sameStatesGiveTheSameBytes() {
        FileTree after = new TreeEdits(7).change(sample, 40);
        assertThat(json(comparing.compare(sample, after))).isEqualTo(json(comparing.compare(sample, after)));
    }

    private static String json(Comparison comparison) {
        return new String(JsonWriter.pretty(ComparisonJson.of(comparison, Noise.SHOW)), StandardCharsets.UTF_8);
    }

    @Test
    void ofTwoTreesEverythingIsAddedAndGone() {
        Comparison comparison = comparing.compare(FileTree.EMPTY, sample);
        Totals totals = Totals.of(comparison);
        assertThat(totals.added()).isEqualTo(totals.shown()).isPositive();
        assertThat(comparison.definitions())
                .allSatisfy(d -> assertThat(d.changes()).hasSize(1));
        assertThat(Optional.of(comparing.compare(sample, FileTree.EMPTY))
                        .map(Totals::of)
                        .get()
                        .removed())
                .isEqualTo(totals.added());
    }
}
