package dev.offshoot.testing;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A ToolJet export of a few lines, for tests that need many apps: one version, one page, a button, a text and a query. */
public final class TinyApp {
    private TinyApp() {}

    /**
     * An app.
     *
     * @param seed other seeds, other ids
     * @param label text on its button
     */
    public static byte[] bytes(String name, int seed, String label) {
        String app = id(seed, 1);
        String version = id(seed, 2);
        String page = id(seed, 3);
        String environment = id(seed, 6);
        String source = id(seed, 7);
        return """
                {"tooljet_version": "3.16.0", "app": [{"definition": {"appV2": {
                  "id": "%1$s", "type": "front-end", "name": %8$s, "slug": "%1$s",
                  "isPublic": null, "icon": "bug", "organizationId": "%9$s",
                  "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-02T00:00:00.000Z",
                  "appVersions": [{"id": "%2$s", "name": "v1", "definition": null, "appId": "%1$s", "homePageId": "%3$s",
                    "globalSettings": {"hideHeader": false}, "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}],
                  "pages": [{"id": "%3$s", "name": "Home", "handle": "home", "index": 1, "appVersionId": "%2$s",
                    "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}],
                  "components": [{"id": "%4$s", "name": "button1", "type": "Button", "pageId": "%3$s", "parent": null,
                    "properties": {"text": {"value": %10$s}}, "createdAt": "2026-01-01T00:00:00.000Z",
                    "updatedAt": "2026-01-01T00:00:00.000Z", "layouts": []},
                   {"id": "%11$s", "name": "text1", "type": "Text", "pageId": "%3$s", "parent": null, "properties": {"text": {"value": "Hello"}},
                    "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z", "layouts": []}],
                  "events": [],
                  "dataQueries": [{"id": "%5$s", "name": "orders", "options": {"query": "select 1\\nfrom orders"}, "dataSourceId": "%7$s",
                    "appVersionId": "%2$s", "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}],
                  "dataSources": [{"id": "%7$s", "name": "postgres", "kind": "postgresql", "type": "default", "scope": "global",
                    "appVersionId": null, "organizationId": "%9$s", "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}],
                  "dataSourceOptions": [],
                  "appEnvironments": [{"id": "%6$s", "organizationId": "%9$s", "name": "production", "isDefault": true, "priority": 3,
                    "enabled": true, "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}],
                  "schemaDetails": {"multiPages": true, "multiEnv": true, "globalDataSources": true}
                }}}]}""".formatted(
                        app,
                        version,
                        page,
                        id(seed, 4),
                        id(seed, 5),
                        environment,
                        source,
                        quoted(name),
                        id(seed, 8),
                        quoted(label),
                        id(seed, 9))
                .getBytes(StandardCharsets.UTF_8);
    }

    public static JsonValue of(String name, int seed, String label) {
        return JsonReader.read(bytes(name, seed, label));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String id(int seed, int n) {
        return new UUID(0x4000_0000_0000_4000L | (long) seed << 32, 0x8000_0000_0000_0000L | (long) seed << 16 | n)
                .toString();
    }
}
