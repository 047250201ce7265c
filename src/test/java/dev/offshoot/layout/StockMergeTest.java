package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.AssembleFolder;
import dev.offshoot.service.ExplodeToFolder;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.GoldenTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people change one app in clones of one repository, and stock Git merges with nothing but the {@code .gitattributes} that we ship. */
class StockMergeTest {
    private final LayoutEngine engine = new LayoutEngine(Layouts.bundled());

    @TempDir
    Path folder;

    private Path ada;
    private Path bob;

    @BeforeEach
    void cloneTwice() {
        Path first = folder.resolve("first");
        new ExplodeToFolder(engine).run(JsonWriter.compact(AppsmithDocs.workshop()), first);
        GitClient git = new GitClient(first);
        git.run("init", "-q", "-b", "main");
        commit(first, "Start");
        new GitClient(folder).run("clone", "-q", "first", "ada");
        new GitClient(folder).run("clone", "-q", "first", "bob");
        ada = folder.resolve("ada");
        bob = folder.resolve("bob");
    }

    @Test
    void eachAddsAWidgetToOnePage() {
        save(ada, document -> added(document, "unpublishedPage", "Discount", 200));
        save(bob, document -> added(document, "unpublishedPage", "Deposit", 300));
        Assembled merged = merge();
        assertThat(widgets(merged.document(), "unpublishedPage"))
                .containsAll(widgets(AppsmithDocs.workshop(), "unpublishedPage"))
                .contains("Discount", "Deposit");
        assertThat(widgets(merged.document(), "publishedPage"))
                .isEqualTo(widgets(AppsmithDocs.workshop(), "publishedPage"));
        assertThat(merged.findings()).allMatch(f -> f.reason() == Reason.DUPLICATE_LINE);
        // What the merge made is as good as what we would write: it comes back from an export of its own.
        JsonValue again = engine.assemble(
                        new MemorySource(engine.explode(merged.document(), KnownDefinitions.NONE)
                                .files()),
                        Ledger.EMPTY,
                        engine.explode(merged.document(), KnownDefinitions.NONE).document(),
                        new UUID(1, 2),
                        Selection.ALL)
                .document();
        assertThat(widgets(again, "unpublishedPage")).isEqualTo(widgets(merged.document(), "unpublishedPage"));
    }

    @Test
    void eachAddsAWidgetAndDeploys() {
        UnaryOperator<JsonObject> discount =
                d -> added(added(d, "unpublishedPage", "Discount", 200), "publishedPage", "Discount", 200);
        UnaryOperator<JsonObject> deposit =
                d -> added(added(d, "unpublishedPage", "Deposit", 300), "publishedPage", "Deposit", 300);
        save(ada, discount);
        save(bob, deposit);
        Assembled merged = merge();
        for (String half : List.of("unpublishedPage", "publishedPage")) {
            assertThat(widgets(merged.document(), half)).contains("Discount", "Deposit");
        }
    }

    @Test
    void eachAddsAPage() {
        save(ada, document -> withPage(document, "Reports"));
        save(bob, document -> withPage(document, "Suppliers"));
        Assembled merged = merge();
        assertThat(Pointer.parse("exportedApplication/pages")
                        .get(merged.document())
                        .map(p -> ((JsonArray) p).items())
                        .orElseThrow())
                .extracting(p -> ((JsonObject) p).text("id").orElse(""))
                .containsExactlyInAnyOrder("Stock", "Orders", "Reports", "Suppliers");
        assertThat(((JsonObject) merged.document())
                        .array("pageList")
                        .orElseThrow()
                        .items())
                .hasSize(4);
    }

    @Test
    void eachAddsAFunctionToOneObject() {
        save(ada, document -> withFunction(document, "alpha"));
        save(bob, document -> withFunction(document, "omega"));
        Assembled merged = merge();
        assertThat(((JsonObject) merged.document())
                        .array("actionList")
                        .orElseThrow()
                        .items())
                .extracting(a -> Pointer.parse("unpublishedAction/name")
                        .get(a)
                        .flatMap(Values::text)
                        .orElse(""))
                .contains("alpha", "omega");
    }

    /** Every line file that our layouts make is merged line by line. */
    @Test
    void everyLineFileIsMergedByUnion() throws IOException {
        GitClient git = new GitClient(ada);
        for (Layout layout : engine.layouts().all()) {
            for (Kind kind : layout.kinds().values()) {
                List<String> files = new ArrayList<>(List.of("x/arrangement.yaml", "x/derived.yaml", "x.order"));
                kind.facets().stream()
                        .filter(f -> f.by().isPresent())
                        .forEach(f -> files.add("x/" + f.file() + ".yaml"));
                layout.entriesOf(kind)
                        .forEach(o -> files.add(
                                "x/y." + ((Placement.Target.Entry) o.place().target()).file() + ".yaml"));
                for (String file : files) {
                    assertThat(git.run("check-attr", "merge", "--", file)).endsWith(": union");
                }
            }
        }
        assertThat(git.run("check-attr", "merge", "--", "x/page.yaml")).endsWith(": unspecified");
    }

    private Assembled merge() {
        commit(ada, "Ada's");
        commit(bob, "Bob's");
        GitClient git = new GitClient(ada);
        git.run("fetch", "-q", "../bob", "main");
        GitClient.Outcome merge = git.attempt(
                "-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "-m", "Both", "FETCH_HEAD");
        assertThat(merge.status()).as(merge.output()).isZero();
        return new AssembleFolder(engine).run(ada, Optional.empty());
    }

    private static void commit(Path clone, String message) {
        GitClient git = new GitClient(clone);
        git.run("add", "-A");
        git.run("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", message);
    }

    /** The clone as it is after somebody has changed the app in their editor and saved its export. */
    private void save(Path clone, UnaryOperator<JsonObject> change) {
        Exploded exploded = engine.explode(change.apply(AppsmithDocs.workshop()), KnownDefinitions.NONE);
        GoldenTree.write(clone.resolve("appsmith"), below(exploded));
    }

    private static FileTree below(Exploded exploded) {
        var files = new TreeMap<TreePath, Content>();
        exploded.files()
                .forEach((path, content) ->
                        files.put(TreePath.of(path.value().substring("appsmith/".length())), content));
        return FileTree.of(files);
    }

    private static JsonObject added(JsonObject document, String half, String name, int bottom) {
        Pointer root = Pointer.parse("pageList/0/" + half + "/layouts/0/dsl");
        JsonObject dsl = (JsonObject) root.get(document).orElseThrow();
        List<JsonValue> children =
                new ArrayList<>(dsl.array("children").orElseThrow().items());
        children.add(json("{\"widgetName\":\"" + name + "\",\"type\":\"INPUT_WIDGET_V2\",\"widgetId\":\"id" + name
                + "\",\"parentId\":\"0\",\"topRow\":61,\"label\":\"" + name + "\",\"isLoading\":false}"));
        JsonObject longer = dsl.with("bottomRow", JsonValue.of(bottom)).with("children", JsonArray.of(children));
        return (JsonObject) root.put(document, longer);
    }

    private static JsonObject withPage(JsonObject document, String name) {
        JsonObject result = append(
                document,
                "pageList",
                "{\"unpublishedPage\":{\"name\":\"" + name + "\",\"layouts\":[{\"id\":\"" + name
                        + "\",\"dsl\":{\"widgetName\":\"MainContainer\",\"widgetId\":\"0\",\"type\":\"CANVAS_WIDGET\"}}]}}");
        return append(result, "exportedApplication/pages", "{\"id\":\"" + name + "\",\"isDefault\":false}");
    }

    private static JsonObject withFunction(JsonObject document, String name) {
        JsonObject object = (JsonObject)
                document.array("actionCollectionList").orElseThrow().get(0);
        String page = Pointer.parse("unpublishedCollection/pageId")
                .get(object)
                .flatMap(Values::text)
                .orElseThrow();
        String id = object.text("id").orElseThrow();
        String collection = Pointer.parse("unpublishedCollection/name")
                .get(object)
                .flatMap(Values::text)
                .orElseThrow();
        return append(
                document,
                "actionList",
                "{\"pluginType\":\"JS\",\"pluginId\":\"js-plugin\",\"id\":\"" + id + "." + name
                        + "\",\"unpublishedAction\":{\"name\":\"" + name + "\",\"fullyQualifiedName\":\"" + collection
                        + "." + name
                        + "\",\"collectionId\":\"" + id + "\",\"pageId\":\"" + page + "\",\"executeOnLoad\":false}}");
    }

    private static JsonObject append(JsonObject document, String list, String item) {
        Pointer at = Pointer.parse(list);
        List<JsonValue> items = new ArrayList<>(((JsonArray) at.get(document).orElseThrow()).items());
        items.add(json(item));
        return (JsonObject) at.put(document, JsonArray.of(items));
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> widgets(JsonValue document, String half) {
        List<String> names = new ArrayList<>();
        Pointer.parse("pageList/*/" + half + "/layouts/0/dsl/**/widgetName")
                .each(document, (p, v) -> names.add(Values.text(v).orElse("")));
        return names.stream().sorted().toList();
    }
}
