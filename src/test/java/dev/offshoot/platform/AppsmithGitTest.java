package dev.offshoot.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.testing.Edits;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppsmithGitTest {
    private static final NativeRepositories PLATFORMS = new NativeRepositories();

    private static NativeDocument only(Map<String, String> files) {
        List<NativeDocument> documents = PLATFORMS.documents(MemoryFiles.of(files), "garden");
        assertThat(documents).hasSize(1);
        return documents.get(0);
    }

    private static JsonValue json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> of(String... pathsAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].replace('\'', '"'));
        }
        return files;
    }

    /** Format 5: a folder per page, a file per widget, bodies beside their queries. */
    private static Map<String, String> current() {
        return of(
                "README.md",
                "not ours",
                "infra/main.json",
                "{'foreign': ",
                "metadata.json",
                "{'clientSchemaVersion': 1, 'fileFormatVersion': 5, 'serverSchemaVersion': 8}",
                "application.json",
                "{'pages': [{'id': 'Beds', 'isDefault': true}], 'color': '#EEE'}",
                "theme.json",
                "{'name': 'Rounded'}",
                "datasources/plants.json",
                "{'name': 'plants', 'pluginId': 'postgres-plugin'}",
                "jslibs/dates_abc.json",
                "{'name': 'dates'}",
                "pages/Beds/Beds.json",
                "{'unpublishedPage': {'name': 'Beds', 'layouts': [{'dsl': {'widgetId': '0', 'widgetName': 'MainContainer'}}]}}",
                "pages/Beds/widgets/Title.json",
                "{'widgetId': 't', 'widgetName': 'Title', 'parentId': '0'}",
                "pages/Beds/widgets/Tabs/Tabs.json",
                "{'widgetId': 'w', 'widgetName': 'Tabs', 'parentId': '0', 'children': [{'widgetId': 'c1'}, {'widgetId': 'c2'}]}",
                "pages/Beds/widgets/Tabs/Second.json",
                "{'widgetId': 's', 'widgetName': 'Second', 'parentId': 'c2'}",
                "pages/Beds/widgets/Tabs/Box/Box.json",
                "{'widgetId': 'b', 'widgetName': 'Box', 'parentId': 'c1', 'children': [{'widgetId': 'c3'}]}",
                "pages/Beds/widgets/Tabs/Box/Deep.json",
                "{'widgetId': 'd', 'widgetName': 'Deep', 'parentId': 'elsewhere'}",
                "pages/Beds/queries/all/metadata.json",
                "{'id': 'Beds_all', 'pluginType': 'DB', 'unpublishedAction': {'name': 'all', 'actionConfiguration': {'body': 'old'}}}",
                "pages/Beds/queries/all/all.txt",
                "select *\r\nfrom beds",
                "pages/Beds/queries/sms/metadata.json",
                "{'id': 'Beds_sms', 'pluginType': 'REMOTE', 'unpublishedAction': {'name': 'sms', 'actionConfiguration': {}}}",
                "pages/Beds/queries/sms/sms.txt",
                "{'to': 'gardener'}",
                "pages/Beds/jsobjects/Tools/metadata.json",
                "{'id': 'Beds_Tools', 'unpublishedCollection': {'name': 'Tools'}}",
                "pages/Beds/jsobjects/Tools/Tools.js",
                "export default {}");
    }

    @Test
    void theNewestFormatBecomesAnExport() {
        NativeDocument document = only(current());
        assertThat(document.findings()).isEmpty();
        assertThat(document.name()).isEqualTo("garden");
        assertThat(document.document())
                .isEqualTo(json("{'clientSchemaVersion': 1, 'serverSchemaVersion': 8,"
                        + "'exportedApplication': {'name': 'garden', 'pages': [{'id': 'Beds', 'isDefault': true}], 'color': '#EEE'},"
                        + "'datasourceList': [{'name': 'plants', 'pluginId': 'postgres-plugin'}],"
                        + "'customJSLibList': [{'name': 'dates'}],"
                        + "'pageList': [{'unpublishedPage': {'name': 'Beds', 'layouts': [{'dsl': {'widgetId': '0',"
                        + "'widgetName': 'MainContainer', 'children': ["
                        + "{'widgetId': 'w', 'widgetName': 'Tabs', 'parentId': '0', 'children': ["
                        + "{'widgetId': 'c1', 'children': [{'widgetId': 'b', 'widgetName': 'Box', 'parentId': 'c1', 'children': ["
                        + "{'widgetId': 'c3', 'children': [{'widgetId': 'd', 'widgetName': 'Deep', 'parentId': 'elsewhere'}]}]}]},"
                        + "{'widgetId': 'c2', 'children': [{'widgetId': 's', 'widgetName': 'Second', 'parentId': 'c2'}]}]},"
                        + "{'widgetId': 't', 'widgetName': 'Title', 'parentId': '0'}]}}]}}],"
                        + "'actionList': [{'id': 'Beds_all', 'pluginType': 'DB', 'unpublishedAction': {'name': 'all',"
                        + "'actionConfiguration': {'body': 'select *\\r\\nfrom beds'}}},"
                        + "{'id': 'Beds_sms', 'pluginType': 'REMOTE', 'unpublishedAction': {'name': 'sms',"
                        + "'actionConfiguration': {'formData': {'to': 'gardener'}}}}],"
                        + "'actionCollectionList': [{'id': 'Beds_Tools', 'unpublishedCollection': {'name': 'Tools',"
                        + "'body': 'export default {}'}}],"
                        + "'editModeTheme': {'name': 'Rounded'}}"));
    }

    @Test
    void olderFormatsAreToldByTheirFiles() {
        Map<String, String> first = of(
                "application.json", "{'pages': []}",
                "pages/Beds.json", "{'unpublishedPage': {'name': 'Beds'}}",
                "queries/all_Beds.json", "{'id': 'Beds_all'}",
                "jsobjects/Tools_Beds.json", "{'id': 'Beds_Tools'}");
        Map<String, String> second = of(
                "application.json", "{'pages': []}",
                "pages/Beds/canvas.json", "{'unpublishedPage': {'name': 'Beds'}}",
                "pages/Beds/queries/all.json", "{'id': 'Beds_all'}",
                "pages/Beds/jsobjects/Tools.json", "{'id': 'Beds_Tools'}");
        assertThat(only(first).document()).isEqualTo(only(second).document());
        assertThat(Edits.get(only(first).document(), "/actionList")).isEqualTo(json("[{'id': 'Beds_all'}]"));
    }

    @Test
    void aLeftoverOfAnOlderFormatYieldsToTheNewerFile() {
        Map<String, String> files = current();
        files.put("pages/Beds/canvas.json", "{\"unpublishedPage\": {\"name\": \"stale\"}}");
        assertThat(only(files).document()).isEqualTo(only(current()).document());
    }

    @Test
    void aWidgetWhoseFolderLostItsOwnerIsKeptAndReported() {
        Map<String, String> files = current();
        files.remove("pages/Beds/widgets/Tabs/Box/Box.json");
        NativeDocument document = only(files);
        assertThat(document.findings())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("pages/Beds/widgets/Tabs/Box/Deep.json"));
        assertThat(document.document().toString()).contains("Deep");
    }

    @Test
    void aBrokenFileIsNamed() {
        Map<String, String> files = current();
        files.put("pages/Beds/widgets/Title.json", "{\"widgetId\": ");
        assertThatThrownBy(() -> only(files))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("pages/Beds/widgets/Title.json");
    }

    @Test
    void widgetsInEachOtherEndAtTheTop() {
        Map<String, String> files = current();
        files.put("pages/Beds/widgets/A.json", "{\"widgetId\": \"a\", \"parentId\": \"z\"}");
        files.put("pages/Beds/widgets/Z.json", "{\"widgetId\": \"z\", \"parentId\": \"a\"}");
        NativeDocument document = only(files);
        assertThat(document.findings()).hasSize(1);
        assertThat(((JsonObject) document.document()).toString()).contains("\"a\"", "\"z\"");
    }
}
