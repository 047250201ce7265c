package dev.offshoot.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One test for each thing that two people do to one app. */
class ThreeWayTest {
    private static final String PAGE = "tooljet/apps/CRM/versions/v1/pages/Home/page.yaml";
    private static final String BUTTON = "tooljet/apps/CRM/versions/v1/pages/Home/components/button1.yaml";
    private static final String SQL = "tooljet/apps/CRM/versions/v1/queries/list.sql";
    private static final String ORDER = "flowrunner/flows/f/versions/1/elements.order";
    private static final String LINES = "appsmith/apps/Shop/pages/Home/arrangement.yaml";
    private static final String PAGES = "appsmith/apps/Shop/pages.yaml";

    private final Map<TreePath, Content> base = new TreeMap<>();
    private final Map<TreePath, Content> ours = new TreeMap<>();
    private final Map<TreePath, Content> theirs = new TreeMap<>();

    /** A file in the three trees; null: not there. */
    private ThreeWayTest file(String path, String before, String here, String there) {
        put(base, path, before);
        put(ours, path, here);
        put(theirs, path, there);
        return this;
    }

    private static void put(Map<TreePath, Content> tree, String path, String text) {
        if (text != null) {
            tree.put(TreePath.of(path), Content.utf8(text));
        }
    }

    private Merged merged() {
        return new ThreeWay(Layouts.bundled())
                .merge(Side.of(FileTree.of(base)), Side.of(FileTree.of(ours)), Side.of(FileTree.of(theirs)));
    }

    /** The merged file; nothing may be in question. */
    private String text(String path) {
        Merged merged = merged();
        assertThat(merged.conflicts()).isEmpty();
        return merged.edits().changes().get(TreePath.of(path)).orElseThrow().utf8();
    }

    private Conflict conflict() {
        Merged merged = merged();
        assertThat(merged.conflicts()).hasSize(1);
        return merged.conflicts().get(0);
    }

    @Test
    void fieldsOfOneEntityThatEachSideChangedAreBothTaken() {
        file(
                BUTTON,
                "name: button1\ntype: Button\nstyle:\n  color: red\n  size: 1.0\ntext: Save\n",
                "name: button1\ntype: Button\nstyle:\n  color: blue\n  size: 1.0\ntext: Save\n",
                "name: button1\ntype: Button\nstyle:\n  color: red\n  size: 1.50\ntext: Save now\n");
        assertThat(text(BUTTON))
                .isEqualTo("name: button1\ntype: Button\nstyle:\n  color: blue\n  size: 1.50\ntext: Save now\n");
        assertThat(merged().both()).containsExactly(TreePath.of(BUTTON));
    }

    @Test
    void commentsOfHandWrittenFilesStayWhereLinesAllowIt() {
        file(
                BUTTON,
                "# the one button\nname: button1\na: 1\nb: 1\nc: 1\nd: 1\n",
                "# the one button\nname: button1\na: 2\nb: 1\nc: 1\nd: 1\n",
                "# the one button\nname: button1\na: 1\nb: 1\nc: 1\nd: 2 # two now\n");
        assertThat(text(BUTTON)).isEqualTo("# the one button\nname: button1\na: 2\nb: 1\nc: 1\nd: 2 # two now\n");
    }

    @Test
    void oneFieldWithTwoNewValuesIsAConflictWithItsPointer() {
        file(BUTTON, "style:\n  a/b: 1\n", "style:\n  a/b: 2\n", "style:\n  a/b: 3\n");
        assertThat(conflict().place()).isEqualTo(new Conflict.Place.Field("/style/a~1b"));
        assertThat(conflict().base()).contains("1");
        assertThat(conflict().ours()).contains("2");
        assertThat(conflict().theirs()).contains("3");
        assertThat(conflict().problem().where()).isEqualTo(BUTTON + "#/style/a~1b");
    }

    @Test
    void aListWithoutNamesIsOneValue() {
        file(BUTTON, "a:\n  - 1\n  - 2\n", "a:\n  - 0\n  - 2\n", "a:\n  - 1\n  - 3\n");
        assertThat(conflict().what()).isEqualTo(What.CHANGED_TWICE);
        assertThat(conflict().theirs()).contains("[1,3]");
    }

    @Test
    void twoThingsUnderOneAutomaticNameAreNeverMixed() {
        file(BUTTON, null, "name: button1\ntext: Save\n", "name: button1\ncolor: red\n");
        assertThat(conflict().what()).isEqualTo(What.ADDED_TWICE);
        assertThat(conflict().suggestion()).isEqualTo(Suggestion.RENAME);
        assertThat(merged().edits().isEmpty()).isTrue();
    }

    @Test
    void theSameThingAddedTwiceIsOneThing() {
        file(BUTTON, null, "name: button1\n", "name: button1\n");
        assertThat(merged().isClean() && merged().edits().isEmpty()).isTrue();
    }

    @Test
    void removedHereAndChangedThereIsAConflict() {
        file(BUTTON, "a: 1\n", null, "a: 2\n");
        assertThat(conflict().what()).isEqualTo(What.CHANGED_AND_REMOVED);
        assertThat(conflict().suggestion()).isEqualTo(Suggestion.KEEP_THEIRS);
        assertThat(conflict().ours()).isEmpty();
    }

    @Test
    void namesThatDifferInCaseAloneAreTooAlike() {
        file(BUTTON, null, "a: 1\n", null).file(BUTTON.replace("button", "Button"), null, null, "a: 2\n");
        assertThat(conflict().what()).isEqualTo(What.NAMES_TOO_ALIKE);
    }

    @Test
    void somethingAddedToARemovedPageIsNotLeftWithoutOne() {
        file(PAGE, "name: Home\n", null, "name: Home\n").file(BUTTON, null, null, "name: button1\n");
        assertThat(conflict().what()).isEqualTo(What.ADDED_TO_REMOVED);
        assertThat(conflict().path()).isEqualTo(TreePath.of(BUTTON));
        assertThat(conflict().suggestion()).isEqualTo(Suggestion.KEEP_THEIRS);
    }

    @Test
    void theOnlyComponentMayGoWhileAnotherComes() {
        file(PAGE, "name: Home\n", "name: Home\n", "name: Home\n")
                .file(BUTTON, "name: button1\n", null, "name: button1\n")
                .file(BUTTON.replace("1", "2"), null, null, "name: button2\n");
        assertThat(merged().conflicts()).isEmpty();
        assertThat(merged().edits().changes()).hasSize(1);
    }

    @Test
    void linesOfSourceAreMergedAndThoseInQuestionAreShown() {
        file(
                SQL,
                "select a\nfrom t\nwhere x\nlimit 1\n",
                "select b\nfrom t\nwhere x\nlimit 1\n",
                "select a\nfrom t\nwhere x\nlimit 2\n");
        assertThat(text(SQL)).isEqualTo("select b\nfrom t\nwhere x\nlimit 2\n");
        file(SQL, "select a\nfrom t\n", "select b\nfrom t\n", "select c\nfrom t\n");
        assertThat(conflict().place()).isEqualTo(new Conflict.Place.Lines(1, 1, 1));
        assertThat(conflict().ours()).contains("select b\n");
        assertThat(conflict().theirs()).contains("select c\n");
    }

    @Test
    void whatIsNoTextIsOneValue() {
        file("appbuilder/files/logo.png", "\0a", "\0b", "\0c");
        assertThat(conflict().place()).isEqualTo(new Conflict.Place.File());
        assertThat(conflict().ours()).contains("2 bytes");
    }

    @Test
    void ordersTakeWhatBothAdded() {
        file(ORDER, "b\na\nc\n", "b\nx\na\nc\n", "b\na\ny\n");
        assertThat(text(ORDER)).isEqualTo("b\nx\na\ny\n");
        file(ORDER, "b\na\n", "b\na\nx\n", "b\na\ny\n");
        assertThat(text(ORDER)).isEqualTo("b\na\nx\ny\n");
        file(ORDER, "b\na\nc\n", "c\nb\na\n", "b\na\nc\nd\n");
        assertThat(text(ORDER)).isEqualTo("c\nd\nb\na\n");
    }

    @Test
    void twoNewOrdersOfTheSameNamesAreAConflict() {
        file(ORDER, "a\nc\nb\n", "b\na\nc\n", "c\nb\na\n");
        assertThat(conflict().what()).isEqualTo(What.ORDERED_TWICE);
    }

    @Test
    void anOrderThatOneSideMadeThatOfTheNamesIsStillAnOrder() {
        file(ORDER, "b\na\n", null, "b\na\nc\n");
        assertThat(text(ORDER)).isEqualTo("a\nc\nb\n");
    }

    @Test
    void linesAreMergedByTheirKeys() {
        file(
                LINES,
                "A: {top: 1, left: 1}\nB: {top: 2}\n",
                "A: {top: 5, left: 1}\nB: {top: 2}\nC: {top: 3}\n",
                "A: {top: 1, left: 9}\nBB: {top: 4}\n");
        assertThat(text(LINES)).isEqualTo("A: {left: 9, top: 5}\nBB: {top: 4}\nC: {top: 3}\n");
        file(LINES, "A: {top: 1}\n", "A: {top: 2}\n", "A: {top: 3}\n");
        assertThat(conflict().place()).isEqualTo(new Conflict.Place.Field("/A/top"));
    }

    @Test
    void theLastOfSeveralLinesWithOneKeyCounts() {
        file(LINES, "A: {top: 1}\n", "A: {top: 1}\nA: {top: 2}\n", "A: {top: 1}\nB: {top: 3}\n");
        assertThat(text(LINES)).isEqualTo("A: {top: 2}\nB: {top: 3}\n");
    }

    @Test
    void linesWhoseOrderMeansSomethingKeepIt() {
        file(PAGES, "B: {}\nA: {}\n", "B: {}\nA: {}\nZ: {}\n", "B: {}\nA: {}\nC: {}\n");
        assertThat(text(PAGES)).isEqualTo("B: {}\nA: {}\nC: {}\nZ: {}\n");
    }

    @Test
    void aFileThatNobodyCanReadIsToldAsAWhole() {
        file(BUTTON, "a: 1\n", "a: [\n", "a: 3\n");
        assertThat(conflict().place()).isEqualTo(new Conflict.Place.File());
    }
}
