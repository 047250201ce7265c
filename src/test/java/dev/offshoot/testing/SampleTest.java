package dev.offshoot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample is what a newcomer reads and what golden files are made of: it must be what a ToolJet of today would write. */
class SampleTest {
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:components|queries)\\.([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})");

    private final JsonObject document = (JsonObject) Sample.crm();
    private final JsonObject app = appIn(document.array("app").orElseThrow().get(0), "definition");
    private final JsonObject module = appIn(app.array("modules").orElseThrow().get(0));

    @Test
    void isWrittenAsToolJetWrites() {
        assertThat(JsonWriter.pretty(document)).isEqualTo(Sample.crmBytes());
    }

    @Test
    void idsAreUniqueWithinAnApp() {
        for (JsonObject each : List.of(app, module)) {
            List<String> ids = new ArrayList<>();
            for (String list : ToolJetRows.LISTS) {
                for (JsonObject row : ToolJetRows.rows(each, list)) {
                    ids.add(row.text("id").orElseThrow());
                    ToolJetRows.rows(row, "layouts")
                            .forEach(l -> ids.add(l.text("id").orElseThrow()));
                }
            }
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void listsFollowTheOrderOfCreation() {
        for (JsonObject each : List.of(app, module)) {
            for (String list : ToolJetRows.LISTS) {
                assertThat(texts(each, list, "createdAt")).as(list).isSorted();
            }
        }
    }

    @Test
    void foreignKeysPointAtRows() {
        for (JsonObject each : List.of(app, module)) {
            Set<String> pages = ids(each, "pages");
            Set<String> components = ids(each, "components");
            Set<String> queries = ids(each, "dataQueries");
            Set<String> versions = ids(each, "appVersions");
            assertThat(pages).containsAll(texts(each, "components", "pageId"));
            assertThat(pages).containsAll(texts(each, "appVersions", "homePageId"));
            for (String list : List.of("pages", "events", "dataQueries", "dataQueryFolders")) {
                assertThat(versions).containsAll(texts(each, list, "appVersionId"));
            }
            assertThat(ids(each, "dataSources")).containsAll(texts(each, "dataQueries", "dataSourceId"));
            assertThat(ids(each, "dataSources")).containsAll(texts(each, "dataSourceOptions", "dataSourceId"));
            assertThat(ids(each, "appEnvironments")).containsAll(texts(each, "dataSourceOptions", "environmentId"));
            for (JsonObject component : ToolJetRows.rows(each, "components")) {
                component
                        .text("parent")
                        .ifPresent(parent -> assertThat(components).contains(parent.substring(0, 36)));
                assertThat(ToolJetRows.rows(component, "layouts"))
                        .extracting(l -> l.text("type").orElseThrow())
                        .containsExactlyInAnyOrder("desktop", "mobile");
            }
            Map<String, Set<String>> sources =
                    Map.of("component", components, "table_action", components, "data_query", queries, "page", pages);
            for (JsonObject event : ToolJetRows.rows(each, "events")) {
                assertThat(sources.get(event.text("target").orElseThrow()))
                        .contains(event.text("sourceId").orElseThrow());
                JsonObject payload = event.object("event").orElseThrow();
                payload.text("queryId").ifPresent(id -> assertThat(queries).contains(id));
                payload.text("modal").ifPresent(id -> assertThat(components).contains(id));
                payload.text("componentId")
                        .ifPresent(id -> assertThat(components).contains(id));
                payload.text("pageId").ifPresent(id -> assertThat(pages).contains(id));
            }
            for (JsonObject mapping : ToolJetRows.rows(each, "dataQueryFolderMappings")) {
                Set<String> children = mapping.text("childType").orElseThrow().equals("query")
                        ? queries
                        : ids(each, "dataQueryFolders");
                assertThat(children).contains(mapping.text("childId").orElseThrow());
            }
        }
    }

    /** A reference leads to a row of the same version; what a version holds never points into another one. */
    @Test
    void referencesInExpressionsStayWithinTheirVersion() {
        Set<String> used = new HashSet<>();
        for (JsonObject each : List.of(app, module)) {
            Map<String, String> versionOfPage = ToolJetRows.rows(each, "pages").stream()
                    .collect(Collectors.toMap(
                            p -> p.text("id").orElseThrow(),
                            p -> p.text("appVersionId").orElseThrow()));
            Function<JsonObject, String> version = row -> row.text("appVersionId")
                    .or(() -> row.text("pageId").map(versionOfPage::get))
                    .orElseGet(() -> row.text("id").orElseThrow());
            Map<String, String> versionOf = new java.util.HashMap<>();
            for (String list : List.of("components", "dataQueries")) {
                ToolJetRows.rows(each, list)
                        .forEach(r -> versionOf.put(r.text("id").orElseThrow(), version.apply(r)));
            }
            for (String list : List.of("components", "dataQueries", "events", "appVersions")) {
                for (JsonObject row : ToolJetRows.rows(each, list)) {
                    REFERENCE.matcher(row.toString()).results().forEach(found -> {
                        assertThat(versionOf.get(found.group(1)))
                                .as(found.group())
                                .isEqualTo(version.apply(row));
                        used.add(found.group(1));
                    });
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(30);
    }

    @Test
    void theVersionBeingEditedIsTheLastOne() {
        JsonArray versions = app.array("appVersions").orElseThrow();
        assertThat(app.get("editingVersion")).contains(versions.get(versions.size() - 1));
    }

    @Test
    void holdsEveryFormThatAReaderShouldMeet() {
        assertThat(texts(app, "appVersions", "name")).containsExactly("v1", "v2");
        assertThat(texts(app, "pages", "name")).containsExactly("Home", "Orders", "Home", "Orders", "Reports");
        assertThat(new TreeSet<>(texts(app, "components", "type")))
                .contains(
                        "Button",
                        "Container",
                        "Form",
                        "Modal",
                        "ModalV2",
                        "ModuleViewer",
                        "Table",
                        "Tabs",
                        "Text",
                        "TextInput");
        assertThat(new TreeSet<>(texts(app, "dataSources", "kind")))
                .containsExactly("postgresql", "restapi", "runjs", "tooljetdb");
        assertThat(new TreeSet<>(texts(app, "events", "target")))
                .containsExactly("component", "data_query", "page", "table_action");
        Set<String> slots = ToolJetRows.rows(app, "components").stream()
                .flatMap(c -> c.text("parent").stream())
                .filter(p -> p.length() > 36)
                .map(p -> p.substring(36))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(slots).containsExactly("-delivered", "-footer", "-header", "-open");
    }

    @Test
    void holdsNoSecret() {
        for (JsonObject row : ToolJetRows.rows(app, "dataSourceOptions")) {
            row.object("options")
                    .ifPresent(options -> options.forEach((field, value) -> {
                        if (((JsonObject) value).get("encrypted").orElseThrow().equals(JsonValue.of(true))) {
                            assertThat(((JsonObject) value).keys())
                                    .as(field)
                                    .containsExactlyInAnyOrder("credential_id", "encrypted");
                        }
                    }));
        }
    }

    @Test
    void aCopyOfAVersionIsComplete() {
        JsonObject copied =
                (JsonObject) VersionCopy.ofToolJet(document, "v1", "v3", 1).orElseThrow();
        JsonObject copy = appIn(copied.array("app").orElseThrow().get(0), "definition");
        String v1 = ToolJetRows.rows(app, "appVersions").get(0).text("id").orElseThrow();
        String v3 = ToolJetRows.rows(copy, "appVersions").get(2).text("id").orElseThrow();
        for (String list : List.of("pages", "events", "dataQueries", "dataQueryFolders")) {
            assertThat(count(copy, list, v3))
                    .as(list)
                    .isEqualTo(count(app, list, v1))
                    .isPositive();
        }
        String rows = ToolJetRows.LISTS.stream()
                .flatMap(list -> ToolJetRows.rows(copy, list).stream()
                        .skip(ToolJetRows.rows(app, list).size()))
                .map(JsonObject::toString)
                .collect(Collectors.joining());
        assertThat(rows).doesNotContain(v1);
        for (String list : List.of(
                "pages", "components", "events", "dataQueries", "dataQueryFolders", "dataQueryFolderMappings")) {
            for (String id : ids(app, list)) {
                assertThat(rows).as(list).doesNotContain(id);
            }
        }
        assertThat(texts(copy, "appVersions", "name")).containsExactly("v1", "v2", "v3");
    }

    private static long count(JsonObject app, String list, String version) {
        return texts(app, list, "appVersionId").stream().filter(version::equals).count();
    }

    private static JsonObject appIn(JsonValue holder, String... path) {
        JsonObject at = (JsonObject) holder;
        for (String step : path) {
            at = at.object(step).orElseThrow();
        }
        return at.object("appV2").orElseThrow();
    }

    private static Set<String> ids(JsonObject app, String list) {
        return new HashSet<>(texts(app, list, "id"));
    }

    private static List<String> texts(JsonObject app, String list, String field) {
        return ToolJetRows.rows(app, list).stream()
                .map(row -> ((JsonString) row.get(field).orElseThrow()).value())
                .toList();
    }
}
