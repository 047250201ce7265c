package dev.offshoot.layout;

import static dev.offshoot.testing.Trees.differing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Widgets: moved, arranged by hand, and arranged wrongly. */
class AppsmithTreeTest {
    private static final UUID NAMESPACE = new UUID(11, 12);
    private static final String PAGE = "appsmith/apps/Bicycle-Workshop/pages/Orders/";
    private static final Pointer EDITED = Pointer.parse("unpublishedPage/layouts/0/dsl");

    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    // Moving.

    @Test
    void movingAWidgetTouchesNoFileOfAWidget() {
        movesTouchArrangementsOnly("workshop", AppsmithDocs.workshop(), 40);
    }

    @Test
    void movingAWidgetOfAnAnvilOrAutoLayoutPageTouchesNoFileOfAWidget() throws IOException {
        movesTouchArrangementsOnly("layouts", newLayouts(), 20);
    }

    @Test
    void movingAWidgetOfARealPageTouchesNoFileOfAWidget() throws IOException {
        for (Path file : Corpus.json("appsmith")) {
            if (Files.size(file) < 400_000
                    && JsonReader.read(Files.readAllBytes(file), Limits.DEFAULT) instanceof JsonObject document
                    && document.array("pageList").isPresent()) {
                movesTouchArrangementsOnly(file.toString(), document, 2);
            }
        }
    }

    private void movesTouchArrangementsOnly(String name, JsonObject document, int times) {
        Random random = new Random(name.length());
        FileTree before = explode(document).files();
        int moved = 0;
        for (int i = 0; i < times; i++) {
            JsonObject after = move(document, random);
            moved += after.equals(document) ? 0 : 1;
            assertThat(differing(before, explode(after).files()))
                    .as(name)
                    .allMatch(p -> p.endsWith("/arrangement.yaml"));
        }
        if (times > 10) {
            assertThat(moved).isGreaterThan(times / 5);
        }
    }

    /** The document with one widget of one page dragged to another place, as the editor does it. */
    private static JsonObject move(JsonObject document, Random random) {
        List<JsonValue> pages =
                new ArrayList<>(document.array("pageList").orElseThrow().items());
        int page = pages.isEmpty() ? -1 : random.nextInt(pages.size());
        if (page < 0 || !(EDITED.get(pages.get(page)).orElse(null) instanceof JsonObject root)) {
            return document;
        }
        List<List<String>> widgets = new ArrayList<>();
        List<List<String>> holders = new ArrayList<>();
        walk(root, List.of(), widgets, holders);
        if (widgets.isEmpty()) {
            return document;
        }
        List<String> from = widgets.get(random.nextInt(widgets.size()));
        List<String> to = holders.get(random.nextInt(holders.size()));
        if (to.size() >= from.size() && to.subList(0, from.size()).equals(from)) {
            return document;
        }
        JsonObject widget = (JsonObject) new Pointer(from).get(root).orElseThrow();
        JsonObject target = (JsonObject) new Pointer(to).get(root).orElseThrow();
        if (target.array("children").map(JsonArray::size).orElse(0) == 0
                || new Pointer(from.subList(0, from.size() - 1))
                        .get(root)
                        .filter(c -> ((JsonArray) c).size() < 2)
                        .isPresent()) {
            return document; // whether an empty list of children is written is the editor's business
        }
        JsonObject placed = widget.with("topRow", JsonValue.of(random.nextInt(90)))
                .with("parentId", target.get("widgetId").orElseThrow());
        JsonValue moved = moved(root, widget, placed, target.get("widgetId").orElseThrow(), random);
        pages.set(page, EDITED.put(pages.get(page), moved));
        return document.with("pageList", JsonArray.of(pages));
    }

    private static JsonObject moved(
            JsonObject node, JsonObject widget, JsonObject placed, JsonValue target, Random random) {
        if (node.array("children").isEmpty()) {
            return node;
        }
        List<JsonValue> children = new ArrayList<>();
        node.array("children").get().forEach(child -> {
            if (child != widget) {
                children.add(moved((JsonObject) child, widget, placed, target, random));
            }
        });
        if (node.get("widgetId").equals(Optional.of(target))) {
            children.add(random.nextInt(children.size() + 1), placed);
        }
        return node.with("children", JsonArray.of(children));
    }

    private static void walk(JsonObject node, List<String> at, List<List<String>> widgets, List<List<String>> holders) {
        boolean canvas = node.text("type").filter("CANVAS_WIDGET"::equals).isPresent();
        if (!canvas && !at.isEmpty()) {
            widgets.add(at);
        }
        JsonArray children = node.array("children").orElse(JsonArray.EMPTY);
        boolean shells = children.size() > 0
                && children.items().stream()
                        .allMatch(c -> ((JsonObject) c)
                                .text("type")
                                .filter("CANVAS_WIDGET"::equals)
                                .isPresent());
        if (!shells) {
            holders.add(at);
        }
        for (int i = 0; i < children.size(); i++) {
            List<String> child = new ArrayList<>(at);
            child.add("children");
            child.add(Integer.toString(i));
            walk((JsonObject) children.get(i), child, widgets, holders);
        }
    }

    // Anvil and auto layout.

    @Test
    void anvilAndAutoLayoutPagesComeBack() throws IOException {
        Exploded exploded = explode(newLayouts());
        assertThat(assemble(exploded.files(), exploded).document()).isEqualTo(newLayouts());
        JsonValue bare = engine.assemble(
                        new MemorySource(exploded.files()), Ledger.EMPTY, exploded.document(), NAMESPACE, Selection.ALL)
                .document();
        assertThat(explode(bare).files()).isEqualTo(exploded.files());
        String anvil = "appsmith/apps/Two-Layouts/pages/Anvil/";
        assertThat(exploded.files().files().keySet())
                .extracting(TreePath::value)
                .contains(
                        anvil + "widgets/Section1.yaml", anvil + "widgets/Zone1.yaml", anvil + "widgets/Button1.yaml");
        String lines = text(exploded.files(), anvil + "arrangement.yaml");
        assertThat(lines)
                .contains("Zone1: {in: Section1", "Button1: {in: Zone1", "Heading1: {in: Zone1, after: Button1")
                .contains("layoutType: WIDGET_POSITION");
        assertThat(text(exploded.files(), anvil + "widgets/Section1.yaml")).doesNotContain("layoutType");
    }

    private static JsonObject newLayouts() throws IOException {
        return (JsonObject)
                JsonReader.read(Files.readAllBytes(Path.of("src/test/resources/appsmith/two-layouts.json")));
    }

    // By hand.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Search: {in: Filters, | Search: {in: Nowhere, | Search | stands in 'Nowhere', which is not there",
                "Search: {in: Filters, | Search: {in: Filters#Canvas9, | Search | stands in 'Filters#Canvas9', which is not there",
                "Customer: {in: Details#OrderTab, | Customer: {in: Details, | Customer | does not say in which part of 'Details'",
                "Status: {in: Filters, after: Search, | Status: {in: Filters, after: Title, | Status | stands after 'Title', which is not beside it",
                "Status: {in: Filters, after: Search, | Status: {in: Filters, after: Status, | Status | which is itself",
                "Search: {in: Filters, | Search: {in: Filters, after: Refresh, | Refresh | stands after 'Status', which stands after it",
                "Search: {in: Filters, | Search: {in: [Filters], | Search | 'in' of 'Search' is no name",
                "Filters: {after: Title, | Filters: {in: Search, after: Title, | Filters | stands in itself",
            })
    void brokenArrangementIsReportedWithItsLine(String good, String bad, String name, String message) {
        FileTree files = edited(PAGE + "arrangement.yaml", text -> replaced(text, good, bad));
        Problem found = findings(files).stream()
                .filter(f -> f.message().contains(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings(files).toString()));
        assertThat(found.reason()).isEqualTo(Reason.MISPLACED_RECORD);
        assertThat(found.where()).isEqualTo(PAGE + "arrangement.yaml:" + line(files, name));
        assertThat(names(assemble(files, explode(AppsmithDocs.workshop())).document()))
                .isEqualTo(names(AppsmithDocs.workshop()));
    }

    @Test
    void ofTwoLinesTheLastCountsAndIsReported() {
        FileTree files = edited(PAGE + "arrangement.yaml", text -> text + "Title: {top: 7}\n");
        int line = text(files, PAGE + "arrangement.yaml").split("\n").length;
        assertThat(findings(files))
                .anyMatch(f -> f.reason() == Reason.DUPLICATE_LINE
                        && f.where().equals(PAGE + "arrangement.yaml:" + line)
                        && f.message().contains("'Title'"));
    }

    @Test
    void widgetWithoutALineIsReported() {
        FileTree files = edited(PAGE + "arrangement.yaml", text -> text.replaceAll("(?m)^Title: .*\n", ""));
        assertThat(findings(files))
                .anyMatch(f -> f.where().equals(PAGE + "arrangement.yaml")
                        && f.message().contains("no line for 'Title'"));
    }

    @Test
    void lineThatIsNoMapIsRefusedWithItsNumber() {
        FileTree files =
                edited(PAGE + "arrangement.yaml", text -> text.replaceAll("(?m)^Title: .*$", "Title: at the top"));
        int line = line(files, "Title");
        assertThatThrownBy(() -> findings(files))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(PAGE + "arrangement.yaml:" + line)
                .hasMessageContaining("'Title'");
    }

    @Test
    void brokenYamlOfALineIsRefusedWithItsNumber() {
        FileTree files =
                edited(PAGE + "arrangement.yaml", text -> text.replaceAll("(?m)^Title: .*$", "Title: {top: 1"));
        assertThatThrownBy(() -> findings(files))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(PAGE + "arrangement.yaml:");
    }

    // The order of pages.

    @Test
    void pagesAreLinesInTheirOrder() {
        Exploded exploded = explode(AppsmithDocs.workshop());
        String file = "appsmith/apps/Bicycle-Workshop/pages.yaml";
        assertThat(text(exploded.files(), file)).isEqualTo("Stock: {isDefault: false}\nOrders: {isDefault: true}\n");
        FileTree files = edited(
                file, text -> "Orders: {isDefault: true}\nStock: {isDefault: false}\nOrders: {isDefault: false}\n");
        Assembled back = assemble(files, exploded);
        assertThat(Pointer.parse("exportedApplication/pages")
                        .get(back.document())
                        .orElseThrow())
                .isEqualTo(JsonReader.read(
                        "[{\"id\":\"Orders\",\"isDefault\":false},{\"id\":\"Stock\",\"isDefault\":false}]"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(back.findings())
                .anyMatch(f -> f.reason() == Reason.DUPLICATE_LINE && f.where().equals(file + ":3"));
        FileTree old = edited(file, text -> "- isDefault: true\n  id: Orders\n");
        assertThat(Pointer.parse("exportedApplication/pages/0/id")
                        .get(assemble(old, exploded).document()))
                .contains(new JsonString("Orders"));
        FileTree bad = edited(file, text -> "Orders: first\n");
        assertThatThrownBy(() -> assemble(bad, exploded)).hasMessageContaining(file + ":1");
    }

    private static String replaced(String text, String good, String bad) {
        assertThat(text).contains(good);
        return text.replace(good, bad);
    }

    private FileTree edited(String path, UnaryOperator<String> edit) {
        FileTree files = explode(AppsmithDocs.workshop()).files();
        return files.with(FileTree.of(Map.of(TreePath.of(path), Content.utf8(edit.apply(text(files, path))))));
    }

    private static String text(FileTree files, String path) {
        return files.find(TreePath.of(path)).orElseThrow().utf8();
    }

    private static int line(FileTree files, String key) {
        List<String> lines = List.of(text(files, PAGE + "arrangement.yaml").split("\n"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(key + ": ")) {
                return i + 1;
            }
        }
        throw new AssertionError("no line for " + key);
    }

    private List<Problem> findings(FileTree files) {
        return assemble(files, explode(AppsmithDocs.workshop())).findings();
    }

    /** The names of all widgets of the first page: whatever the arrangement says, none is lost. */
    private static TreeSet<String> names(JsonValue document) {
        TreeSet<String> names = new TreeSet<>();
        Pointer.parse("pageList/*/unpublishedPage/layouts/0/dsl/**/widgetName")
                .each(document, (p, v) -> names.add(p.substring(0, 12) + " " + v));
        return names;
    }

    private Exploded explode(JsonValue document) {
        return engine.explode(document, KnownDefinitions.NONE);
    }

    private Assembled assemble(FileTree files, Exploded of) {
        return engine.assemble(new MemorySource(files), of.ledger(), of.document(), NAMESPACE, Selection.ALL);
    }
}
