package dev.offshoot.platform;

import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Data sources of a whole workspace in {@code data-sources/}, by id, or by name in early repositories; options by the name of the
 * environment, without what is encrypted. An export carries those that its queries use, with options per environment.
 */
final class GitSyncSources {
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");

    private final Map<String, JsonObject> byId;

    private GitSyncSources(Map<String, JsonObject> byId) {
        this.byId = byId;
    }

    static GitSyncSources of(NativeFiles files) {
        Map<String, JsonObject> byId = new TreeMap<>();
        for (NativePath path : files.paths()) {
            if (path.segment(0).equals("data-sources") && path.hasExtension("json")) {
                JsonObject source = NativeJson.object(files, path);
                source.text("id").ifPresent(id -> byId.putIfAbsent(id, source));
            }
        }
        return new GitSyncSources(byId);
    }

    /** Adds the sources that the queries of an app use and its own folder does not hold, with their options and environments. */
    void complete(Map<String, List<JsonObject>> lists, List<Problem> findings) {
        Set<String> missing = new LinkedHashSet<>();
        lists.get("dataQueries").forEach(query -> query.text("dataSourceId").ifPresent(missing::add));
        lists.get("dataSources").forEach(source -> source.text("id").ifPresent(missing::remove));
        List<JsonObject> added = new ArrayList<>();
        for (String id : missing) {
            if (byId.containsKey(id)) {
                added.add(byId.get(id));
            } else {
                findings.add(Problem.of(
                        Reason.DANGLING_REFERENCE, "data-sources/" + id + ".json", "a query uses this data source"));
            }
        }
        Map<String, String> environments = environments(lists, added);
        for (JsonObject source : added) {
            lists.get("dataSources").add(exported(source));
            source.object("options")
                    .ifPresent(all -> all.forEach((environment, options) -> {
                        if (options instanceof JsonObject fields && environments.containsKey(environment)) {
                            lists.get("dataSourceOptions")
                                    .add(options(
                                            source.text("id").orElseThrow(), environments.get(environment), fields));
                        }
                    }));
        }
    }

    private static JsonObject exported(JsonObject source) {
        return source.without(Set.of("options", "isPlugin"))
                .with("pluginId", JsonNull.NULL)
                .with("appVersionId", JsonNull.NULL)
                .with("scope", new JsonString("global"));
    }

    /** Ids by name. Those of a repository that keeps none are made of their names, alike everywhere. */
    private static Map<String, String> environments(Map<String, List<JsonObject>> lists, List<JsonObject> sources) {
        Map<String, String> ids = new LinkedHashMap<>();
        lists.get("appEnvironments")
                .forEach(e -> e.text("name")
                        .ifPresent(name -> ids.put(name, e.text("id").orElse(""))));
        if (ids.isEmpty()) {
            for (int i = 0; i < ENVIRONMENTS.size(); i++) {
                add(ENVIRONMENTS.get(i), i + 1, ids, lists);
            }
        }
        for (JsonObject source : sources) {
            source.object("options")
                    .ifPresent(all -> all.keys().stream()
                            .filter(name -> !ids.containsKey(name))
                            .forEach(name -> add(name, ids.size() + 1, ids, lists)));
        }
        return ids;
    }

    private static void add(String name, int priority, Map<String, String> ids, Map<String, List<JsonObject>> lists) {
        String id = idOf("environment " + name);
        ids.put(name, id);
        lists.get("appEnvironments")
                .add(JsonObject.builder()
                        .put("id", id)
                        .put("name", name)
                        .put("isDefault", JsonValue.of(name.equals("production")))
                        .put("priority", JsonValue.of(priority))
                        .put("enabled", JsonValue.of(true))
                        .build());
    }

    private static JsonObject options(String source, String environment, JsonObject fields) {
        JsonObject wrapped = fields.map(value -> value instanceof JsonObject o && o.has("encrypted")
                ? o
                : JsonObject.builder()
                        .put("value", value)
                        .put("encrypted", JsonValue.of(false))
                        .build());
        return JsonObject.builder()
                .put("id", idOf("options " + source + " " + environment))
                .put("dataSourceId", source)
                .put("environmentId", environment)
                .put("options", wrapped)
                .build();
    }

    private static String idOf(String name) {
        return UUID.nameUUIDFromBytes(("gitsync " + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
