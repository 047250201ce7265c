package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Content;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Person;
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

    LoadFolder(RepositoryStore store, LayoutEngine engine, Supplier<UUID> ids, Clock clock) {
        this.store = store;
        this.engine = engine;
        this.ids = ids;
        this.clock = clock;
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
        return documents;
    }
}
