package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.WorkspaceRepository;
import java.util.List;
import java.util.Optional;

/** Looks a definition up and says what there is when it is not there. */
final class FindDefinition {
    private final Workspaces workspaces;
    private final LayoutEngine engine;
    private final Caches caches;

    FindDefinition(RepositoryStore store, LayoutEngine engine, Caches caches) {
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
    }

    record Found(WorkspaceRepository repository, WorkspaceView view, Definition definition) {}

    Found find(DefinitionRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        WorkspaceView view = new WorkspaceView(Workspaces.require(repository, request.revision()), engine, caches);
        Definition definition = view.find(request.address())
                .orElseThrow(() -> Failure.of(
                        Reason.NOT_FOUND,
                        "definition",
                        "no definition at " + request.address() + " in " + request.revision(),
                        whatThereIs(view, request.address().parent())));
        return new Found(repository, view, definition);
    }

    /** The same, or a document of all there is of a platform or of some kinds, which no single definition is. */
    Found findDocument(DefinitionRequest request) {
        TreePath platform = TreePath.of(request.address().segments().get(0));
        if (!engine.isWide(request.address())) {
            return find(request);
        }
        WorkspaceRepository repository = workspaces.require(request.workspace());
        WorkspaceView view = view(request.workspace(), request.revision());
        if (view.snapshot().files().objectAt(platform).isEmpty()) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "definition",
                    "nothing of " + platform + " is in " + request.revision(),
                    whatThereIs(view, platform));
        }
        DefinitionHeader header = new DefinitionHeader(
                "document",
                request.address().parent(),
                request.address().value().replace('/', ' '),
                Optional.empty(),
                List.of(),
                List.of(),
                true);
        return new Found(repository, view, new Definition(header, request.address()));
    }

    WorkspaceView view(dev.offshoot.model.WorkspaceName workspace, dev.offshoot.model.Revision revision) {
        return new WorkspaceView(Workspaces.require(workspaces.require(workspace), revision), engine, caches);
    }

    private static String whatThereIs(WorkspaceView view, TreePath folder) {
        var siblings = view.definitionsIn(folder);
        return siblings.isEmpty()
                ? Workspaces.existing("definitions", view.definitions().stream().map(Definition::address))
                : Workspaces.existing(
                        "definitions in " + folder,
                        siblings.stream().map(d -> d.address().name()));
    }
}
