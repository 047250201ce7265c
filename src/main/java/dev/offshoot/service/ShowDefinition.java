package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.VersionHeader;
import dev.offshoot.model.ObjectName;
import dev.offshoot.store.RepositoryStore;
import java.util.List;
import java.util.Optional;

/** One definition with its versions. */
public final class ShowDefinition {
    private final FindDefinition finder;
    private final LayoutEngine engine;

    ShowDefinition(RepositoryStore store, LayoutEngine engine, Caches caches) {
        this.finder = new FindDefinition(store, engine, caches);
        this.engine = engine;
    }

    /**
     * What is shown, and the tag that names its state.
     *
     * @param origin where it was imported from, if it was
     */
    public record View(
            Definition definition,
            List<VersionHeader> versions,
            ObjectName commit,
            EntityTag tag,
            Optional<Origin> origin) {}

    /**
     * Looks it up.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public View run(DefinitionRequest request) {
        FindDefinition.Found found = finder.find(request);
        WorkspaceView view = found.view();
        return new View(
                found.definition(),
                engine.versions(view.files(), view.ledgerAround(List.of(request.address())), request.address()),
                view.snapshot().commit(),
                EntityTag.of(view.snapshot(), request.address()).orElseThrow(),
                Origin.of(view.snapshot(), request.address()));
    }
}
