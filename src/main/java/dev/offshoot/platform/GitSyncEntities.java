package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * GitSync of ToolJet 3.20 and 3.21 with branches: {@code apps/[folder/]name/…} and {@code modules/…} with one file per entity
 * (shared/formats/tooljet.md 4.2). What it does not keep gets a fixed value: the names of versions, times, and the order of
 * components, which is that of their names.
 */
final class GitSyncEntities implements NativeReader {
    /** Lists of an export in its own order, and the folder each one's files are in. */
    private static final Map<String, String> LISTS = lists();

    private static Map<String, String> lists() {
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("components", "components");
        lists.put("pages", "pages");
        lists.put("events", "events");
        lists.put("dataQueries", "queries");
        lists.put("dataSources", "dataSources");
        lists.put("appVersions", "versions");
        lists.put("appEnvironments", "environments");
        lists.put("dataSourceOptions", "dataSourceOptions");
        lists.put("dataQueryFolders", "definitions/dataQueryFolders");
        lists.put("dataQueryFolderMappings", "definitions/dataQueryFolderMappings");
        return lists;
    }

    @Override
    public boolean recognises(NativeFiles files) {
        return files.paths().stream().anyMatch(GitSyncEntities::isApp);
    }

    private static boolean isApp(NativePath path) {
        boolean root = path.segment(0).equals("apps") || path.segment(0).equals("modules");
        return root && path.depth() >= 4 && path.toString().endsWith("/app/app.json");
    }

    @Override
    public List<NativeDocument> documents(NativeFiles files, String name) {
        GitSyncSources sources = GitSyncSources.of(files);
        Map<String, NativeDocument> found = new LinkedHashMap<>();
        for (NativePath path : files.paths()) {
            if (isApp(path)) {
                NativeDocument document = document(files, path, sources);
                // The same id in two folders is a copy that the platform itself has not told apart yet.
                String key = found.containsKey(document.key()) ? document.key() + " " + path.folder() : document.key();
                found.put(key, new NativeDocument(key, document.name(), document.document(), document.findings()));
            }
        }
        return usedFirst(found);
    }

    private NativeDocument document(NativeFiles files, NativePath appFile, GitSyncSources sources) {
        JsonObject app = NativeJson.object(files, appFile);
        String folder = appFile.folder().substring(0, appFile.folder().length() - "/app".length());
        List<Problem> findings = new ArrayList<>();
        Map<String, List<JsonObject>> lists = new LinkedHashMap<>();
        LISTS.forEach((list, place) -> lists.put(list, entities(files, folder + "/" + place, findings)));
        name(lists.get("appVersions"));
        sources.complete(lists, findings);

        JsonObject.Builder inner = JsonObject.builder().putAll(app.without(Set.of("tooljetVersion")));
        lists.forEach((list, items) -> {
            if (!items.isEmpty() || !list.startsWith("dataQueryFolder")) {
                inner.put(list, JsonArray.of(items));
            }
        });
        NativePath schema = NativePath.of(folder + "/schema/schema.json");
        if (files.paths().contains(schema)) {
            inner.put("schemaDetails", NativeJson.value(files, schema));
        }
        JsonObject definition = JsonObject.builder()
                .put(
                        "definition",
                        JsonObject.builder().put("appV2", inner.build()).build())
                .build();
        JsonObject.Builder document = JsonObject.builder().put("app", JsonArray.of(definition));
        app.text("tooljetVersion").ifPresent(version -> document.put("tooljet_version", version));
        return new NativeDocument(
                app.text("id").orElse(appFile.toString()), app.text("name").orElse(folder), document.build(), findings);
    }

    private static List<JsonObject> entities(NativeFiles files, String folder, List<Problem> findings) {
        List<JsonObject> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (NativePath path : files.paths()) {
            if (path.hasExtension("json") && path.folder().equals(folder)) {
                JsonObject entity = NativeJson.object(files, path);
                if (ids.add(entity.text("id").orElse(path.toString()))) {
                    found.add(entity);
                } else {
                    findings.add(Problem.of(
                            Reason.DUPLICATE_ID, path.toString(), "another file has this id; this one is left out"));
                }
            }
        }
        found.sort(ORDER);
        return found;
    }

    /** Where the platform keeps an order it is an index; where it lost it, names are what stays the same longest. */
    private static final Comparator<JsonObject> ORDER = Comparator.comparing(GitSyncEntities::index)
            .thenComparing(entity -> entity.text("name").orElse(""))
            .thenComparing(entity -> entity.text("id").orElse(""));

    private static BigDecimal index(JsonObject entity) {
        return entity.get("index")
                .filter(JsonNumber.class::isInstance)
                .map(number -> new BigDecimal(((JsonNumber) number).literal()))
                .orElse(BigDecimal.ZERO);
    }

    /** Versions lose their name in this format: a branch has one, and what it is called is the branch's affair. */
    private static void name(List<JsonObject> versions) {
        versions.sort(Comparator.comparing(version -> version.text("id").orElse("")));
        for (int i = 0; i < versions.size(); i++) {
            JsonObject version = versions.get(i);
            if (version.text("name").isEmpty()) {
                versions.set(i, version.with("name", new JsonString("v" + (i + 1))));
            }
        }
    }

    /** Modules before those who use them, so that they are here when they are referred to. */
    private static List<NativeDocument> usedFirst(Map<String, NativeDocument> documents) {
        Map<String, NativeDocument> modules = new TreeMap<>();
        documents.forEach((key, document) -> {
            if (isModule(document)) {
                modules.put(key, document);
            }
        });
        Map<String, NativeDocument> ordered = new LinkedHashMap<>();
        modules.keySet().forEach(key -> addWithUsed(key, modules, ordered, new HashSet<>()));
        documents.forEach(ordered::putIfAbsent);
        return List.copyOf(ordered.values());
    }

    private static void addWithUsed(
            String key, Map<String, NativeDocument> modules, Map<String, NativeDocument> ordered, Set<String> path) {
        if (ordered.containsKey(key) || !path.add(key)) {
            return;
        }
        String text = new String(JsonWriter.compact(modules.get(key).document()), StandardCharsets.UTF_8);
        modules.keySet().stream()
                .filter(other -> !other.equals(key) && text.contains(other))
                .forEach(other -> addWithUsed(other, modules, ordered, path));
        ordered.put(key, modules.get(key));
    }

    private static boolean isModule(NativeDocument document) {
        Optional<JsonValue> app = document.document().array("app").map(list -> list.get(0));
        return app.map(JsonObject.class::cast)
                .flatMap(a -> a.object("definition"))
                .flatMap(d -> d.object("appV2"))
                .flatMap(a -> a.text("type"))
                .filter("module"::equals)
                .isPresent();
    }
}
