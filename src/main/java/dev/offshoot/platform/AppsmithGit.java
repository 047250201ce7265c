package dev.offshoot.platform;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Repositories of Appsmith, one application each, file formats 1 to 5, decided file by file because real ones hold leftovers of
 * several (shared/formats/appsmith.md 3). They keep the edit half only, and neither the name of the application nor the order of its
 * lists: the repository gives the name, paths give the order.
 */
final class AppsmithGit implements NativeReader {
    private static final NativePath APPLICATION = NativePath.of("application.json");
    private static final NativePath METADATA = NativePath.of("metadata.json");
    private static final NativePath THEME = NativePath.of("theme.json");
    private static final String ONLY_ENTITY = "application";

    @Override
    public boolean recognises(NativeFiles files) {
        return files.paths().contains(APPLICATION)
                && files.paths().stream()
                        .anyMatch(p -> p.segment(0).equals("pages") && p.hasExtension("json") && p.depth() > 1);
    }

    @Override
    public List<NativeDocument> documents(NativeFiles files, String name) {
        List<Problem> findings = new ArrayList<>();
        JsonObject.Builder document = JsonObject.builder();
        if (files.paths().contains(METADATA)) {
            document.putAll(NativeJson.object(files, METADATA).without(Set.of("fileFormatVersion")));
        }
        JsonObject application = NativeJson.object(files, APPLICATION);
        document.put(
                "exportedApplication",
                application.has("name")
                        ? application
                        : JsonObject.builder()
                                .put("name", name)
                                .putAll(application)
                                .build());
        document.put("datasourceList", objects(files, p -> isIn(p, "datasources") && p.depth() == 2));
        document.put("customJSLibList", objects(files, p -> isIn(p, "jslibs")));
        document.put("pageList", pages(files, findings));
        document.put("actionList", actions(files, findings));
        document.put("actionCollectionList", collections(files));
        theme(files).ifPresent(theme -> document.put("editModeTheme", theme));
        putUnlessEmpty(
                document, "moduleInstanceList", objects(files, p -> p.segment(2).equals("module instances")));
        putUnlessEmpty(document, "sourceModuleList", objects(files, p -> isIn(p, "source modules")));
        return List.of(
                new NativeDocument(ONLY_ENTITY, application.text("name").orElse(name), document.build(), findings));
    }

    private static void putUnlessEmpty(JsonObject.Builder document, String key, JsonArray list) {
        if (!list.isEmpty()) {
            document.put(key, list);
        }
    }

    private static boolean isIn(NativePath path, String folder) {
        return path.depth() > 1 && path.segment(0).equals(folder);
    }

    private static JsonArray objects(NativeFiles files, Predicate<NativePath> which) {
        return NativeJson.list(files.paths().stream()
                .filter(p -> p.hasExtension("json") && which.test(p))
                .map(p -> NativeJson.object(files, p)));
    }

    /** {@code theme.json}, or the first file of a {@code theme} folder. */
    private static Optional<JsonValue> theme(NativeFiles files) {
        return files.paths().stream()
                .filter(p -> p.equals(THEME) || isIn(p, "theme") && p.hasExtension("json"))
                .findFirst()
                .map(p -> NativeJson.value(files, p));
    }

    private static JsonArray pages(NativeFiles files, List<Problem> findings) {
        Map<String, NativePath> pages = new TreeMap<>();
        for (NativePath p : files.paths()) {
            if (!isIn(p, "pages") || !p.hasExtension("json")) {
                continue;
            }
            boolean flat = p.depth() == 2;
            boolean whole = p.depth() == 3 && p.name().equals("canvas.json");
            boolean split = p.depth() == 3 && p.stem().equals(p.segment(1));
            if (flat) {
                pages.putIfAbsent(p.stem(), p);
            } else if (split) {
                pages.put(p.segment(1), p);
            } else if (whole && !pages.containsKey(p.segment(1))) {
                pages.put(p.segment(1), p);
            }
        }
        return NativeJson.list(pages.values().stream()
                .map(p -> AppsmithWidgets.join(NativeJson.object(files, p), files, p, findings)));
    }

    /**
     * Queries in {@code pages/<page>/queries/<name>.json}, since format 4 as folders with the body beside; in {@code queries/} at the
     * top before format 2.
     */
    private static JsonArray actions(NativeFiles files, List<Problem> findings) {
        return NativeJson.list(entities(files, "queries").stream().map(p -> {
            JsonObject action = NativeJson.object(files, p);
            NativePath text = beside(p, "txt");
            return p.name().equals("metadata.json") && files.paths().contains(text)
                    ? withBody(action, files.read(text).utf8(), text, findings)
                    : action;
        }));
    }

    private static JsonArray collections(NativeFiles files) {
        return NativeJson.list(entities(files, "jsobjects").stream().map(p -> {
            JsonObject collection = NativeJson.object(files, p);
            NativePath source = beside(p, "js");
            return p.name().equals("metadata.json") && files.paths().contains(source)
                    ? in(
                            collection,
                            "unpublishedCollection",
                            half -> half.with(
                                    "body", new JsonString(files.read(source).utf8())))
                    : collection;
        }));
    }

    private static List<NativePath> entities(NativeFiles files, String folder) {
        return files.paths().stream()
                .filter(p -> p.hasExtension("json"))
                .filter(p -> p.depth() == 2 && isIn(p, folder)
                        || p.depth() == 4 && isIn(p, "pages") && p.segment(2).equals(folder)
                        || p.depth() == 5
                                && isIn(p, "pages")
                                && p.segment(2).equals(folder)
                                && p.name().equals("metadata.json"))
                .toList();
    }

    private static NativePath beside(NativePath metadata, String extension) {
        String folder = metadata.segment(metadata.depth() - 2);
        return NativePath.of(metadata.folder() + "/" + folder + "." + extension);
    }

    /** The platform keeps a body twice and believes the text file. Plugins that run remotely have a form for a body, as JSON. */
    private static JsonObject withBody(JsonObject action, String body, NativePath text, List<Problem> findings) {
        boolean remote = action.text("pluginType").filter("REMOTE"::equals).isPresent();
        if (!remote) {
            return configured(action, "body", new JsonString(body));
        }
        try {
            return configured(action, "formData", JsonReader.read(body.getBytes(StandardCharsets.UTF_8)));
        } catch (Failure e) {
            findings.add(Problem.of(
                    Reason.UNKNOWN_FILE,
                    text.toString(),
                    "is no JSON; what stands beside it in metadata.json is used"));
            return action;
        }
    }

    private static JsonObject configured(JsonObject action, String key, JsonValue value) {
        return in(action, "unpublishedAction", half -> {
            JsonObject configuration = half.object("actionConfiguration").orElse(JsonObject.EMPTY);
            return half.with("actionConfiguration", configuration.with(key, value));
        });
    }

    private static JsonObject in(JsonObject object, String key, UnaryOperator<JsonObject> change) {
        return object.object(key)
                .map(inner -> object.with(key, change.apply(inner)))
                .orElse(object);
    }
}
