package dev.offshoot.service;

import dev.offshoot.archive.ArchiveFormat;
import dev.offshoot.archive.ArchiveWriter;
import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.Definition;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Exports all definitions of a workspace in one archive: a document for each, under its address. Writes nothing here. */
public final class ExportArchive {
    private static final String SUFFIX = ".json";
    private static final ExportDefinition.Part ALL = new ExportDefinition.Part(Optional.empty(), Optional.empty());

    private final FindDefinition finder;
    private final ExportDefinition exports;
    private final LayoutEngine engine;

    ExportArchive(RepositoryStore store, ExportDefinition exports, LayoutEngine engine, Caches caches) {
        this.finder = new FindDefinition(store, engine, caches);
        this.exports = exports;
        this.engine = engine;
    }

    /**
     * What is to be archived.
     *
     * @param commit the state; a branch that moves meanwhile changes nothing
     */
    public record Wanted(WorkspaceName workspace, ObjectName commit, EntityTag tag) {}

    /**
     * Looks a state up.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public Wanted find(WorkspaceName workspace, Revision revision) {
        var snapshot = finder.view(workspace, revision).snapshot();
        return new Wanted(workspace, snapshot.commit(), EntityTag.ofAll(snapshot));
    }

    /**
     * Writes the archive.
     *
     * @throws dev.offshoot.model.Failure when a definition cannot be put together; what was written by then is no archive
     */
    public void write(Wanted wanted, OutputStream target) throws IOException {
        WorkspaceView view = finder.view(wanted.workspace(), new Revision.Commit(wanted.commit()));
        Map<String, TreePath> notSeen = sharedById(view);
        try (ArchiveWriter archive = new ArchiveWriter(target, ArchiveFormat.DEFINITIONS)) {
            for (TreePath address : documents(view)) {
                DefinitionRequest request =
                        new DefinitionRequest(wanted.workspace(), new Revision.Commit(wanted.commit()), address);
                ExportedDocument document =
                        exports.run(request, ALL, tag -> false).document().orElseThrow();
                drop(notSeen, document.value());
                archive.add(TreePath.of(address + SUFFIX), document::writeTo);
            }
            archive.finish(about(notSeen));
        }
    }

    /** One for each definition; and where one document can hold everything of a platform, that, because it alone has what nobody owns. */
    private Set<TreePath> documents(WorkspaceView view) {
        Set<TreePath> found = new LinkedHashSet<>();
        for (Definition definition : view.definitions()) {
            TreePath platform = TreePath.of(definition.address().segments().get(0));
            boolean wide = engine.isWide(platform);
            if (wide) {
                found.add(platform);
            }
            if (ExportDefinition.hasDocument(view, definition)
                    && (!wide || definition.header().main())) {
                found.add(definition.address());
            }
        }
        return found;
    }

    /** Shared records without a document of their own, of which a document that carries them shows the id. */
    private Map<String, TreePath> sharedById(WorkspaceView view) {
        Map<String, TreePath> found = new HashMap<>();
        for (Definition definition : view.definitions()) {
            boolean alone =
                    !engine.isWide(TreePath.of(definition.address().segments().get(0)))
                            && !ExportDefinition.hasDocument(view, definition);
            if (alone) {
                definition.header().id().ifPresent(id -> found.put(id, definition.address()));
            }
        }
        return found;
    }

    private static void drop(Map<String, TreePath> notSeen, JsonValue value) {
        if (notSeen.isEmpty()) {
            return;
        }
        if (value instanceof JsonString text) {
            notSeen.remove(text.value());
        } else if (value instanceof JsonObject object) {
            object.forEach((key, member) -> {
                notSeen.remove(key);
                drop(notSeen, member);
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(item -> drop(notSeen, item));
        }
    }

    private static JsonObject about(Map<String, TreePath> notSeen) {
        List<JsonString> unused = notSeen.values().stream()
                .sorted()
                .map(address -> new JsonString(address.value()))
                .toList();
        return unused.isEmpty() ? JsonObject.EMPTY : JsonObject.EMPTY.with("usedByNoDefinition", JsonArray.of(unused));
    }
}
