package dev.offshoot.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GoldenTree;
import dev.offshoot.testing.TreeEdits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every merge, on the sample repository with random changes on both sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeWayLawsTest {
    private static final int RUNS = 400;

    private final ThreeWay merge = new ThreeWay(Layouts.bundled());
    private FileTree sample;

    @BeforeAll
    void read() {
        sample = GoldenTree.read(Path.of("sample-repo"));
    }

    /** A base and two sides; few files, so that the sides meet. */
    private record Case(FileTree base, FileTree ours, FileTree theirs) {}

    private Case random(int run) {
        Random random = new Random(run);
        TreeEdits edits = new TreeEdits(run);
        List<TreePath> paths = new ArrayList<>(sample.paths());
        int from = random.nextInt(paths.size() - 30);
        Map<TreePath, Content> few = new TreeMap<>();
        paths.subList(from, from + 5 + random.nextInt(25))
                .forEach(p -> few.put(p, sample.find(p).orElseThrow()));
        FileTree base = FileTree.of(few);
        return new Case(base, edits.change(base, random.nextInt(12)), edits.change(base, random.nextInt(12)));
    }

    private Merged merged(FileTree base, FileTree ours, FileTree theirs) {
        return merge.merge(Side.of(base), Side.of(ours), Side.of(theirs));
    }

    private static FileTree apply(FileTree tree, Merged merged) {
        Map<TreePath, Content> files = new TreeMap<>(tree.files());
        merged.edits()
                .changes()
                .forEach((path, content) -> content.ifPresentOrElse(c -> files.put(path, c), () -> files.remove(path)));
        return FileTree.of(files);
    }

    @Test
    void whichSideIsOursDoesNotMatter() {
        int clean = 0;
        for (int run = 0; run < RUNS; run++) {
            Case c = random(run);
            Merged one = merged(c.base, c.ours, c.theirs);
            Merged other = merged(c.base, c.theirs, c.ours);
            assertThat(places(one.conflicts())).as("run %d", run).isEqualTo(places(other.conflicts()));
            if (one.isClean()) {
                clean++;
                GoldenTree.assertSame("run " + run, apply(c.ours, one), apply(c.theirs, other));
            }
        }
        assertThat(clean).isBetween(RUNS / 10, RUNS * 9 / 10);
    }

    /** Names that differ in case are told of the other side's file, so only the file's folded name is the same. */
    private static Set<String> places(List<Conflict> conflicts) {
        return conflicts.stream()
                .map(c -> (c.path() + " " + c.what()
                                + (c.place() instanceof Conflict.Place.Field f ? f.pointer() : "")
                                + (c.place() instanceof Conflict.Place.Lines l ? l.base() : ""))
                        .toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatOneSideDidAloneIsTheResult() {
        for (int run = 0; run < RUNS; run++) {
            Case c = random(run);
            Merged nothingThere = merged(c.base, c.ours, c.base);
            assertThat(nothingThere.conflicts()).isEmpty();
            assertThat(nothingThere.edits().isEmpty()).isTrue();
            Merged nothingHere = merged(c.base, c.base, c.theirs);
            assertThat(nothingHere.conflicts()).isEmpty();
            assertThat(apply(c.base, nothingHere)).isEqualTo(c.theirs);
            Merged same = merged(c.base, c.ours, c.ours);
            assertThat(same.isClean() && same.edits().isEmpty()).isTrue();
        }
    }

    @Test
    void noChangeOfOneSideIsLost() {
        int fields = 0;
        for (int run = 0; run < RUNS; run++) {
            Case c = random(run);
            Merged merged = merged(c.base, c.ours, c.theirs);
            Set<TreePath> inQuestion =
                    merged.conflicts().stream().map(Conflict::path).collect(Collectors.toSet());
            FileTree result = apply(c.ours, merged);
            Set<TreePath> all = new TreeSet<>(c.base.paths());
            all.addAll(c.ours.paths());
            all.addAll(c.theirs.paths());
            for (TreePath path : all) {
                Optional<Content> base = c.base.find(path);
                Optional<Content> ours = c.ours.find(path);
                Optional<Content> theirs = c.theirs.find(path);
                if (inQuestion.contains(path)) {
                    continue;
                }
                if (theirs.equals(base)) {
                    assertThat(result.find(path)).as("run %d, %s", run, path).isEqualTo(ours);
                } else if (ours.equals(base)) {
                    assertThat(result.find(path)).as("run %d, %s", run, path).isEqualTo(theirs);
                } else if (YamlFiles.isYaml(path) && base.isPresent() && ours.isPresent() && theirs.isPresent()) {
                    fields += requireFields(run, path, base.get(), ours.get(), theirs.get(), result);
                }
            }
        }
        assertThat(fields).isGreaterThan(50);
    }

    private static int requireFields(
            int run, TreePath path, Content base, Content ours, Content theirs, FileTree result) {
        Map<String, String> before = leaves(path, base);
        Map<String, String> here = leaves(path, ours);
        Map<String, String> there = leaves(path, theirs);
        Map<String, String> after = result.find(path).map(c -> leaves(path, c)).orElse(Map.of());
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(here.keySet());
        all.addAll(there.keySet());
        int changed = 0;
        for (String at : all) {
            String was = before.get(at);
            String wanted = java.util.Objects.equals(here.get(at), was) ? there.get(at) : here.get(at);
            changed += java.util.Objects.equals(wanted, was) ? 0 : 1;
            assertThat(after.get(at)).as("run %d, %s#%s", run, path, at).isEqualTo(wanted);
        }
        return changed;
    }

    /** Everything that is no map, by its place. */
    private static Map<String, String> leaves(TreePath path, Content content) {
        Map<String, String> leaves = new HashMap<>();
        collect("", YamlFiles.parse(path, content), leaves);
        leaves.remove("");
        return leaves;
    }

    private static void collect(String at, JsonValue value, Map<String, String> leaves) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            o.forEach((key, member) -> collect(at + "/" + key, member, leaves));
        } else {
            leaves.put(at, FieldMerge.text(value));
        }
    }

    /** A merge never says what nobody wrote, marks of conflicts above all. */
    @Test
    void textsAreMergedAsGitMergesThem(@TempDir Path folder) throws Exception {
        GitClient git = new GitClient(folder);
        int clean = 0;
        for (int run = 0; run < 60; run++) {
            Random random = new Random(run);
            String base = text(random, List.of());
            String ours = text(random, base.lines().toList());
            String theirs = text(random, base.lines().toList());
            Files.writeString(folder.resolve("base"), base);
            Files.writeString(folder.resolve("ours"), ours);
            Files.writeString(folder.resolve("theirs"), theirs);
            GitClient.Outcome expected = git.attempt("merge-file", "-p", "-q", "ours", "base", "theirs");
            Optional<Content> found = TextMerge.of(Content.utf8(base), Content.utf8(ours), Content.utf8(theirs))
                    .text();
            if (expected.status() == 0) {
                clean++;
                assertThat(found.map(Content::utf8)).as("run %d", run).contains(expected.output());
            } else {
                assertThat(found).as("run %d", run).isEmpty();
            }
        }
        assertThat(clean).isBetween(10, 50);
    }

    /** Some lines, or those given with two of them changed, taken out or put in. */
    private static String text(Random random, List<String> from) {
        List<String> lines = new ArrayList<>(from);
        if (from.isEmpty()) {
            for (int i = 0; i < 24; i++) {
                lines.add("line " + i);
            }
        }
        for (int i = 0; i < 2 && !from.isEmpty(); i++) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.set(at, "changed " + random.nextInt(100));
                case 1 -> lines.remove(at);
                default -> lines.add(at, "new " + random.nextInt(100));
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
