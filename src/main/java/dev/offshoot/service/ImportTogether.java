package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Imports several documents in one commit: each as a single import would, the next over what those before it make. All of them or none. What
 * somebody changed together elsewhere stays together that way.
 */
public final class ImportTogether {
    private final Workspaces workspaces;
    private final LayoutEngine engine;
    private final Caches caches;
    private final ImportPlanner planner;
    private final LandJoined landing;
    private final Clock clock;

    ImportTogether(RepositoryStore store, LayoutEngine engine, Caches caches, LandJoined landing, Clock clock) {
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
        this.planner = new ImportPlanner(engine, caches, clock);
        this.landing = landing;
        this.clock = clock;
    }

    /**
     * One of the documents.
     *
     * @param target definition that becomes what it says; empty: a new one
     * @param name that the definition gets
     */
    public record Item(Optional<TreePath> target, Optional<DefinitionName> name, byte[] document) {}

    /**
     * Documents that belong together, in the order in which they refer to each other.
     *
     * @param branch where to; empty: the default branch
     * @param confirm agrees to a loss of data
     */
    public record Request(
            WorkspaceName workspace,
            Optional<BranchName> branch,
            List<Item> items,
            Optional<ConfirmToken> confirm,
            Attribution by) {
        public Request {
            items = List.copyOf(items);
        }
    }

    /**
     * Imports.
     *
     * @throws Failure for the first document that something stands in the way of, each problem with its place; nothing is changed then
     */
    public JoinedPlan.Done run(Request request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        BranchName branch = request.branch().orElseGet(repository::defaultBranch);
        Workspaces.require(repository, branch);
        return landing.run(
                repository,
                branch,
                new LandJoined.Work(
                        state -> plan(request, branch, repository, state),
                        plan -> updateOf(plan, request.by()),
                        request.confirm(),
                        false));
    }

    private JoinedPlan plan(Request request, BranchName branch, WorkspaceRepository repository, Snapshot state) {
        JoinedPlan.Builder joined = new JoinedPlan.Builder(state);
        for (int i = 0; i < request.items().size(); i++) {
            Item item = request.items().get(i);
            WorkspaceView view = new WorkspaceView(joined.state(), engine, caches);
            try {
                Source source = Source.read(item.document(), Digests.sha256(item.document()), item.name(), engine);
                ImportWishes wishes = item.target()
                        .map(target -> ImportWishes.NONE.on(branch).into(target))
                        .orElseGet(() -> ImportWishes.NONE.on(branch).as(ImportMode.CREATE));
                Plan plan = planner.plan(wishes, source, view, repository.info().id());
                joined.add(new JoinedPlan.Part(plan, Optional.empty(), Optional.empty()));
            } catch (Failure e) {
                String place = "/imports/" + i;
                throw new Failure(e.problems().stream().map(p -> p.in(place)).toList());
            }
        }
        return joined.plan(branch);
    }

    private UpdateRequest updateOf(JoinedPlan plan, Attribution by) {
        String all = plan.parts().stream().map(part -> part.plan().message()).collect(Collectors.joining("\n"));
        return plan.update(Optional.empty(), by.message().orElse(all), by.author(), by.when(clock));
    }
}
