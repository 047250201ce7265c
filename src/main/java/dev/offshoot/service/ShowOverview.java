package dev.offshoot.service;

import dev.offshoot.layout.Definition;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.VersionHeader;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.WorkspaceInfo;
import dev.offshoot.store.WorkspaceRepository;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person wants to see of a workspace at one glance: every definition of a branch, who changed it last, what can be exported. */
public final class ShowOverview {
    /** Commits that are looked through for last changes; what was changed before is only said to be older. */
    private static final int MOST_COMMITS = 2_000;

    private final Workspaces workspaces;
    private final LayoutEngine engine;
    private final Caches caches;

    ShowOverview(RepositoryStore store, LayoutEngine engine, Caches caches) {
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
    }

    /**
     * One definition.
     *
     * @param exported it has a document of its own
     * @param versions that an export can choose from; empty when it has none
     * @param changed by the newest commit that touched it; empty when that is too long ago
     */
    public record Row(
            Definition definition, boolean exported, List<VersionHeader> versions, Optional<CommitInfo> changed) {}

    /**
     * All of it.
     *
     * @param wide addresses of documents that hold all there is of a platform
     */
    public record Overview(
            WorkspaceInfo info,
            BranchName branch,
            List<BranchName> branches,
            ObjectName commit,
            List<Row> rows,
            List<TreePath> wide) {}

    /**
     * Shows a branch; the default branch when none is named.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}
     */
    public Overview run(WorkspaceName name, Optional<BranchName> wanted) {
        WorkspaceRepository repository = workspaces.require(name);
        BranchName branch = wanted.orElseGet(repository::defaultBranch);
        Snapshot snapshot = Workspaces.require(repository, branch);
        WorkspaceView view = new WorkspaceView(snapshot, engine, caches);
        List<Definition> definitions = view.definitions();
        Map<TreePath, CommitInfo> changes = repository.lastChanges(
                new Revision.Commit(snapshot.commit()),
                Set.copyOf(
                        definitions.stream().map(d -> view.placeOf(d.address())).toList()),
                MOST_COMMITS);
        List<Row> rows = definitions.stream().map(d -> row(view, d, changes)).toList();
        return new Overview(
                repository.info(), branch, repository.branches(), snapshot.commit(), rows, wide(definitions));
    }

    private Row row(WorkspaceView view, Definition definition, Map<TreePath, CommitInfo> changes) {
        TreePath address = definition.address();
        TreePath place = view.placeOf(address);
        boolean exported = place.equals(address);
        List<VersionHeader> versions =
                exported ? engine.versions(view.files(), view.ledgerAround(List.of(address)), address) : List.of();
        return new Row(definition, exported, versions, Optional.ofNullable(changes.get(place)));
    }

    private List<TreePath> wide(List<Definition> definitions) {
        Set<TreePath> platforms = new LinkedHashSet<>();
        definitions.forEach(
                d -> platforms.add(TreePath.of(d.address().segments().get(0))));
        return platforms.stream().filter(engine::isWide).toList();
    }
}
