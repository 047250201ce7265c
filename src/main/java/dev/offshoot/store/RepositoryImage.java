package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * A repository as it stood at one moment, read while somebody else, even another process, goes on writing it: all refs of that moment, ledgers
 * included, and what they lead to. What refs lead to never changes, so it can be read at leisure.
 */
public final class RepositoryImage implements AutoCloseable {
    private static final String SUFFIX = ".git";
    /** Refs are read until they were the same so often: then there was a moment at which all of them stood so. */
    private static final int SAME_LOOKS = 3;

    private static final int MOST_LOOKS = 2000;

    private final WorkspaceInfo info;
    private final FileRepository repository;
    private final RepositoryRefs refs;

    private RepositoryImage(WorkspaceInfo info, FileRepository repository, RepositoryRefs refs) {
        this.info = info;
        this.repository = repository;
        this.refs = refs;
    }

    /**
     * The workspaces of a data folder.
     *
     * @throws Failure {@code NOT_FOUND} when it is none
     */
    public static List<WorkspaceName> names(Path data) {
        Path repositories = data.resolve("repositories");
        if (!Files.isDirectory(repositories)) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    data.toString(),
                    "is no data folder of Offshoot",
                    "name the folder that serve --data names");
        }
        List<WorkspaceName> found = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(repositories, "[!.]*" + SUFFIX)) {
            for (Path folder : folders) {
                String file = folder.getFileName().toString();
                String name = file.substring(0, file.length() - SUFFIX.length());
                if (WorkspaceName.isValid(name) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new WorkspaceName(name));
                }
            }
        } catch (IOException e) {
            throw Problems.storage("listed", e);
        }
        Collections.sort(found);
        return found;
    }

    /**
     * Takes the image of a workspace.
     *
     * @throws Failure {@code BUSY} when its refs do not stand still long enough to be read, {@code STORAGE}
     */
    public static RepositoryImage of(Path data, WorkspaceName name) {
        GitSetup.install();
        Path folder = folder(data, name);
        try {
            RepositoryRefs refs = steadyRefs(folder);
            FileRepository repository = RepositoryFolder.open(folder);
            try {
                return new RepositoryImage(RepositoryFolder.info(name, repository), repository, refs);
            } catch (IOException e) {
                repository.close();
                throw e;
            }
        } catch (IOException e) {
            throw Problems.storage("read", e);
        }
    }

    static Path folder(Path data, WorkspaceName name) {
        return data.resolve("repositories").resolve(name + SUFFIX);
    }

    private static RepositoryRefs steadyRefs(Path folder) throws IOException {
        RepositoryRefs last = readRefs(folder);
        int same = 1;
        for (int look = 0; look < MOST_LOOKS; look++) {
            RepositoryRefs now = readRefs(folder);
            same = now.equals(last) ? same + 1 : 1;
            last = now;
            if (same == SAME_LOOKS) {
                return now;
            }
        }
        throw Failure.of(
                Reason.BUSY, folder.getFileName().toString(), "its branches do not stand still", "try again later");
    }

    /** Opened anew each time, because an open repository remembers refs. */
    private static RepositoryRefs readRefs(Path folder) throws IOException {
        try (FileRepository repository = RepositoryFolder.open(folder)) {
            SortedMap<String, ObjectId> found = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
                if (RepositoryRefs.isOurs(ref.getName()) && ref.getObjectId() != null) {
                    found.put(ref.getName(), ref.getObjectId().copy());
                }
            }
            try (RepositoryView view = new RepositoryView(repository, new LedgerIndex())) {
                return new RepositoryRefs(view.defaultBranch(), found);
            }
        }
    }

    public WorkspaceInfo info() {
        return info;
    }

    public BranchName defaultBranch() {
        return refs.defaultBranch();
    }

    /** The small files of the repository, by their names in its folder: {@code HEAD}, {@code config}, {@code packed-refs}, and its remotes. */
    public Map<TreePath, Content> files() {
        Map<TreePath, Content> files = new TreeMap<>(Map.of(
                RestoredRepository.HEAD, refs.head(),
                RestoredRepository.CONFIG, RepositoryFolder.config(info.id(), info.createdAt()),
                RestoredRepository.REFS, refs.packed()));
        try {
            var remotes = new RemotesFile(repository.getDirectory().toPath()).read();
            if (!remotes.isEmpty()) {
                files.put(RestoredRepository.REMOTES, Content.utf8(RemotesFile.text(remotes)));
            }
        } catch (IOException e) {
            throw Problems.storage("read", e);
        }
        return files;
    }

    /** Writes everything that the refs lead to, as one pack. */
    public void writePack(OutputStream out) throws IOException {
        Set<ObjectId> wanted = new HashSet<>(refs.byName().values());
        PackConfig config = new PackConfig(repository);
        config.setDeltaCompress(false); // ours have none, and a new search for them would be most of the time
        config.setThreads(1);
        try (PackWriter writer = new PackWriter(config, repository.newObjectReader())) {
            writer.setDeltaBaseAsOffset(true);
            writer.preparePack(NullProgressMonitor.INSTANCE, wanted, Set.of());
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
