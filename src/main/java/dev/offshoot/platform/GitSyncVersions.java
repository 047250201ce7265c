package dev.offshoot.platform;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * GitSync of ToolJet 2.22 to 3.20: {@code <app>/<version>.json}, each a whole export of one version, and {@code .meta/meta.json},
 * which says nothing that they do not (shared/formats/tooljet.md 4.1).
 */
final class GitSyncVersions implements NativeReader {
    private static final NativePath META = NativePath.of(".meta/meta.json");
    private static final Set<String> OTHERS =
            Set.of("apps", "modules", "data-sources", ".meta", "pages", "datasources");

    @Override
    public boolean recognises(NativeFiles files) {
        return files.paths().contains(META);
    }

    @Override
    public List<NativeDocument> documents(NativeFiles files, String name) {
        List<NativeDocument> found = new ArrayList<>();
        for (NativePath path : files.paths()) {
            if (path.depth() == 2 && path.hasExtension("json") && !OTHERS.contains(path.segment(0))) {
                JsonValue value = NativeJson.value(files, path);
                app(value)
                        .ifPresent(app -> found.add(new NativeDocument(
                                app.text("id").orElse(path.folder()),
                                app.text("name").orElse(path.folder()),
                                (JsonObject) value,
                                List.of())));
            }
        }
        return found;
    }

    /** The app that a document is an export of; empty when it is something else. */
    private static Optional<JsonObject> app(JsonValue value) {
        if (!(value instanceof JsonObject document)) {
            return Optional.empty();
        }
        Optional<JsonObject> definition = document.array("app")
                .filter(list -> !list.isEmpty() && list.get(0) instanceof JsonObject)
                .flatMap(list -> ((JsonObject) list.get(0)).object("definition"));
        return definition.or(() -> Optional.of(document)).flatMap(d -> d.object("appV2"));
    }
}
