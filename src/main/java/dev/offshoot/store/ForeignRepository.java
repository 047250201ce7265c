package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A Git repository on this machine that is not ours. Read, never written; for one thread. */
public final class ForeignRepository implements AutoCloseable {
    private static final int MOST_FILES = 500_000;
    private static final String NOBODY = "unknown";

    private final FileRepository repository;
    private final Path folder;

    private ForeignRepository(FileRepository repository, Path folder) {
        this.repository = repository;
        this.folder = folder;
    }

    /**
     * Opens a working copy or a bare repository.
     *
     * @throws Failure {@code INVALID_REPOSITORY} when there is none in the folder itself
     */
    public static ForeignRepository open(Path folder) {
        GitSetup.install();
        try {
            FileRepositoryBuilder builder = new FileRepositoryBuilder();
            Path inside = folder.resolve(Constants.DOT_GIT);
            FileRepository repository =
                    (FileRepository) builder.setGitDir((inside.toFile().isDirectory() ? inside : folder).toFile())
                            .setMustExist(true)
                            .build();
            return new ForeignRepository(repository, folder);
        } catch (IOException e) {
            throw new Failure(
                    new Problem(
                            Reason.INVALID_REPOSITORY,
                            folder.toString(),
                            "is no Git repository",
                            "name the folder of a clone, or of a bare repository"),
                    e);
        }
    }

    /**
     * The commits that a branch or tag went through, oldest first: first parents only, so that each state is one that somebody saw there.
     *
     * @throws Failure {@code NOT_FOUND} when there is no such branch, tag or commit
     */
    public List<CommitInfo> mainline(Revision revision) {
        List<CommitInfo> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setFirstParent(true);
            for (RevCommit commit = start(walk, revision); commit != null; ) {
                found.add(info(commit));
                commit = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        Collections.reverse(found);
        return found;
    }

    /**
     * The commit that a branch, tag or commit name leads to.
     *
     * @throws Failure {@code NOT_FOUND} when there is no such branch, tag or commit
     */
    public CommitInfo commit(Revision revision) {
        try (RevWalk walk = new RevWalk(repository)) {
            return info(start(walk, revision));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The newest commit at or before another one that a condition holds for; looks at {@code most} commits at most. */
    public Optional<ObjectName> newest(ObjectName from, int most, Predicate<ObjectName> condition) {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(from.value())));
            RevCommit commit = walk.next();
            for (int seen = 0; commit != null && seen < most; seen++) {
                ObjectName name = new ObjectName(commit.name());
                if (condition.test(name)) {
                    return Optional.of(name);
                }
                commit = walk.next();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The file or folder that a commit has at a path. */
    public Optional<ObjectName> objectAt(ObjectName commit, String path) {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = TreeWalk.forPath(
                        repository,
                        path,
                        walk.parseCommit(ObjectId.fromString(commit.value())).getTree())) {
            return Optional.ofNullable(tree)
                    .map(found -> new ObjectName(found.getObjectId(0).name()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RevCommit start(RevWalk walk, Revision revision) throws IOException {
        Optional<ObjectId> id = revision instanceof Revision.Commit commit
                ? Optional.of(ObjectId.fromString(commit.id().value()))
                : revision instanceof Revision.Default
                        ? ref(Constants.HEAD)
                        : Stream.of(Constants.R_HEADS, Constants.R_REMOTES + "origin/", Constants.R_TAGS)
                                .flatMap(prefix -> ref(prefix + revision).stream())
                                .findFirst();
        if (id.isPresent()) {
            try {
                return walk.parseCommit(id.get());
            } catch (MissingObjectException e) {
                // said below: for who asked it is not there
            }
        }
        throw Failure.of(
                Reason.NOT_FOUND, folder.toString(), "has no branch, tag or commit " + revision, "see: git branch -a");
    }

    private Optional<ObjectId> ref(String name) {
        try {
            return Optional.ofNullable(repository.exactRef(name)).map(Ref::getObjectId);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Authors of other tools may lack what we require of people. */
    private static CommitInfo info(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return new CommitInfo(
                new ObjectName(commit.name()),
                Arrays.stream(commit.getParents())
                        .map(parent -> new ObjectName(parent.name()))
                        .toList(),
                new Person(orNobody(author.getName()), orNobody(author.getEmailAddress())),
                author.getWhenAsInstant(),
                commit.getFullMessage());
    }

    private static String orNobody(String text) {
        return text == null || text.isBlank() ? NOBODY : text;
    }

    /** Paths and blobs of a commit, as Git has them; links and submodules left out. */
    public SortedMap<String, ObjectName> files(ObjectName commit) {
        SortedMap<String, ObjectName> found = new TreeMap<>();
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(walk.parseCommit(ObjectId.fromString(commit.value())).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                FileMode mode = tree.getFileMode();
                if (found.size() == MOST_FILES) {
                    throw Failure.of(
                            Reason.LIMIT_EXCEEDED,
                            folder.toString(),
                            "has more than " + MOST_FILES + " files in one commit");
                }
                if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
                    found.put(
                            tree.getPathString(),
                            new ObjectName(tree.getObjectId(0).name()));
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return found;
    }

    /** The content of a blob, at most as large as a definition's file may be. */
    public Content read(ObjectName blob) {
        try {
            return Content.of(repository
                    .open(ObjectId.fromString(blob.value()), Constants.OBJ_BLOB)
                    .getCachedBytes(GitSetup.LARGEST_IN_MEMORY));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    FileRepository git() {
        return repository;
    }

    private Failure unreadable(IOException e) {
        return new Failure(
                Problem.of(Reason.INVALID_REPOSITORY, folder.toString(), "cannot be read: " + e.getMessage()), e);
    }

    @Override
    public void close() {
        repository.close();
    }
}
