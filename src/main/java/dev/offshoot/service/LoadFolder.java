package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes a workspace of a folder of definitions, such as the sample repository. */
public final class LoadFolder {
    private final RepositoryStore store;
    private final LayoutEngine engine;
    private final Supplier<UUID> ids;
    private final Clock clock;
    private final ExportDefinition exports;
    private final ImportDocument imports;

    LoadFolder(
            RepositoryStore store,
            LayoutEngine engine,
            Supplier<UUID> ids,
            Clock clock,
            ExportDefinition exports,
            ImportDocument imports) {
        this.store = store;
        this.engine = engine;
        this.ids = ids;
        this.clock = clock;
        this.exports = exports;
        this.imports = imports;
    }

    /**
     * Loads everything but what starts with a dot at the top.
     *
     * @return addresses of the documents in it
     * @throws dev.offshoot.model.Failure {@code ALREADY_EXISTS} for the workspace, {@code INVALID_REPOSITORY} for the folder
     */
    public List<TreePath> run(WorkspaceName name, Path folder, Person caller) {
        FolderSource source = new FolderSource(folder);
        List<TreePath> documents = engine.documents(source);
        Map<TreePath, Content> files = new TreeMap<>();
        source.list(TreePath.ROOT).forEach(path -> files.put(path, source.read(path)));
        WorkspaceRepository repository = store.create(name, ids.get(), caller);
        Snapshot empty = Workspaces.require(repository, repository.defaultBranch());
        repository.update(new UpdateRequest(
                repository.defaultBranch(),
                Optional.of(empty.commit()),
                Map.of(),
                Map.of(),
                TreeEdit.between(FileTree.EMPTY, FileTree.of(files)),
                TreeEdit.NONE,
                "Load " + folder.getFileName(),
                caller,
                clock.instant(),
                ""));
        documents.forEach(document -> recordIds(name, document, caller));
        return documents;
    }

    /** Until now the ids of an export are made from paths; from now on they stay, whatever is renamed. */
    private void recordIds(WorkspaceName name, TreePath document, Person caller) {
        JsonValue export = exports.run(
                        new DefinitionRequest(name, Revision.DEFAULT, document),
                        new ExportDefinition.Part(Optional.empty(), Optional.empty()),
                        tag -> false)
                .document()
                .orElseThrow()
                .value();
        imports.run(ImportRequest.of(name, JsonWriter.compact(export), caller).wishing(w -> w.into(document)));
    }
}
