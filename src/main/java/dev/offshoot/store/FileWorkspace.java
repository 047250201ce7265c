package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** A workspace in a bare repository of the local file system. */
final class FileWorkspace implements WorkspaceRepository, GitFiles.Reading, AutoCloseable {
    /** How long taking a workspace away waits for readers, clones included. */
    private static final Duration LONGEST_USE = Duration.ofSeconds(30);

    private static final CheckoutState NO_CHECKOUT =
            new CheckoutState(CheckoutState.Status.DISABLED, Optional.empty(), "");

    private final WorkspaceInfo info;
    private final FileRepository repository;
    private final LedgerIndex ledgers = new LedgerIndex();
    private final TreeCache trees;
    private final CommitQueue queue;
    private final PackStore packs;
    private final PackFolding folding;
    private final Optional<CheckoutFollower> checkout;
    private final Background background;
    private final RefChanges refChanges;
    private final RemotesFile remotes;
    private final Gate gate = new Gate();
    private final Runnable moved;

    private FileWorkspace(WorkspaceInfo info, FileRepository repository, StoreContext context) throws IOException {
        this.info = info;
        this.repository = repository;
        this.trees = context.trees();
        this.background = context.folding();
        this.moved = () -> context.moved(info.name());
        FaultPoint faults = context.faults();
        this.packs = new PackStore(repository.getObjectDatabase(), context.forcing(), faults);
        this.queue = new CommitQueue(
                new GroupCommitter(this::view, packs, new RefTransaction(repository), faults, this::landed));
        this.remotes = new RemotesFile(repository.getDirectory().toPath());
        this.refChanges = new RefChanges(repository, faults);
        this.folding = new PackFolding(repository.getObjectDatabase(), packs, faults);
        this.checkout = context.options().checkouts() ? Optional.of(follower(context)) : Optional.empty();
    }

    /** Opens a repository, putting right first what a crash left. */
    static FileWorkspace open(WorkspaceName name, Path folder, StoreContext context) throws IOException {
        RepositoryFolder.recover(folder);
        FileRepository repository = RepositoryFolder.open(folder);
        try {
            FileWorkspace workspace = new FileWorkspace(RepositoryFolder.info(name, repository), repository, context);
            workspace.checkout.ifPresent(CheckoutFollower::headMoved); // a crash may have left it behind
            return workspace;
        } catch (IOException e) {
            repository.close();
            throw e;
        }
    }

    /** A group has landed; the next one waits until this returns. */
    private void landed() {
        folding.added();
        checkout.ifPresent(CheckoutFollower::headMoved);
        moved.run();
        if (folding.isOverdue()) {
            folding.foldWhenDue();
        } else if (folding.isDue()) {
            background.submit(folding, this::foldInBackground);
        }
    }

    private CheckoutFollower follower(StoreContext context) {
        Checkout tree = new Checkout(
                context.checkout(info.name()),
                context.beginning(info.name()),
                context.options().origin().apply(info.name()),
                this::givePacks,
                context.faults());
        return new CheckoutFollower(context.checkouts(), () -> follow(tree));
    }

    private void givePacks(CheckoutFolder folder) {
        try {
            folding.undisturbed(() -> folder.takePacks(packs.folder()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CheckoutState follow(Checkout tree) {
        if (!gate.enter()) {
            return checkout(); // closing
        }
        try (RepositoryView view = view()) {
            BranchName branch = view.defaultBranch();
            ObjectId head = view.branch(branch.ref())
                    .orElseThrow(() -> Problems.notFound("default branch"))
                    .head();
            return tree.follow(view.walk(), branch, head);
        } catch (IOException e) {
            throw Problems.storage("checked out", e);
        } finally {
            gate.leave();
        }
    }

    private void foldInBackground() {
        if (gate.enter()) {
            try {
                folding.foldWhenDue();
            } finally {
                gate.leave();
            }
        }
    }

    private RepositoryView view() {
        return new RepositoryView(repository, ledgers, trees);
    }

    @Override
    public <T> T read(Task<T> task) {
        return inside("read", () -> {
            try (RepositoryView view = view()) {
                return task.run(view);
            }
        });
    }

    /** Keeps the repository from being taken away until it is closed; for the Git servlet, which reads on its own. */
    interface Lease extends AutoCloseable {
        FileRepository repository();

        @Override
        void close();
    }

    Lease lease() {
        requireEntered();
        return new Lease() {
            @Override
            public FileRepository repository() {
                repository.incrementOpen(); // the servlet closes it after the request
                return repository;
            }

            @Override
            public void close() {
                gate.leave();
            }
        };
    }

    /** Where a push of one request is received; the caller closes it. To be used inside a lease. */
    Quarantine quarantine() throws IOException {
        return Quarantine.of(repository);
    }

    PushHook pushHook(Quarantine quarantine, PushReview review, PushDeadline deadline) {
        return new PushHook(new PushLanding(), quarantine, incoming(quarantine, review, deadline), deadline);
    }

    private IncomingCommits incoming(Quarantine quarantine, PushReview review, PushDeadline deadline) {
        return new IncomingCommits(info, quarantine, this, review, deadline);
    }

    @Override
    public KeptHistory keepHistory(FetchedRepository from, HistoryUpdate update, PushReview review) {
        return inside("written", () -> {
            PushDeadline deadline = PushTime.DEFAULT.begin("taking over a history");
            try (Quarantine quarantine = quarantine()) {
                HistoryIntake intake = new HistoryIntake(
                        new PushLanding(), quarantine, incoming(quarantine, review, deadline), deadline);
                return intake.run(from.repository(), from.at().id(), update);
            }
        });
    }

    private final class PushLanding implements PushHook.Landing {
        @Override
        public RepositoryView view() {
            return FileWorkspace.this.view();
        }

        @Override
        public GitFiles.Reading reading() {
            return FileWorkspace.this;
        }

        @Override
        public void land(UpdateRequest request, Adoption adoption) {
            inside("written", () -> {
                if (adoption.create()) {
                    refChanges.requireFree(request.branch());
                }
                Prepared prepared;
                try (RepositoryView view = view()) {
                    ObjectId ledger = view.branch(request.branch().ref())
                            .flatMap(RepositoryView.Branch::ledger)
                            .or(() -> adoption.fork().flatMap(RepositoryView.State::ledger))
                            .map(LedgerCommit::tree)
                            .orElse(TreeSource.EMPTY);
                    prepared = Prepared.of(request, view.trees(), TreeSource.EMPTY, ledger);
                }
                return queue.submit(prepared.adopting(adoption));
            });
        }

        @Override
        public void createTag(TagName name, ObjectId target) {
            changeRefs(view -> refChanges.create(name, target));
        }

        @Override
        public void deleteBranch(BranchName name, ObjectName expected) {
            changeRefs(view -> {
                refChanges.requireAt(name.ref(), expected);
                return refChanges.delete(view, name);
            });
        }

        @Override
        public void deleteTag(TagName name, ObjectName expected) {
            changeRefs(view -> {
                refChanges.requireAt(name.ref(), expected);
                return refChanges.delete(name);
            });
        }
    }

    private void requireEntered() {
        if (!gate.enter()) {
            throw Problems.notFound("workspace any more: " + info.name());
        }
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private <T> T inside(String doing, Action<T> action) {
        requireEntered();
        // JGit gives up reading refs when it finds a caller interrupted. What is begun here is short and better
        // finished.
        boolean interrupted = Thread.interrupted();
        try {
            return action.run();
        } catch (UncheckedIOException e) {
            throw Problems.storage(doing, e.getCause());
        } catch (IOException e) {
            throw Problems.storage(doing, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            gate.leave();
        }
    }

    @Override
    public WorkspaceInfo info() {
        return info;
    }

    @Override
    public BranchName defaultBranch() {
        return read(RepositoryView::defaultBranch);
    }

    @Override
    public void setDefaultBranch(BranchName name) {
        changeRefs(view -> refChanges.makeDefault(name));
        checkout.ifPresent(CheckoutFollower::headMoved);
    }

    @Override
    public List<BranchName> branches() {
        return inside("read", () -> repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)).stream()
                .map(ref -> ref.getName().substring(Constants.R_HEADS.length()))
                // What other programs create under names we would not is out of reach, not an error.
                .filter(BranchName::isValid)
                .map(BranchName::new)
                .sorted()
                .toList();
    }

    @Override
    public SortedMap<BranchName, ObjectName> heads() {
        return commits(Constants.R_HEADS, BranchName::new);
    }

    @Override
    public SortedMap<TagName, ObjectName> tags() {
        return commits(Constants.R_TAGS, TagName::new);
    }

    private <N> SortedMap<N, ObjectName> commits(String prefix, Function<String, N> type) {
        return read(view -> {
            SortedMap<N, ObjectName> found = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                String name = ref.getName().substring(prefix.length());
                Optional<ObjectName> commit = view.commitAt(ref.getObjectId());
                if (BranchName.isValid(name) && commit.isPresent()) {
                    found.put(type.apply(name), commit.get());
                }
            }
            return found;
        });
    }

    @Override
    public ObjectName createBranch(BranchName name, Revision from) {
        return changeRefs(view -> refChanges.create(view, name, from));
    }

    @Override
    public void deleteBranch(BranchName name) {
        changeRefs(view -> refChanges.delete(view, name));
    }

    @Override
    public ObjectName createTag(TagName name, Revision at) {
        return changeRefs(view -> refChanges.create(view, name, at));
    }

    @Override
    public void deleteTag(TagName name) {
        changeRefs(view -> refChanges.delete(name));
    }

    private <T> T changeRefs(Task<T> change) {
        T done = inside("written", () -> {
            try (RepositoryView view = view()) {
                return change.run(view);
            }
        });
        moved.run();
        return done;
    }

    @Override
    public Optional<Snapshot> snapshot(Revision revision) {
        return read(view -> view.resolve(revision).map(state -> GitSnapshot.of(state, this)));
    }

    @Override
    public UpdateResult update(UpdateRequest request, Runnable condition) {
        return inside("written", () -> {
            Prepared prepared;
            try (RepositoryView view = view()) {
                RepositoryView.Branch base = view.branch(request.branch().ref())
                        .orElseThrow(() -> Problems.notFound("branch: " + request.branch()));
                prepared = Prepared.of(
                        request,
                        view.trees(),
                        base.tree(),
                        base.ledger().map(LedgerCommit::tree).orElse(TreeSource.EMPTY));
            }
            condition.run();
            return queue.submit(prepared);
        });
    }

    @Override
    public List<CommitInfo> history(Revision revision, TreePath path, Optional<ObjectName> after, int limit) {
        return read(view -> {
            ObjectId start = view.resolve(revision)
                    .orElseThrow(() -> Problems.notFound("branch, tag or commit: " + revision))
                    .commit();
            return History.of(view, start, path, after, limit);
        });
    }

    @Override
    public Optional<CommitInfo> inHistory(Revision revision, ObjectName commit) {
        return read(view -> {
            Optional<RepositoryView.State> state = view.resolve(revision);
            return state.isEmpty()
                    ? Optional.empty()
                    : History.find(view, state.get().commit(), commit);
        });
    }

    @Override
    public Map<TreePath, CommitInfo> lastChanges(Revision revision, Set<TreePath> places, int most) {
        return read(view -> {
            ObjectId start = view.resolve(revision)
                    .orElseThrow(() -> Problems.notFound("branch, tag or commit: " + revision))
                    .commit();
            return History.last(view, start, places, most);
        });
    }

    @Override
    public SortedMap<RemoteName, Remote> remotes() {
        return inside("read", remotes::read);
    }

    @Override
    public void changeRemotes(UnaryOperator<SortedMap<RemoteName, Remote>> change) {
        inside("written", () -> {
            remotes.change(change);
            return null;
        });
    }

    Path folder() {
        return repository.getDirectory().toPath();
    }

    @Override
    public CheckoutState checkout() {
        return checkout.map(CheckoutFollower::state).orElse(NO_CHECKOUT);
    }

    @Override
    public CheckoutState awaitCheckout(Duration atMost) {
        return checkout.map(follower -> follower.await(atMost)).orElse(NO_CHECKOUT);
    }

    /** Ends all use: later calls are refused, those under way may finish. */
    @Override
    public void close() {
        checkout.ifPresent(CheckoutFollower::close);
        gate.close(LONGEST_USE);
        repository.close();
    }
}
