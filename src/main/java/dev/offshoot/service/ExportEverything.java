package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.Vault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exports every definition of every branch to nowhere: whoever can do that has lost nothing. */
final class ExportEverything {
    private static final long CACHE_BYTES = 64L << 20;
    private static final ExportDefinition.Part ALL = new ExportDefinition.Part(Optional.empty(), Optional.empty());

    private final LayoutEngine engine;
    private final Clock clock;

    ExportEverything(LayoutEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** How many could be exported, and why the others could not. */
    record Done(int count, List<Problem> failed) {}

    /** @param data a data folder that nobody has open */
    Done run(Path data) {
        List<Problem> failed = new ArrayList<>();
        int count = 0;
        try (FileRepositoryStore store =
                FileRepositoryStore.open(data, StoreOptions.of(clock).withoutCheckouts())) {
            for (WorkspaceInfo workspace : store.list()) {
                for (BranchName branch :
                        store.find(workspace.name()).orElseThrow().branches()) {
                    count += exports(store, workspace, branch, failed);
                }
            }
        }
        return new Done(count, failed);
    }

    private int exports(RepositoryStore store, WorkspaceInfo workspace, BranchName branch, List<Problem> failed) {
        Caches caches = new Caches(CACHE_BYTES);
        WorkspaceRepository repository = store.find(workspace.name()).orElseThrow();
        Revision revision = new Revision.Named(branch);
        WorkspaceView view = new WorkspaceView(Workspaces.require(repository, revision), engine, caches);
        ExportDefinition exports = new ExportDefinition(store, engine, caches, Vault.NONE);
        int count = 0;
        for (Definition definition : view.definitions()) {
            if (!ExportDefinition.hasDocument(view, definition)) {
                continue;
            }
            DefinitionRequest request = new DefinitionRequest(workspace.name(), revision, definition.address());
            try {
                exports.run(request, ALL, tag -> false)
                        .document()
                        .orElseThrow()
                        .writeTo(OutputStream.nullOutputStream());
                count++;
            } catch (Failure e) {
                Problem first = e.problems().get(0);
                failed.add(new Problem(
                        first.reason(),
                        workspace.name() + " " + branch + " " + definition.address(),
                        e.getMessage(),
                        ""));
            } catch (IOException e) {
                throw new Failure(Problem.of(Reason.INTERNAL, "", "writing to nowhere failed"), e);
            }
        }
        return count;
    }
}
