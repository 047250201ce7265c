package dev.offshoot.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.FileTree;
import dev.offshoot.testing.GoldenTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a reviewer is shown of common changes of the sample repository: {@code src/test/resources/review/}. With {@code -Dgolden=write} the
 * files are made what was found; then read the diff.
 */
class ReviewsTest {
    private static final Path REVIEWS = Path.of("src/test/resources/review");
    private static final FileTree SAMPLE = GoldenTree.read(Path.of("sample-repo"));
    private static final String V2 = "tooljet/apps/CRM/versions/v2";
    private static final String SHOP = "appsmith/apps/Workshop-Counter";
    private static final String RENTAL = "appbuilder/apps/Bike-Rental~939d3c15";
    private static final String REMINDER = "flowrunner/flows/Pickup-reminder/versions/1";

    private final Comparing comparing = new Comparing(Layouts.bundled());

    record Edit(String name, UnaryOperator<EditedTree> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Edit> edits() {
        return Stream.of(
                new Edit(
                        "tooljet-sql",
                        t -> t.replace(V2 + "/queries/listOpenRepairs.sql", "late DESC, ", "")
                                .replace(
                                        V2 + "/queries/listOpenRepairs.sql",
                                        "       r.status,\n",
                                        "       r.status,\n       r.notes,\n")),
                new Edit(
                        "tooljet-rename",
                        t -> t.move(V2 + "/queries/listOpenRepairs.", V2 + "/queries/openRepairs.")
                                .replaceAll(V2, "@{queries/listOpenRepairs}", "@{queries/openRepairs}")
                                .replace(
                                        V2 + "/queries/openRepairs.yaml",
                                        "name: listOpenRepairs",
                                        "name: openRepairs")),
                new Edit(
                        "tooljet-page-renamed",
                        t -> t.move(V2 + "/pages/Orders/", V2 + "/pages/Sales/")
                                .replaceAll(V2, "@{pages/Orders", "@{pages/Sales")
                                .replace(V2 + "/pages/Sales/page.yaml", "name: Orders", "name: Sales")),
                new Edit(
                        "tooljet-moved",
                        t -> t.move(
                                V2 + "/pages/Orders/components/boardButton.yaml",
                                V2 + "/pages/Reports/components/boardButton.yaml")),
                new Edit(
                        "tooljet-query-deleted",
                        t -> t.delete(V2 + "/queries/exportRevenue.")
                                .delete(V2 + "/pages/Reports/components/exportButton.yaml")),
                new Edit(
                        "tooljet-page-added",
                        t -> t.copy(V2 + "/pages/Orders/", V2 + "/pages/Archive/")
                                .replace(V2 + "/pages/Archive/page.yaml", "name: Orders", "name: Archive")),
                new Edit(
                        "tooljet-version-copied",
                        t -> t.copy(V2 + "/", "tooljet/apps/CRM/versions/v3/")
                                .replace("tooljet/apps/CRM/versions/v3/version.yaml", "name: v2", "name: v3")
                                .replace(
                                        "tooljet/apps/CRM/versions/v3/queries/listOpenRepairs.sql", "late DESC, ", "")),
                new Edit(
                        "tooljet-style",
                        t -> t.replace(V2 + "/pages/Home/components/boardTitle.yaml", "<h2>", "<h1>")
                                .replaceAll(V2 + "/pages/Orders/components/addCustomerButton.yaml", "top: ", "top: 1")),
                new Edit(
                        "appsmith-widget-moved",
                        t -> t.replace(
                                SHOP + "/pages/Orders/arrangement.yaml",
                                "Search: {in: Filters, top: 0, bottom: 7",
                                "Search: {in: Filters, top: 3, bottom: 10")),
                new Edit(
                        "appsmith-widget-renamed",
                        t -> t.move(
                                        SHOP + "/pages/Orders/widgets/OrdersTable.",
                                        SHOP + "/pages/Orders/widgets/Orders1.")
                                .replace(SHOP + "/pages/Orders/widgets/Orders1.yaml", "OrdersTable", "Orders1")
                                .replace(SHOP + "/pages/Orders/arrangement.yaml", "OrdersTable", "Orders1")
                                .replace(SHOP + "/pages/Orders/derived.yaml", "OrdersTable", "Orders1")),
                new Edit(
                        "appsmith-page-renamed",
                        t -> t.move(SHOP + "/pages/Orders/", SHOP + "/pages/Sales/")
                                .move(SHOP + "/published/pages/Orders/", SHOP + "/published/pages/Sales/")
                                .replace(SHOP + "/pages/Sales/page.yaml", "name: Orders", "name: Sales")),
                new Edit(
                        "appsmith-deployed",
                        t -> t.delete(SHOP + "/published/pages/Orders/queries/")
                                .delete(SHOP + "/published/pages/Orders/widgets/")),
                new Edit(
                        "appsmith-edited",
                        t -> t.replace(SHOP + "/pages/Orders/queries/closeOrder.sql", "UPDATE", "update")
                                .copy(
                                        SHOP + "/pages/Orders/queries/closeOrder.sql",
                                        SHOP + "/published/pages/Orders/queries/closeOrder.sql")
                                .replace(SHOP + "/published/pages/Orders/queries/closeOrder.sql", "update", "UPDATE")),
                new Edit(
                        "appbuilder-renamed",
                        t -> t.move(RENTAL + "/pages/Bikes~a8d6e46e/", RENTAL + "/pages/All-bikes~a8d6e46e/")
                                .replace(
                                        RENTAL + "/pages/All-bikes~a8d6e46e/page.yaml",
                                        "name: Bikes",
                                        "name: All bikes")),
                new Edit(
                        "appbuilder-field-removed",
                        t -> t.delete("appbuilder/objects/rental~6506e2e6/fields/deposit~db99d09a.yaml")),
                new Edit(
                        "flowrunner-order", t -> t.write(REMINDER + "/groups.order", "Remind-twice\nStart-triggers\n")),
                new Edit(
                        "flowrunner-prompt",
                        t -> t.replace(REMINDER + "/elements/Write-the-message.system.md", "e", "é")));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void showsWhatChanged(Edit edit) {
        FileTree after = edit.change().apply(new EditedTree(SAMPLE)).tree();
        Comparison comparison = comparing.compare(SAMPLE, after);
        assertThat(comparison.isEmpty()).isFalse();
        String json = new String(JsonWriter.pretty(ComparisonJson.of(comparison, Noise.SHOW)), StandardCharsets.UTF_8);
        GoldenTree.assertSame(REVIEWS.resolve(edit + ".json"), json.stripTrailing() + "\n");
        GoldenTree.assertSame(
                REVIEWS.resolve(edit + ".md"), ComparisonMarkdown.of(comparison, Noise.HIDE, "main", "feature/x"));
    }
}
