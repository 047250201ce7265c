package dev.offshoot.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.testing.Edits;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitSyncTest {
    private static final String APP = "apps/Garden/Beds/";
    private static final String BEDS = "11111111-1111-4111-8111-111111111111";
    private static final String HEAD = "22222222-2222-4222-8222-222222222222";
    private static final String TITLE = "33333333-3333-4333-8333-333333333333";
    private static final String V = "44444444-4444-4444-8444-444444444444";
    private static final String PAGE = "55555555-5555-4555-8555-555555555555";
    private static final String SOURCE = "66666666-6666-4666-8666-666666666666";

    private static List<NativeDocument> documents(Map<String, String> files) {
        return new NativeRepositories().documents(MemoryFiles.of(files), "any");
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Map<String, String> files, String path, String text) {
        files.put(path, text.replace('\'', '"'));
    }

    private static Map<String, String> entities() {
        Map<String, String> files = new LinkedHashMap<>();
        put(files, ".meta/appMeta.json", "{'" + BEDS + "': {'appPath': 'apps/Garden/Beds', 'updatedAt': 'now'}}");
        put(
                files,
                APP + "app/app.json",
                "{'id': '" + BEDS + "', 'name': 'Beds', 'type': 'front-end', 'tooljetVersion': '3.21.1'}");
        put(files, APP + "schema/schema.json", "{'multiPages': true}");
        put(
                files,
                APP + "versions/" + V + ".json",
                "{'id': '" + V + "', 'appId': '" + BEDS + "', 'homePageId': '" + PAGE + "'}");
        put(
                files,
                APP + "pages/" + PAGE + ".json",
                "{'id': '" + PAGE + "', 'name': 'Home', 'index': 1, 'appVersionId': '" + V + "'}");
        put(
                files,
                APP + "components/a.json",
                "{'id': 'a', 'name': 'zebra', 'pageId': '" + PAGE + "', 'properties': {'moduleAppId': {'value': '"
                        + HEAD + "'}}}");
        put(files, APP + "components/b.json", "{'id': 'b', 'name': 'ant', 'pageId': '" + PAGE + "'}");
        put(
                files,
                APP + "queries/q.json",
                "{'id': 'q', 'name': 'all', 'dataSourceId': '" + SOURCE + "', 'appVersionId': '" + V
                        + "', 'options': {}}");
        put(
                files,
                "data-sources/" + SOURCE + ".json",
                "{'id': '" + SOURCE + "', 'name': 'plants', 'kind': 'restapi', 'type': 'default', 'options':"
                        + "{'production': {'url': 'https://garden.example', 'token': {'encrypted': true}}}}");
        put(files, "modules/Title/app/app.json", "{'id': '" + TITLE + "', 'name': 'Title', 'type': 'module'}");
        put(
                files,
                "modules/Head/app/app.json",
                "{'id': '" + HEAD + "', 'name': 'Head', 'type': 'module', 'icon': '" + TITLE + "'}");
        return files;
    }

    @Test
    void whatOthersUseComesFirst() {
        assertThat(documents(entities())).extracting(NativeDocument::name).containsExactly("Title", "Head", "Beds");
    }

    @Test
    void entitiesBecomeTheListsOfAnExport() {
        JsonValue document = documents(entities()).get(2).document();
        assertThat(Edits.get(document, "/tooljet_version")).isEqualTo(json("'3.21.1'"));
        JsonValue app = Edits.get(document, "/app/0/definition/appV2");
        assertThat(Edits.get(app, "/appVersions/0/name")).isEqualTo(json("'v1'"));
        assertThat(Edits.get(app, "/components/0/name")).isEqualTo(json("'ant'"));
        assertThat(Edits.get(app, "/schemaDetails")).isEqualTo(json("{'multiPages': true}"));
        assertThat(Edits.get(app, "/dataSources/0/scope")).isEqualTo(json("'global'"));
        assertThat(Edits.get(app, "/dataSourceOptions/0/options"))
                .isEqualTo(json("{'url': {'value': 'https://garden.example', 'encrypted': false},"
                        + "'token': {'encrypted': true}}"));
        assertThat(((JsonArray) Edits.get(app, "/appEnvironments")).size()).isEqualTo(3);
        assertThat(new LayoutEngine(Layouts.bundled())
                        .explode(document, KnownDefinitions.NONE)
                        .files()
                        .files()
                        .keySet())
                .extracting(Object::toString)
                .contains("tooljet/apps/Beds/versions/v1/pages/Home/components/ant.yaml");
    }

    @Test
    void theSameFilesAreTheSameDocumentAndTimesOfTheIndexAreNone() {
        Map<String, String> later = entities();
        put(later, ".meta/appMeta.json", "{'" + BEDS + "': {'appPath': 'apps/Garden/Beds', 'updatedAt': 'later'}}");
        assertThat(documents(later)).isEqualTo(documents(entities()));
    }

    @Test
    void aQueryWhoseSourceIsMissingIsReported() {
        Map<String, String> files = entities();
        files.remove("data-sources/" + SOURCE + ".json");
        assertThat(documents(files).get(2).findings())
                .singleElement()
                .satisfies(p -> assertThat(p.where()).isEqualTo("data-sources/" + SOURCE + ".json"));
    }

    @Test
    void theFirstGenerationHoldsWholeExports() {
        Map<String, String> files = new LinkedHashMap<>();
        put(files, ".meta/meta.json", "{}");
        put(files, "Beds/v1.json", "{'app': [{'definition': {'appV2': {'id': '" + BEDS + "', 'name': 'Beds'}}}]}");
        put(files, "notes/plan.json", "{'tasks': []}");
        put(files, "README.md", "hello");
        List<NativeDocument> found = documents(files);
        assertThat(found).extracting(NativeDocument::key).containsExactly(BEDS);
        assertThat(found.get(0).document()).isEqualTo(json(files.get("Beds/v1.json")));
    }
}
