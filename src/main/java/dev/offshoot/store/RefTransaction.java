package dev.offshoot.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Moves several refs in one durable step, or none. */
final class RefTransaction {
    private final FileRepository repository;

    RefTransaction(FileRepository repository) {
        this.repository = repository;
    }

    /**
     * @return false when a ref is locked or no longer where a command expects it: nothing has moved
     * @throws IOException when it failed for any other reason
     */
    boolean update(List<ReceiveCommand> commands) throws IOException {
        BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
        batch.setAtomic(true);
        // A ledger's commits may follow another branch's; what may move where is decided before, not here.
        batch.setAllowNonFastForwards(true);
        batch.disableRefLog();
        batch.addCommand(commands);
        try (RevWalk walk = new RevWalk(repository)) {
            batch.execute(walk, NullProgressMonitor.INSTANCE);
        } catch (LockFailedException e) {
            return false;
        }
        if (!landed(commands)) {
            return false;
        }
        force(commands);
        return true;
    }

    private static boolean landed(List<ReceiveCommand> commands) throws IOException {
        boolean locked = false;
        for (ReceiveCommand command : commands) {
            switch (command.getResult()) {
                case OK -> {}
                case LOCK_FAILURE -> locked = true;
                case NOT_ATTEMPTED, REJECTED_OTHER_REASON -> {
                    // In an atomic batch the innocent commands are marked so when another one is refused.
                    if (!JGitText.get().transactionAborted.equals(command.getMessage())) {
                        throw refused(command);
                    }
                    locked = true;
                }
                case REJECTED_NOCREATE,
                        REJECTED_NODELETE,
                        REJECTED_NONFASTFORWARD,
                        REJECTED_CURRENT_BRANCH,
                        REJECTED_MISSING_OBJECT -> throw refused(command);
            }
        }
        return !locked;
    }

    private static IOException refused(ReceiveCommand command) {
        return new IOException(command.getRefName() + " was not updated: " + command.getResult()
                + (command.getMessage() == null ? "" : ", " + command.getMessage()));
    }

    /** JGit forces the files; their names are ours to force: packed-refs in the root, single refs in their folders. */
    private void force(List<ReceiveCommand> commands) throws IOException {
        Path root = repository.getDirectory().toPath();
        Durable.forceFolder(root);
        for (ReceiveCommand command : commands) {
            for (Path folder = root.resolve(command.getRefName()).getParent();
                    commands.size() == 1 && !folder.equals(root);
                    folder = folder.getParent()) {
                if (Files.isDirectory(folder)) {
                    Durable.forceFolder(folder);
                }
            }
        }
    }
}
