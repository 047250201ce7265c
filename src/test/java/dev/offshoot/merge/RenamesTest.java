package dev.offshoot.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.layout.Renaming;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.GoldenTree;
import dev.offshoot.testing.TreeEdits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Merges of sides that gave things other names, on the sample repository with all four platforms in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenamesTest {
    private static final int RUNS = 150;
    private static final String V1 = "tooljet/apps/CRM/versions/v1/";

    private final Layouts layouts = Layouts.bundled();
    private final ThreeWay merge = new ThreeWay(layouts);
    private FileTree sample;
    private List<Entity> entities;

    @BeforeAll
    void read() {
        Map<TreePath, Content> files =
                new TreeMap<>(GoldenTree.read(Path.of("sample-repo")).files());
        files.keySet()
                .removeIf(path -> !layouts.platforms().contains(path.segments().get(0)));
        sample = FileTree.of(files);
        Places places = new Places(layouts, files::containsKey);
        entities = files.keySet().stream()
                .map(places::of)
                .filter(place ->
                        place.part() instanceof Part.Main && place.half().isEmpty())
                .map(place -> place.entity())
                .filter(entity -> entity.owner().isPresent())
                .distinct()
                .toList();
        assertThat(entities).hasSizeGreaterThan(50);
    }

    private Map<TreePath, TreePath> rename(Random random) {
        TreePath one = entities.get(random.nextInt(entities.size())).address();
        return Map.of(one, one.parent().child("renamed-" + one.name()));
    }

    private FileTree renamed(FileTree tree, Map<TreePath, TreePath> moves) {
        Renaming renaming = new Renaming(layouts, moves);
        Map<TreePath, Content> files = new TreeMap<>();
        tree.forEach((path, content) -> files.put(renaming.path(path), renaming.content(path, content)));
        assertThat(files).hasSameSizeAs(tree.files());
        return FileTree.of(files);
    }

    private Merged merged(FileTree base, FileTree ours, FileTree theirs, Renames renames) {
        return merge.merge(Side.of(base), Side.of(ours), Side.of(theirs), renames);
    }

    private static FileTree apply(FileTree tree, Merged merged) {
        Map<TreePath, Content> files = new TreeMap<>(tree.files());
        merged.edits()
                .changes()
                .forEach((path, content) -> content.ifPresentOrElse(c -> files.put(path, c), () -> files.remove(path)));
        return FileTree.of(files);
    }

    @Test
    void whatOneSideRenamedAndTheOtherChangedIsBoth() {
        for (int run = 0; run < RUNS; run++) {
            Map<TreePath, TreePath> moves = rename(new Random(run));
            FileTree here = renamed(sample, moves);
            FileTree there = new TreeEdits(run).change(sample, 8);
            FileTree expected = renamed(there, moves);
            Merged one = merged(sample, here, there, Renames.of(moves, Map.of()));
            assertThat(one.conflicts()).as("run %d", run).isEmpty();
            GoldenTree.assertSame("run " + run, expected, apply(here, one));
            Merged other = merged(sample, there, here, Renames.of(Map.of(), moves));
            assertThat(other.conflicts()).as("run %d", run).isEmpty();
            GoldenTree.assertSame("run " + run, expected, apply(there, other));
        }
    }

    @Test
    void whatEachSideRenamedHasBothNames() {
        int apart = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            Map<TreePath, TreePath> first = rename(random);
            Map<TreePath, TreePath> second = rename(random);
            if (first.equals(second)) {
                continue;
            }
            apart++;
            FileTree here = renamed(sample, first);
            FileTree there = renamed(sample, second);
            Renames renames = Renames.of(first, second);
            assertThat(merged(sample, here, there, renames).conflicts())
                    .as("run %d", run)
                    .isEmpty();
            FileTree one = apply(here, merged(sample, here, there, renames));
            FileTree other = apply(there, merged(sample, there, here, Renames.of(second, first)));
            GoldenTree.assertSame("run " + run, one, other);
            GoldenTree.assertSame("run " + run, renamed(sample, renames.ofBase()), one);
        }
        assertThat(apart).isGreaterThan(RUNS / 2);
    }

    @Test
    void oneThingWithTwoNewNamesIsAConflict() {
        TreePath query = TreePath.of(V1 + "queries/listOrders");
        Map<TreePath, TreePath> ours = Map.of(query, query.parent().child("orders"));
        Map<TreePath, TreePath> theirs = Map.of(query, query.parent().child("allOrders"));
        Merged merged = merged(sample, renamed(sample, ours), renamed(sample, theirs), Renames.of(ours, theirs));
        assertThat(merged.conflicts()).anySatisfy(c -> {
            assertThat(c.what()).isEqualTo(Conflict.What.RENAMED_TWICE);
            assertThat(c.path()).isEqualTo(query);
            assertThat(c.ours()).contains(V1 + "queries/orders");
            assertThat(c.theirs()).contains(V1 + "queries/allOrders");
        });
        assertThat(merged(sample, renamed(sample, ours), renamed(sample, ours), Renames.of(ours, ours))
                        .edits()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aNewThingUnderTheNameThatTheOtherSideGaveIsAConflict() {
        TreePath query = TreePath.of(V1 + "queries/listOrders");
        Map<TreePath, TreePath> ours = Map.of(query, query.parent().child("orders"));
        Map<TreePath, Content> more = new TreeMap<>(sample.files());
        more.put(TreePath.of(V1 + "queries/orders.yaml"), Content.utf8("name: orders\n"));
        Merged merged = merged(sample, renamed(sample, ours), FileTree.of(more), Renames.of(ours, Map.of()));
        assertThat(merged.conflicts()).extracting(Conflict::what).contains(Conflict.What.ADDED_TWICE);
    }

    @Test
    void aRenamedFolderTakesAlongWhatTheOtherSideAddedOrRenamedInIt() {
        TreePath page = entities.stream()
                .filter(e -> e.kind().equals("page") && e.address().value().startsWith(V1))
                .findFirst()
                .orElseThrow()
                .address();
        Entity inside = entities.stream()
                .filter(e -> e.address().isWithin(page) && !e.address().equals(page))
                .findFirst()
                .orElseThrow();
        Map<TreePath, TreePath> ours = Map.of(page, page.parent().child("Start"));
        TreePath within = inside.address();
        Map<TreePath, TreePath> theirs = Map.of(within, within.parent().child("other"));
        List<TreePath> ends = new ArrayList<>(Renames.of(ours, theirs).ofBase().values());
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        page.parent().child("Start"),
                        page.parent()
                                .child("Start")
                                .child(within.parent().relativeTo(page))
                                .child("other"));
    }
}
