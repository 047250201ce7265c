package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.store.RepositoryStore;
import java.util.List;
import java.util.Optional;

/** The commits that changed a definition, newest first. */
public final class DefinitionHistory {
    private final FindDefinition finder;

    DefinitionHistory(RepositoryStore store, LayoutEngine engine, Caches caches) {
        this.finder = new FindDefinition(store, engine, caches);
    }

    /**
     * A page of the history.
     *
     * @param after the last commit of the page before
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public List<CommitInfo> run(DefinitionRequest request, Optional<ObjectName> after, int limit) {
        FindDefinition.Found found = finder.find(request);
        // From the commit that was looked at, so that pages fit together while the branch moves on.
        return found.repository()
                .history(
                        new Revision.Commit(found.view().snapshot().commit()),
                        found.view().placeOf(request.address()),
                        after,
                        limit);
    }
}
