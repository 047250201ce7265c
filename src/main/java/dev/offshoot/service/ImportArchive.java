package dev.offshoot.service;

import dev.offshoot.archive.ArchiveReader;
import dev.offshoot.layout.DefinitionHeader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.WorkspaceRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Imports all documents of an archive in one commit: each as a single import would, the next over what those before it make. All of them or
 * none.
 */
public final class ImportArchive {
    private static final String SUFFIX = ".json";
    private static final int MOST_PROBLEMS = 50;

    private final Workspaces workspaces;
    private final LayoutEngine engine;
    private final Caches caches;
    private final ImportPlanner planner;
    private final LandJoined landing;
    private final Clock clock;
    private final Dependents dependents;

    ImportArchive(RepositoryStore store, LayoutEngine engine, Caches caches, LandJoined landing, Clock clock) {
        this.workspaces = new Workspaces(store);
        this.engine = engine;
        this.caches = caches;
        this.planner = new ImportPlanner(engine, caches, clock);
        this.landing = landing;
        this.clock = clock;
        this.dependents = new Dependents(engine, caches);
    }

    /**
     * An archive that somebody sends.
     *
     * @param branch where to; empty: the default branch
     * @param confirm agrees to a loss of data, as a plan listed it
     */
    public record Request(
            WorkspaceName workspace,
            ArchiveReader archive,
            Optional<BranchName> branch,
            Optional<ConfirmToken> confirm,
            Attribution by) {}

    /**
     * What the import would do now. Changes nothing.
     *
     * @throws Failure for everything that stands in the way of any document, each problem with the document's path
     */
    public JoinedPlan plan(Request request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        BranchName branch = request.branch().orElseGet(repository::defaultBranch);
        Snapshot state = Workspaces.require(repository, branch);
        return new Job(request, repository, branch).plan(state).telling(state, dependents);
    }

    /**
     * Imports.
     *
     * @throws Failure for everything that stands in the way; nothing is changed then
     */
    public JoinedPlan.Done run(Request request) {
        WorkspaceRepository repository = workspaces.require(request.workspace());
        BranchName branch = request.branch().orElseGet(repository::defaultBranch);
        Workspaces.require(repository, branch);
        Job job = new Job(request, repository, branch);
        return landing.run(
                repository,
                branch,
                new LandJoined.Work(job::plan, plan -> updateOf(plan, request.by()), request.confirm(), false));
    }

    private UpdateRequest updateOf(JoinedPlan plan, Attribution by) {
        return plan.update(Optional.empty(), by.message().orElseGet(() -> message(plan)), by.author(), by.when(clock));
    }

    private static String message(JoinedPlan plan) {
        List<JoinedPlan.Part> parts = plan.parts();
        return "Import " + parts.size() + " documents from an archive\n\n"
                + parts.stream().map(part -> part.plan().message() + "\n").collect(Collectors.joining());
    }

    /** One document, and what it is an export of. */
    private record Document(TreePath path, List<DefinitionHeader> mains) {
        /** Everything of a platform first, then what is shared, so that those who use it find it. */
        static final Comparator<Document> ORDER = Comparator.comparing(
                        (Document d) -> d.path().segments().size())
                .thenComparing(d -> d.mains().stream().anyMatch(DefinitionHeader::main))
                .thenComparing(Document::path);
    }

    /** One archive on its way into one branch. */
    private final class Job {
        private final Request request;
        private final BranchName branch;
        private final UUID namespace;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Document> documents;
        private final ImportWishes wishes;

        Job(Request request, WorkspaceRepository repository, BranchName branch) {
            this.request = request;
            this.branch = branch;
            this.namespace = repository.info().id();
            this.documents = documents();
            requireNoProblems();
            this.wishes = ImportWishes.NONE.on(branch).at(places());
        }

        private List<Document> documents() {
            if (request.archive().paths().isEmpty()) {
                throw Failure.of(Reason.INVALID_ARCHIVE, "", "the archive holds no documents");
            }
            List<Document> found = new ArrayList<>();
            for (TreePath path : request.archive().paths()) {
                if (!path.name().endsWith(SUFFIX)) {
                    throw Failure.of(
                            Reason.INVALID_ARCHIVE,
                            path.value(),
                            "an archive of definitions holds exports only, named like their address and .json");
                }
                attempt(path, () -> found.add(new Document(path, read(path).mains())));
            }
            found.sort(Document.ORDER);
            return found;
        }

        private Source read(TreePath path) {
            byte[] bytes = request.archive().bytes(path);
            return Source.read(bytes, Digests.sha256(bytes), Optional.empty(), engine);
        }

        private Places places() {
            Places places = Places.NONE;
            for (Document document : documents) {
                String path = document.path().value();
                TreePath place = TreePath.of(path.substring(0, path.length() - SUFFIX.length()));
                if (document.mains().size() == 1) {
                    places = places.with(document.mains().get(0), place);
                }
            }
            return places;
        }

        JoinedPlan plan(Snapshot state) {
            JoinedPlan.Builder joined = new JoinedPlan.Builder(state);
            for (Document document : documents) {
                attempt(document.path(), () -> {
                    WorkspaceView view = new WorkspaceView(joined.state(), engine, caches);
                    Plan plan = planner.plan(wishes, read(document.path()), view, namespace);
                    joined.add(new JoinedPlan.Part(plan, Optional.empty(), Optional.empty()));
                });
            }
            requireNoProblems();
            return joined.plan(branch);
        }

        /** What is wrong with one document does not hide what is wrong with the others. */
        private void attempt(TreePath path, Runnable step) {
            try {
                step.run();
            } catch (Failure e) {
                e.problems().stream()
                        .map(p -> p.in(path.value()))
                        .limit(Math.max(0, MOST_PROBLEMS - problems.size()))
                        .forEach(problems::add);
            }
        }

        private void requireNoProblems() {
            if (!problems.isEmpty()) {
                throw new Failure(problems);
            }
        }
    }
}
