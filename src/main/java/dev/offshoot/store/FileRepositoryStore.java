package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Workspaces on the local file system: bare repositories under {@code repositories/}, ordinary clones that follow them under
 * {@code workspaces/}. One process at a time; stock Git may read, fetch and even write beside it.
 */
public final class FileRepositoryStore implements RepositoryStore {
    private static final String SUFFIX = ".git";
    /** Folders with these prefixes are leftovers of a crash; workspace names never start with a dot. */
    private static final String NEW = ".new-";

    private static final String DELETED = ".deleted-";

    private final Path repositories;
    private final StoreOptions options;
    private final FaultPoint faults;
    private final FileChannel lockFile;
    private final Map<WorkspaceName, FileWorkspace> open = new HashMap<>();
    private final Background folding = new Background("folding");
    private boolean closed;

    private FileRepositoryStore(Path data, StoreOptions options, FaultPoint faults, FileChannel lockFile) {
        this.repositories = data.resolve("repositories");
        this.options = options;
        this.faults = faults;
        this.lockFile = lockFile;
    }

    /**
     * Opens the store in a folder, creating it when it is missing, and cleans up after a crash.
     *
     * @throws Failure {@code BUSY} when another process has it open, {@code STORAGE} when the folder cannot be used
     */
    public static FileRepositoryStore open(Path data, Clock clock) {
        return open(data, StoreOptions.of(clock));
    }

    public static FileRepositoryStore open(Path data, StoreOptions options) {
        return open(data, options, FaultPoint.NONE);
    }

    static FileRepositoryStore open(Path data, StoreOptions options, FaultPoint faults) {
        GitSetup.install();
        try {
            Files.createDirectories(data.resolve("repositories"));
            FileRepositoryStore store = new FileRepositoryStore(data, options, faults, lock(data));
            store.removeLeftovers();
            return store;
        } catch (IOException e) {
            throw Problems.storage("opened", e);
        }
    }

    private static FileChannel lock(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel; // held until the channel is closed or the process ends, however it ends
            }
        } catch (OverlappingFileLockException e) {
            // this very process has it open
        }
        channel.close();
        throw Failure.of(Reason.BUSY, "", "another server uses the data folder", "stop it, or choose another folder");
    }

    private void removeLeftovers() throws IOException {
        for (Path folder : folders(".*")) {
            String name = folder.getFileName().toString();
            if (name.startsWith(NEW) || name.startsWith(DELETED)) {
                Durable.deleteTree(folder);
            }
        }
    }

    private List<Path> folders(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(repositories, glob)) {
            folders.forEach(found::add);
        }
        return found;
    }

    private Path folder(WorkspaceName name) {
        return repositories.resolve(name.value() + SUFFIX);
    }

    @Override
    public synchronized List<WorkspaceInfo> list() {
        try {
            List<WorkspaceInfo> infos = new ArrayList<>();
            for (Path folder : folders("[!.]*" + SUFFIX)) {
                String file = folder.getFileName().toString();
                infos.add(opened(new WorkspaceName(file.substring(0, file.length() - SUFFIX.length())))
                        .info());
            }
            infos.sort((a, b) -> a.name().compareTo(b.name()));
            return infos;
        } catch (IOException e) {
            throw Problems.storage("listed", e);
        }
    }

    @Override
    public synchronized WorkspaceRepository create(WorkspaceName name, UUID id, Person creator) {
        requireOpen();
        Path folder = folder(name);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(Reason.ALREADY_EXISTS, "workspace", "there is a workspace " + name + " already");
        }
        Path unfinished = repositories.resolve(NEW + name + "-" + id);
        try {
            RepositoryFolder.create(
                    unfinished, id, options.clock().instant().truncatedTo(ChronoUnit.MILLIS), creator, faults);
            Durable.rename(unfinished, folder);
            return opened(name);
        } catch (IOException e) {
            discard(unfinished);
            throw Problems.storage("created", e);
        }
    }

    /** Best effort: what stays is removed when the store is opened next. */
    private static void discard(Path folder) {
        try {
            Durable.deleteTree(folder);
        } catch (IOException e) {
            System.getLogger(FileRepositoryStore.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove " + folder, e);
        }
    }

    @Override
    public synchronized Optional<WorkspaceRepository> find(WorkspaceName name) {
        requireOpen();
        try {
            return Files.isDirectory(folder(name), LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(opened(name))
                    : Optional.empty();
        } catch (IOException e) {
            throw Problems.storage("opened", e);
        }
    }

    private FileWorkspace opened(WorkspaceName name) throws IOException {
        FileWorkspace known = open.get(name);
        if (known == null) {
            known = FileWorkspace.open(name, folder(name), folding, faults);
            open.put(name, known);
        }
        return known;
    }

    @Override
    public synchronized void delete(WorkspaceName name) {
        FileWorkspace workspace = (FileWorkspace) find(name).orElseThrow(() -> Problems.notFound("workspace: " + name));
        workspace.close();
        open.remove(name);
        Path doomed = repositories.resolve(DELETED + name + "-" + UUID.randomUUID());
        try {
            Durable.rename(folder(name), doomed);
            faults.reached(FaultPoint.Step.DELETE_RENAMED);
        } catch (IOException e) {
            throw Problems.storage("deleted", e);
        }
        discard(doomed);
    }

    private void requireOpen() {
        if (closed) {
            throw Failure.of(Reason.BUSY, "", "the store is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        folding.close();
        open.values().forEach(FileWorkspace::close);
        open.clear();
        try {
            lockFile.close();
        } catch (IOException e) {
            throw Problems.storage("closed", e);
        }
    }
}
