package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A ToolJet export of any size for measurements: pages with components (nested properties, layouts, some wide tables), events and SQL
 * queries, about 1.3 KB an entity. The same seed gives the same document; those of different seeds are apps of one instance.
 */
public final class GeneratedApp {
    private static final String ENVIRONMENT = "7f0c6a52-95d4-4c1e-8f43-2f6d0b9a1e01";
    private static final String ORGANIZATION = "7f0c6a52-95d4-4c1e-8f43-2f6d0b9a1e02";

    private final Random random;
    private final String time = "2026-03-01T08:00:00.000Z";
    private final String app;
    private final String version;
    private final List<JsonValue> components = new ArrayList<>();
    private final List<JsonValue> pages = new ArrayList<>();
    private final List<JsonValue> events = new ArrayList<>();
    private final List<JsonValue> queries = new ArrayList<>();
    private final List<String> queryIds = new ArrayList<>();

    private GeneratedApp(long seed) {
        random = new Random(seed);
        app = id();
        version = id();
    }

    /** An export with about this many entities: components, queries and events together. */
    public static JsonObject document(int entities, long seed) {
        return new GeneratedApp(seed).build(entities, "generated");
    }

    public static JsonObject document(int entities, long seed, String name) {
        return new GeneratedApp(seed).build(entities, name);
    }

    private JsonObject build(int entities, String name) {
        String source = id();
        int queryCount = Math.max(1, entities / 10);
        for (int i = 0; i < queryCount; i++) {
            query(i, source);
        }
        int perPage = 60;
        String page = "";
        for (int i = 0; i < entities - queryCount; i++) {
            if (i % perPage == 0) {
                page = page(i / perPage);
            }
            component(i, page);
        }
        JsonObject row = JsonObject.builder()
                .put("id", version)
                .put("name", "v1")
                .put("definition", JsonNull.NULL)
                .put("globalSettings", object("canvasMaxWidth", number(1292), "appInMaintenance", JsonBoolean.FALSE))
                .put("showViewerNavigation", JsonBoolean.TRUE)
                .put("homePageId", ((JsonObject) pages.get(0)).get("id").orElseThrow())
                .put("appId", app)
                .put("currentEnvironmentId", ENVIRONMENT)
                .put("promotedFrom", JsonNull.NULL)
                .put("createdAt", time)
                .put("updatedAt", time)
                .build();
        JsonObject appV2 = JsonObject.builder()
                .put("id", app)
                .put("type", "front-end")
                .put("name", name)
                .put("slug", app)
                .put("isPublic", JsonBoolean.FALSE)
                .put("organizationId", ORGANIZATION)
                .put("currentVersionId", JsonNull.NULL)
                .put("userId", id())
                .put("workflowApiToken", JsonNull.NULL)
                .put("createdAt", time)
                .put("updatedAt", time)
                .put("editingVersion", row)
                .put("components", JsonArray.of(components))
                .put("pages", JsonArray.of(pages))
                .put("events", JsonArray.of(events))
                .put("dataQueries", JsonArray.of(queries))
                .put(
                        "dataSources",
                        JsonArray.of(JsonObject.builder()
                                .put("id", source)
                                .put("name", "warehouse-" + name)
                                .put("kind", "postgresql")
                                .put("type", "default")
                                .put("pluginId", JsonNull.NULL)
                                .put("appVersionId", JsonNull.NULL)
                                .put("organizationId", ORGANIZATION)
                                .put("scope", "global")
                                .put("createdAt", time)
                                .put("updatedAt", time)
                                .build()))
                .put("appVersions", JsonArray.of(row))
                .put(
                        "appEnvironments",
                        JsonArray.of(JsonObject.builder()
                                .put("id", ENVIRONMENT)
                                .put("organizationId", ORGANIZATION)
                                .put("name", "development")
                                .put("isDefault", JsonBoolean.FALSE)
                                .put("priority", number(1))
                                .put("enabled", JsonBoolean.TRUE)
                                .put("createdAt", time)
                                .put("updatedAt", time)
                                .build()))
                .put("dataSourceOptions", JsonArray.EMPTY)
                .put("schemaDetails", object("multiPages", JsonBoolean.TRUE, "multiEnv", JsonBoolean.TRUE))
                .build();
        return JsonObject.builder()
                .put("app", JsonArray.of(object("definition", object("appV2", appV2))))
                .put("tooljet_version", "3.16.14-ee-lts")
                .build();
    }

    private String page(int n) {
        String id = id();
        pages.add(JsonObject.builder()
                .put("id", id)
                .put("name", "Page " + n)
                .put("handle", "page-" + n)
                .put("index", number(n + 1))
                .put("disabled", JsonBoolean.FALSE)
                .put("hidden", JsonBoolean.FALSE)
                .put("icon", JsonNull.NULL)
                .put("createdAt", time)
                .put("updatedAt", time)
                .put("autoComputeLayout", JsonBoolean.TRUE)
                .put("appVersionId", version)
                .build());
        return id;
    }

    private void component(int n, String page) {
        String id = id();
        String type = n % 17 == 0 ? "Table" : n % 3 == 0 ? "Button" : n % 3 == 1 ? "TextInput" : "Text";
        String query = queryIds.get(random.nextInt(queryIds.size()));
        JsonObject.Builder properties = JsonObject.builder()
                .put("text", object("value", text(type + " " + n)))
                .put("visibility", object("value", text("{{true}}")))
                .put(
                        "disabledState",
                        object("value", text("{{queries." + query + ".isLoading}}"), "fxActive", JsonBoolean.TRUE))
                .put("loadingState", object("value", text("{{false}}")))
                .put("tooltip", object("value", text("Row " + random.nextInt(1000) + " of the " + word() + " list")));
        if (type.equals("Table")) {
            List<JsonValue> columns = new ArrayList<>();
            for (int c = 0; c < 12; c++) {
                columns.add(JsonObject.builder()
                        .put("id", id())
                        .put("name", word() + c)
                        .put("key", word() + c)
                        .put("columnType", "string")
                        .put("columnSize", number(80 + c))
                        .put("isEditable", text("{{false}}"))
                        .build());
            }
            properties.put("columns", object("value", JsonArray.of(columns)));
            properties.put("data", object("value", text("{{queries." + query + ".data}}")));
        }
        components.add(JsonObject.builder()
                .put("id", id)
                .put("name", type.toLowerCase(java.util.Locale.ROOT) + n)
                .put("type", type)
                .put("pageId", page)
                .put("parent", JsonNull.NULL)
                .put("properties", properties.build())
                .put("general", JsonObject.EMPTY)
                .put(
                        "styles",
                        JsonObject.builder()
                                .put(
                                        "backgroundColor",
                                        object(
                                                "value",
                                                text("#" + Integer.toHexString(0x100000 + random.nextInt(0xEFFFFF)))))
                                .put("textColor", object("value", text("var(--cc-primary-text)")))
                                .put("borderRadius", object("value", text("{{" + random.nextInt(12) + "}}")))
                                .put("padding", object("value", text("default")))
                                .build())
                .put("generalStyles", object("boxShadow", object("value", text("0px 0px 0px 0px #00000040"))))
                .put(
                        "displayPreferences",
                        object(
                                "showOnDesktop",
                                object("value", text("{{true}}")),
                                "showOnMobile",
                                object("value", text("{{false}}"))))
                .put("validation", JsonObject.EMPTY)
                .put("createdAt", time)
                .put("updatedAt", time)
                .put("layouts", JsonArray.of(layout(id, "desktop"), layout(id, "mobile")))
                .build());
        if (n % 8 == 0) {
            events.add(JsonObject.builder()
                    .put("id", id())
                    .put("name", "onClick")
                    .put("index", number(0))
                    .put(
                            "event",
                            JsonObject.builder()
                                    .put("eventId", "onClick")
                                    .put("actionId", "run-query")
                                    .put("queryId", query)
                                    .put("message", "Done")
                                    .build())
                    .put("sourceId", id)
                    .put("target", "component")
                    .put("appVersionId", version)
                    .put("createdAt", time)
                    .put("updatedAt", time)
                    .build());
        }
    }

    private JsonObject layout(String component, String type) {
        return JsonObject.builder()
                .put("id", id())
                .put("type", type)
                .put("top", number(random.nextInt(2000)))
                .put("left", new JsonNumber(random.nextInt(40) + "." + (100000000 + random.nextInt(900000000))))
                .put("width", number(1 + random.nextInt(40)))
                .put("height", number(40))
                .put("componentId", component)
                .put("dimensionUnit", "count")
                .put("updatedAt", time)
                .build();
    }

    private void query(int n, String source) {
        String id = id();
        queryIds.add(id);
        queries.add(JsonObject.builder()
                .put("id", id)
                .put("name", "list" + word() + n)
                .put(
                        "options",
                        JsonObject.builder()
                                .put("mode", "sql")
                                .put(
                                        "query",
                                        "SELECT o.id, o.total, c.name\nFROM orders o\nJOIN customers c ON c.id = o.customer_id\nWHERE o.state = '"
                                                + word() + "'\n  AND o.total > " + random.nextInt(500)
                                                + "\nORDER BY o.created_at DESC\nLIMIT 100")
                                .put("transformationLanguage", "javascript")
                                .put("enableTransformation", JsonBoolean.FALSE)
                                .put("runOnPageLoad", JsonBoolean.TRUE)
                                .build())
                .put("dataSourceId", source)
                .put("appVersionId", version)
                .put("createdAt", time)
                .put("updatedAt", time)
                .build());
    }

    private String word() {
        String[] words = {"open", "paid", "late", "shipped", "returned", "draft", "closed", "urgent"};
        return words[random.nextInt(words.length)];
    }

    private String id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | bytes[i] & 0xff;
            low = low << 8 | bytes[i + 8] & 0xff;
        }
        return new UUID(high & ~0xF000L | 0x4000L, low & ~(3L << 62) | 1L << 63).toString();
    }

    private static JsonValue text(String text) {
        return new JsonString(text);
    }

    private static JsonValue number(long n) {
        return new JsonNumber(Long.toString(n));
    }

    private static JsonObject object(String key, JsonValue value) {
        return JsonObject.builder().put(key, value).build();
    }

    private static JsonObject object(String key, JsonValue value, String key2, JsonValue value2) {
        return JsonObject.builder().put(key, value).put(key2, value2).build();
    }
}
