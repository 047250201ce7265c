package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import java.util.List;

/** All definitions of a workspace, shared ones included, by address. */
public final class ListDefinitions {
    private final FindDefinition finder;

    ListDefinitions(RepositoryStore store, LayoutEngine engine, Caches caches) {
        this.finder = new FindDefinition(store, engine, caches);
    }

    /** The list and the commit it shows. */
    public record Listing(ObjectName commit, List<Definition> definitions) {}

    /**
     * Lists.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public Listing run(WorkspaceName workspace, Revision revision) {
        WorkspaceView view = finder.view(workspace, revision);
        return new Listing(view.snapshot().commit(), view.definitions());
    }
}
