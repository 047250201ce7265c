package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.store.FetchedRepository;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.WorkspaceRepository;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Brings definitions of another repository into a workspace: fetch it, see what it holds, plan all that was chosen, land it in one
 * commit with a record of where it came from.
 */
public final class ImportFromRepository {
    /** Commits that are looked through for one that both sides have. */
    private static final int MOST_COMMITS = 20_000;

    private static final long CACHE_BYTES = 64L << 20;

    private final RemoteRepositories remotes;
    private final Workspaces workspaces;
    private final LayoutEngine engine;
    private final Caches caches;
    private final Clock clock;
    private final FindOffers find;
    private final PlanCopies copies;
    private final PlanMerge merges;
    private final Dependents dependents;
    private final LandJoined landing;

    ImportFromRepository(
            RemoteRepositories remotes,
            RepositoryStore store,
            LayoutEngine engine,
            Caches caches,
            LandJoined landing,
            Clock clock) {
        this.landing = landing;
        this.remotes = remotes;
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
        this.clock = clock;
        this.find = new FindOffers(engine);
        ImportPlanner planner = new ImportPlanner(engine, caches, clock);
        this.copies = new PlanCopies(engine, caches, planner);
        this.merges = new PlanMerge(engine, caches, planner);
        this.dependents = new Dependents(engine, caches);
    }

    /** What a commit of the other repository holds. */
    public record Listing(RemoteUrl url, CommitInfo commit, List<Offer> offers) {}

    /**
     * What there is. Writes nothing.
     *
     * @throws Failure for everything that stands in the way
     */
    public Listing list(RepositoryRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        try (FetchedRepository fetched = remotes.fetch(request.url(), request.revision(), request.credentials())) {
            Remote remote = new Remote(request, fetched, repository);
            return new Listing(
                    request.url(), fetched.at(), remote.offersAt(fetched.at().id()));
        }
    }

    /** What the import would do now. Writes nothing. */
    public JoinedPlan plan(RepositoryRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        try (FetchedRepository fetched = remotes.fetch(request.url(), request.revision(), request.credentials())) {
            RepositoryRequest onBranch = onBranch(request, repository);
            Remote remote = new Remote(onBranch, fetched, repository);
            Snapshot state = Workspaces.require(repository, onBranch.branch().orElseThrow());
            return remote.plan(state).telling(state, dependents);
        }
    }

    /**
     * Imports.
     *
     * @throws Failure for everything that stands in the way; nothing is changed then
     */
    public JoinedPlan.Done run(RepositoryRequest request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        RepositoryRequest onBranch = onBranch(request, repository);
        BranchName branch = onBranch.branch().orElseThrow();
        Workspaces.require(repository, branch);
        try (FetchedRepository fetched = remotes.fetch(request.url(), request.revision(), request.credentials())) {
            Remote remote = new Remote(onBranch, fetched, repository);
            return landing.run(
                    repository,
                    branch,
                    new LandJoined.Work(
                            remote::plan,
                            plan -> updateOf(plan, remote),
                            request.confirm(),
                            request.expected().isPresent()));
        }
    }

    private UpdateRequest updateOf(JoinedPlan plan, Remote remote) {
        return plan.update(remote.request.expected(), message(plan, remote), remote.request.caller(), clock.instant());
    }

    private static String message(JoinedPlan plan, Remote remote) {
        List<JoinedPlan.Part> parts = plan.parts();
        String subject = parts.size() == 1
                ? parts.get(0).plan().message()
                : "Add " + parts.size() + " definitions from another repository";
        String all = parts.size() == 1
                ? ""
                : parts.stream().map(p -> p.plan().message() + "\n").collect(Collectors.joining()) + "\n";
        return subject + "\n\n" + all + "From " + remote.request.url() + "\nat commit " + remote.at();
    }

    private static RepositoryRequest onBranch(RepositoryRequest request, WorkspaceRepository repository) {
        return new RepositoryRequest(
                request.workspace(),
                request.url(),
                request.revision(),
                request.definitions(),
                Optional.of(request.branch().orElseGet(repository::defaultBranch)),
                request.target(),
                request.name(),
                request.credentials(),
                request.expected(),
                request.confirm(),
                request.caller());
    }

    /** The other repository while one request works with it. */
    private final class Remote {
        private final RepositoryRequest request;
        private final FetchedRepository fetched;
        private final WorkspaceRepository repository;
        private final BoundedCache<ObjectName, Content> blobs = new BoundedCache<>(CACHE_BYTES);

        Remote(RepositoryRequest request, FetchedRepository fetched, WorkspaceRepository repository) {
            this.request = request;
            this.fetched = fetched;
            this.repository = repository;
        }

        ObjectName at() {
            return fetched.at().id();
        }

        List<Offer> offersAt(ObjectName commit) {
            return find.in(new ForeignFiles(fetched.repository(), commit, blobs), repositoryName(), namespace());
        }

        /** Ids of copies are made from where they come from and where they go, so that they meet no others. */
        private UUID namespace() {
            return UUID.nameUUIDFromBytes(
                    (repository.info().id() + " " + request.url()).getBytes(StandardCharsets.UTF_8));
        }

        private String repositoryName() {
            String path = request.url().path().replaceFirst("/$", "").replaceFirst("\\.git$", "");
            String last = path.substring(path.lastIndexOf('/') + 1);
            return last.isBlank() ? "app" : last;
        }

        JoinedPlan plan(Snapshot state) {
            JoinedPlan.Builder joined = new JoinedPlan.Builder(state);
            UUID workspace = repository.info().id();
            if (request.target().isPresent()) {
                joined.add(merge(request.target().get(), new WorkspaceView(state, engine, caches), workspace));
            } else {
                copies.plan(request, chosen(offersAt(at())), this::originOf, joined, workspace);
            }
            return joined.plan(request.branch().orElseThrow());
        }

        private JoinedPlan.Part merge(TreePath target, WorkspaceView view, UUID workspace) {
            if (view.find(target).isEmpty()) {
                throw Failure.of(
                        Reason.NOT_FOUND,
                        "/target",
                        "no definition at " + target,
                        Workspaces.existing(
                                "definitions",
                                view.definitionsIn(target.parent()).stream().map(d -> d.address())));
            }
            Optional<Origin> origin = Origin.of(view.snapshot(), target)
                    .filter(known -> known.url().equals(request.url()));
            Offer now = wanted(target, origin);
            ObjectName base = commonBase(origin, view.snapshot(), target, now);
            Optional<Offer> before = offersAt(base).stream()
                    .filter(offer -> offer.path().equals(now.path()))
                    .findFirst();
            return merges.plan(
                    request, target, new PlanMerge.Theirs(base, before, now), originOf(now), view, workspace);
        }

        /** The definition there that is meant: the chosen one, the one that this was copied from, or the one of the same address. */
        private Offer wanted(TreePath target, Optional<Origin> origin) {
            if (request.definitions().size() > 1) {
                throw Failure.of(
                        Reason.INVALID_PARAMETER, "/definitions", "one target for several definitions", "choose one");
            }
            String path = request.definitions().stream()
                    .findFirst()
                    .or(() -> origin.map(Origin::path))
                    .orElse(target.value());
            return choose(offersAt(at()), List.of(path)).get(0);
        }

        private ObjectName commonBase(Optional<Origin> origin, Snapshot state, TreePath target, Offer now) {
            Optional<ObjectName> recorded = origin.map(Origin::commit)
                    .filter(known -> fetched.repository()
                            .newest(at(), MOST_COMMITS, known::equals)
                            .isPresent());
            return recorded.or(() -> sharedWith(state))
                    .or(() -> new EqualState(repository, target).newest(state.commit(), fetched, now, MOST_COMMITS))
                    .orElseThrow(() -> Failure.of(
                            Reason.CONFLICT,
                            "/target",
                            "this definition and the repository have no common base: it was not imported from there, no"
                                    + " commit of one is in the history of the other, and it never was the same in both",
                            "import it as a new definition, or send its export to …/imports with this target"));
        }

        /** A commit that both histories have: somebody cloned from here, and it comes back. */
        private Optional<ObjectName> sharedWith(Snapshot state) {
            Set<ObjectName> here = repository
                    .history(new Revision.Commit(state.commit()), TreePath.ROOT, Optional.empty(), MOST_COMMITS)
                    .stream()
                    .map(CommitInfo::id)
                    .collect(Collectors.toSet());
            return fetched.repository().newest(at(), MOST_COMMITS, here::contains);
        }

        private Origin originOf(Offer offer) {
            return new Origin(request.url(), at(), offer.path(), offer.id());
        }

        private List<Offer> chosen(List<Offer> offers) {
            return choose(offers, request.definitions());
        }

        private List<Offer> choose(List<Offer> offers, List<String> paths) {
            if (offers.isEmpty()) {
                throw Failure.of(
                        Reason.UNKNOWN_PLATFORM,
                        "/url",
                        "commit " + at() + " holds nothing that can be imported",
                        "trees of definitions, repositories that Appsmith or ToolJet wrote, and exports as .json files"
                                + " are found");
            }
            List<Offer> found = new ArrayList<>();
            for (Offer offer : offers) {
                if (paths.isEmpty() || paths.contains(offer.path())) {
                    found.add(offer);
                }
            }
            Set<String> known = found.stream().map(Offer::path).collect(Collectors.toSet());
            paths.stream().filter(path -> !known.contains(path)).findFirst().ifPresent(path -> {
                throw Failure.of(
                        Reason.NOT_FOUND,
                        "/definitions",
                        "no " + path + " in commit " + at(),
                        Workspaces.existing("definitions", offers.stream().map(Offer::path)));
            });
            return found;
        }
    }
}
