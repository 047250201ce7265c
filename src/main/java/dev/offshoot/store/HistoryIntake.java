package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FirstFiles;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreeEdit;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PackParser;

/**
 * Takes the history of a commit of another repository over as it is: its objects into quarantine, every new commit looked at as one of a push is,
 * and then branch and ledger in one step. What is refused goes with the quarantine.
 */
final class HistoryIntake {
    private static final long LARGEST_HISTORY = 256L << 20;
    private static final int MOST_PROBLEMS = 50;

    private final PushHook.Landing landing;
    private final Quarantine quarantine;
    private final IncomingCommits commits;
    private final PushDeadline deadline;

    HistoryIntake(PushHook.Landing landing, Quarantine quarantine, IncomingCommits commits, PushDeadline deadline) {
        this.landing = landing;
        this.quarantine = quarantine;
        this.commits = commits;
        this.deadline = deadline;
    }

    /**
     * Takes it over, or only says whether that can be done.
     *
     * @throws Failure with all that is wrong with any commit; {@code ALREADY_EXISTS} for the branch; {@code LIMIT_EXCEEDED}
     */
    KeptHistory run(ForeignRepository from, ObjectName head, HistoryUpdate update) throws IOException {
        try (RepositoryView view = landing.view()) {
            Optional<RepositoryView.Branch> place = place(view, update.branch());
            receive(from.git(), ObjectId.fromString(head.value()));
            try (RepositoryView incoming = new RepositoryView(quarantine.repository(), new LedgerIndex())) {
                RevCommit tip = incoming.walk().parseCommit(ObjectId.fromString(head.value()));
                incoming.walk().parseBody(tip);
                List<RevCommit> fresh = commits.fresh(incoming, tip);
                Optional<RepositoryView.State> base =
                        view.stateAt(IncomingCommits.fork(incoming.walk(), tip, new HashSet<>(fresh)));
                commits.modes(incoming, fresh);
                requireGood();
                for (RevCommit commit : fresh) {
                    if (!commit.equals(tip)) {
                        commits.reviewAgainstParent(incoming, commit, base);
                    }
                }
                IncomingCommits.Head reviewed = commits.reviewHead(tip, base);
                deadline.check();
                requireGood();
                if (!update.dryRun()) {
                    land(update, tip, place, base, reviewed.verdict());
                }
                return new KeptHistory(
                        update.branch(),
                        head,
                        fresh.size(),
                        place.map(b -> new ObjectName(b.head().name())),
                        commits.findings().stream().limit(MOST_PROBLEMS).toList());
            }
        }
    }

    private void requireGood() {
        if (!commits.problems().isEmpty()) {
            List<Problem> all = new ArrayList<>();
            all.add(new Problem(
                    Reason.INVALID_REPOSITORY,
                    "/url",
                    "the history is not taken over: some of its commits could not be pushed here either",
                    "mend it there in every commit, or import the definitions without history"));
            commits.problems().stream().limit(MOST_PROBLEMS).forEach(all::add);
            throw new Failure(all);
        }
    }

    /** A branch that is there already: only the default one, as long as nobody has put anything into the workspace. */
    private static Optional<RepositoryView.Branch> place(RepositoryView view, BranchName name) throws IOException {
        Optional<RepositoryView.Branch> there = view.branch(name.ref());
        if (there.isEmpty()) {
            return there;
        }
        boolean untouched = view.defaultBranch().equals(name)
                && view.walk().parseCommit(there.get().head()).getParentCount() == 0
                && holdsFirstFilesAlone(view, there.get().tree());
        if (!untouched) {
            throw Failure.of(
                    Reason.ALREADY_EXISTS,
                    "/branch",
                    "there is a branch " + name + " with commits of its own",
                    "name a new branch; or take an empty workspace, whose default branch the history can become");
        }
        return there;
    }

    private static boolean holdsFirstFilesAlone(RepositoryView view, ObjectId tree) throws IOException {
        int entries = 0;
        for (TreeCursor c = new TreeCursor(view.trees().rawOrEmpty(tree)); c.next(); ) {
            entries++;
            boolean first = FirstFiles.TREE.files().entrySet().stream()
                    .anyMatch(file -> file.getKey().value().equals(c.name())
                            && file.getValue().blobName().value().equals(c.id().name()));
            if (!first) {
                return false;
            }
        }
        return entries == FirstFiles.TREE.files().size();
    }

    private void land(
            HistoryUpdate update,
            RevCommit tip,
            Optional<RepositoryView.Branch> place,
            Optional<RepositoryView.State> base,
            PushReview.Verdict verdict)
            throws IOException {
        UpdateRequest request = new UpdateRequest(
                update.branch(),
                place.map(b -> new ObjectName(b.head().name())),
                Map.of(),
                Map.of(),
                TreeEdit.NONE,
                verdict.ledger(),
                "",
                update.author(),
                update.when(),
                update.receipt());
        boolean create = place.isEmpty();
        try {
            landing.land(
                    request,
                    new Adoption(
                            tip.copy(),
                            tip.getTree().copy(),
                            create ? base : Optional.empty(),
                            create,
                            quarantine::release));
        } catch (Failure e) {
            quarantine.withdraw();
            throw e;
        }
    }

    /** Puts what the commit leads to into quarantine, checked object by object. */
    private void receive(FileRepository from, ObjectId tip) throws IOException {
        if (!from.getObjectDatabase().getShallowCommits().isEmpty()) {
            throw Failure.of(
                    Reason.INVALID_REPOSITORY,
                    "/url",
                    "the repository does not have its whole history",
                    "fetch the rest there: git fetch --unshallow");
        }
        Path pack = quarantine.room("history.pack");
        try {
            send(from, tip, pack);
            unpack(pack);
        } catch (MissingObjectException e) {
            throw broken("it lacks objects that its commits name", e);
        } catch (TooLargeObjectInPackException | IncomingRepository.TooMany e) {
            throw new Failure(
                    Problem.of(
                            Reason.LIMIT_EXCEEDED,
                            "/url",
                            "a history has at most " + IncomingRepository.MOST_OBJECTS + " objects, none of more than "
                                    + (IncomingRepository.LARGEST_OBJECT >> 20) + " MB"),
                    e);
        } catch (CorruptObjectException e) {
            throw broken(PushHook.line(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            deadline.check(); // what was cancelled for it looks like any other trouble
            throw e;
        } finally {
            Files.deleteIfExists(pack);
        }
    }

    private static Failure broken(String why, Exception e) {
        return new Failure(
                new Problem(
                        Reason.INVALID_REPOSITORY,
                        "/url",
                        "the history cannot be taken over: " + why,
                        "see there: git fsck --full"),
                e);
    }

    private void send(FileRepository from, ObjectId tip, Path pack) throws IOException {
        Set<ObjectId> here = new HashSet<>();
        for (Ref ref : quarantine.repository().getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
            here.add(ref.getObjectId());
        }
        PackConfig config = new PackConfig();
        config.setDeltaCompress(false);
        try (PackWriter writer = new PackWriter(config, from.newObjectReader());
                OutputStream out = new Bounded(new BufferedOutputStream(Files.newOutputStream(pack)))) {
            writer.setDeltaBaseAsOffset(true);
            writer.setReuseDeltaCommits(true);
            writer.setThin(false);
            writer.preparePack(monitor(), Set.of(tip), here);
            writer.writePack(monitor(), monitor(), out);
        }
    }

    private void unpack(Path pack) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(pack));
                ObjectInserter objects = quarantine.repository().newObjectInserter()) {
            PackParser parser = objects.newPackParser(deadline.over(in));
            parser.setObjectChecker(
                    deadline.objectChecker().setSafeForWindows(true).setSafeForMacOS(true));
            parser.setAllowThin(false);
            parser.parse(monitor());
            objects.flush();
        }
    }

    private ProgressMonitor monitor() {
        return new EmptyProgressMonitor() {
            @Override
            public boolean isCancelled() {
                return deadline.isOver();
            }
        };
    }

    /** Ends a history that is too large before the disk is full of it. */
    private static final class Bounded extends FilterOutputStream {
        private long written;

        Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            count(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            count(length);
            out.write(bytes, from, length);
        }

        private void count(int more) {
            written += more;
            if (written > LARGEST_HISTORY) {
                throw Failure.of(
                        Reason.LIMIT_EXCEEDED,
                        "/url",
                        "a history has at most " + (LARGEST_HISTORY >> 20) + " MB",
                        "import the definitions without history");
            }
        }
    }
}
