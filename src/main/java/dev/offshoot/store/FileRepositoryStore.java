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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Workspaces on the local file system: bare repositories under {@code repositories/}, ordinary clones that follow them under
 * {@code workspaces/}. One process at a time; stock Git may read, fetch and even write beside it.
 */
public final class FileRepositoryStore implements RepositoryStore {
    private static final String SUFFIX = ".git";

    private final StoreContext context;
    private final FileChannel lockFile;
    private final Map<WorkspaceName, FileWorkspace> open = new HashMap<>();
    /** Names whose workspace is being taken away. */
    private final Set<WorkspaceName> going = new HashSet<>();

    private boolean closed;

    private FileRepositoryStore(StoreContext context, FileChannel lockFile) {
        this.context = context;
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

    /** Like {@link #open(Path, Clock)}, with all options. */
    public static FileRepositoryStore open(Path data, StoreOptions options) {
        return open(data, options, FaultPoint.NONE);
    }

    static FileRepositoryStore open(Path data, StoreOptions options, FaultPoint faults) {
        GitSetup.install();
        NewDataFolder.requireFinished(data);
        StoreContext context = StoreContext.of(data, options, faults);
        try {
            Files.createDirectories(context.repositories());
            Files.createDirectories(context.workspaces());
            FileRepositoryStore store = new FileRepositoryStore(context, lock(data));
            store.removeLeftovers(context.repositories());
            store.removeLeftovers(context.workspaces());
            if (options.checkouts()) {
                // Opening a workspace makes its checkout follow; those that a crash left behind must not wait for their
                // next user.
                context.checkouts().submit(store, store::openAll);
            }
            return store;
        } catch (IOException e) {
            throw Problems.storage("opened", e);
        }
    }

    static FileChannel lock(Path data) throws IOException {
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

    private void removeLeftovers(Path parent) throws IOException {
        for (Path folder : folders(parent, ".*")) {
            String name = folder.getFileName().toString();
            if (name.startsWith(StoreContext.NEW) || name.startsWith(StoreContext.DELETED)) {
                Durable.deleteTree(folder);
            }
        }
    }

    private static List<Path> folders(Path parent, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, glob)) {
            folders.forEach(found::add);
        }
        return found;
    }

    private void openAll() {
        for (WorkspaceName name : names()) {
            if (!isClosed()) {
                find(name);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Folders that are not named like a workspace are somebody else's. */
    private List<WorkspaceName> names() {
        try {
            return folders(context.repositories(), "[!.]*" + SUFFIX).stream()
                    .map(folder -> folder.getFileName().toString())
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(WorkspaceName::isValid)
                    .map(WorkspaceName::new)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Problems.storage("listed", e);
        }
    }

    @Override
    public List<WorkspaceInfo> list() {
        List<WorkspaceInfo> infos = new ArrayList<>();
        for (WorkspaceName name : names()) {
            find(name).ifPresent(workspace -> infos.add(workspace.info()));
        }
        return infos;
    }

    @Override
    public synchronized WorkspaceRepository create(WorkspaceName name, UUID id, Person creator) {
        requireOpen();
        Path folder = context.repository(name);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(Reason.ALREADY_EXISTS, "workspace", "there is a workspace " + name + " already");
        }
        Path unfinished = context.repositories().resolve(StoreContext.NEW + name + "-" + id);
        try {
            Instant now = context.options().clock().instant().truncatedTo(ChronoUnit.MILLIS);
            RepositoryFolder.create(unfinished, id, now, creator, context.faults());
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
            Log.warn("could not remove " + folder, e);
        }
    }

    @Override
    public synchronized Optional<WorkspaceRepository> find(WorkspaceName name) {
        requireOpen();
        try {
            return !going.contains(name) && Files.isDirectory(context.repository(name), LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(opened(name))
                    : Optional.empty();
        } catch (IOException e) {
            throw Problems.storage("opened", e);
        }
    }

    private FileWorkspace opened(WorkspaceName name) throws IOException {
        FileWorkspace known = open.get(name);
        if (known == null) {
            known = FileWorkspace.open(name, context.repository(name), context);
            open.put(name, known);
        }
        return known;
    }

    @Override
    public void delete(WorkspaceName name) {
        FileWorkspace workspace = take(name);
        try {
            workspace.close(); // waits for its users, so nobody else may have to
            List<Path> doomed = List.of(
                    // This first: a workspace without its checkout gets a new one, a checkout without its workspace
                    // would stay.
                    doom(context.checkout(name), context.workspaces(), name),
                    doom(context.repository(name), context.repositories(), name));
            context.faults().reached(FaultPoint.Step.DELETE_RENAMED);
            doomed.forEach(FileRepositoryStore::discard);
        } catch (IOException e) {
            throw Problems.storage("deleted", e);
        } finally {
            release(name);
        }
    }

    /** Renamed it is gone for good, whatever happens to the removal of its files. */
    private static Path doom(Path folder, Path parent, WorkspaceName name) throws IOException {
        Path doomed = parent.resolve(StoreContext.DELETED + name + "-" + UUID.randomUUID());
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Durable.rename(folder, doomed);
        }
        return doomed;
    }

    private synchronized FileWorkspace take(WorkspaceName name) {
        FileWorkspace workspace = (FileWorkspace) find(name).orElseThrow(() -> Problems.notFound("workspace: " + name));
        going.add(name);
        return workspace;
    }

    private synchronized void release(WorkspaceName name) {
        open.remove(name);
        going.remove(name);
    }

    @Override
    public void watch(Consumer<WorkspaceName> moved) {
        context.watcher().set(moved);
    }

    private void requireOpen() {
        if (closed) {
            throw Failure.of(Reason.BUSY, "", "the store is closed");
        }
    }

    /** Waits for operations under way; what the background has not done yet is done after the next start. */
    @Override
    public void close() {
        List<FileWorkspace> workspaces;
        synchronized (this) {
            closed = true;
            workspaces = List.copyOf(open.values());
            open.clear();
        }
        context.folding().close();
        context.checkouts().close();
        workspaces.forEach(FileWorkspace::close);
        context.forcing().shutdown();
        try {
            lockFile.close();
        } catch (IOException e) {
            throw Problems.storage("closed", e);
        }
    }
}
