package dev.offshoot.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.GoldenTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is less common, and what is broken. */
class ComparingTest {
    private static final FileTree SAMPLE = GoldenTree.read(Path.of("sample-repo"));
    private static final String V2 = "tooljet/apps/CRM/versions/v2";
    private static final String HOME = V2 + "/pages/Home/components";
    private static final String SHOP = "appsmith/apps/Workshop-Counter";

    private final Comparing comparing = new Comparing(Layouts.bundled());

    private List<String> told(UnaryOperator<EditedTree> change) {
        return told(
                comparing.compare(SAMPLE, change.apply(new EditedTree(SAMPLE)).tree()));
    }

    /** Noise begins with a tilde. */
    private static List<String> told(Comparison comparison) {
        return Totals.changes(comparison).stream()
                .map(c -> (c.isNoise() ? "~" : "") + Words.summary(c))
                .toList();
    }

    @Test
    void commentsAndQuotesAreNoise() {
        assertThat(told(t ->
                        t.replace(HOME + "/boardTitle.yaml", "name: boardTitle", "# the board\nname: 'boardTitle'")))
                .containsExactly("~component boardTitle: only the way boardTitle.yaml is written changed");
    }

    @Test
    void lineEndsAreNoise() {
        assertThat(told(t -> t.replace(V2 + "/queries/handOver.js", "\n", "\r\n")))
                .containsExactly("~query handOver: only the way handOver.js is written changed");
    }

    @Test
    void aFileThatNobodyCanReadIsShownByItsLines() {
        assertThat(told(t -> t.replace(HOME + "/boardTitle.yaml", "name: boardTitle", "name: [")))
                .containsExactly("component boardTitle: 1 line of YAML changed");
    }

    @Test
    void filesThatAreNoTextAreToldBySize() {
        FileTree bytes = FileTree.of(Map.of(
                TreePath.of("appbuilder/files/2624aeed-d3da-5705-af7d-82afad55c1cb.png"),
                Content.of(new byte[] {0, 1, 2})));
        assertThat(told(comparing.compare(SAMPLE, SAMPLE.with(bytes))))
                .singleElement()
                .asString()
                .endsWith(": the .png file changed");
    }

    @Test
    void filesOfTheOwnersAreTold() {
        assertThat(told(t -> t.write("CODEOWNERS", "* @team\n").replace("README.md", "#", "##")))
                .anyMatch(s -> s.equals("other file CODEOWNERS added"))
                .anyMatch(s -> s.startsWith("other file README.md: "));
    }

    @Test
    void whatIsTakenFromTheEditorAndStillDeployedIsRemoved() {
        assertThat(told(t -> t.copy(
                                SHOP + "/pages/Stock/queries/getParts.yaml",
                                SHOP + "/published/pages/Stock/queries/getParts.yaml")
                        .delete(SHOP + "/pages/Stock/queries/getParts.yaml")))
                .containsExactly("query getParts removed");
    }

    @Test
    void twoAppsDoNotSwapWhatTheyHaveInCommon() {
        assertThat(told(t -> t.copy("tooljet/apps/CRM/", "tooljet/apps/Other/")
                        .delete("tooljet/apps/CRM/versions/v1/")
                        .replace("tooljet/apps/Other/app.yaml", "name: CRM", "name: Other")))
                .noneMatch(s -> s.contains(" moved"))
                .anyMatch(s -> s.startsWith("version v1 removed with"));
    }

    @Test
    void idsTellWhoChangedPlaces() {
        FileTree after = new EditedTree(SAMPLE)
                .move(HOME + "/boardTitle.yaml", HOME + "/third.yaml")
                .move(HOME + "/problemText.yaml", HOME + "/boardTitle.yaml")
                .move(HOME + "/third.yaml", HOME + "/problemText.yaml")
                .replace(HOME + "/boardTitle.yaml", "name: problemText", "name: boardTitle")
                .replace(HOME + "/problemText.yaml", "name: boardTitle", "name: problemText")
                .tree();
        TreeSet<TreePath> changed = new TreeSet<>(SAMPLE.paths());
        changed.removeIf(path -> SAMPLE.find(path).equals(after.find(path)));
        Map<String, String> before = Map.of("boardTitle", "1", "problemText", "2");
        Map<String, String> now = Map.of("boardTitle", "2", "problemText", "1");
        assertThat(told(comparing.compare(withIds(SAMPLE, before), withIds(after, now), changed)))
                .filteredOn(s -> !s.startsWith("~"))
                .containsExactlyInAnyOrder(
                        "component problemText renamed to boardTitle", "component boardTitle renamed to problemText");
    }

    private static State withIds(FileTree tree, Map<String, String> ids) {
        return State.of(
                tree, entity -> Optional.ofNullable(ids.get(entity.address().name())));
    }
}
