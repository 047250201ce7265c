package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Repositories in folders of this machine that the operator allows. Read where they are; links may not lead out of the folders. */
public final class LocalRepositories implements RemoteRepositories {
    private final List<Path> folders;

    public LocalRepositories(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public FetchedRepository fetch(RemoteUrl url, Revision revision, Optional<RemoteCredentials> credentials) {
        if (!(url instanceof RemoteUrl.Local local) || !isAllowed(Path.of(local.path()))) {
            throw Failure.of(
                    Reason.FORBIDDEN, "url", url + " is not allowed here", "the operator can allow hosts and folders");
        }
        ForeignRepository repository = ForeignRepository.open(Path.of(local.path()));
        try {
            return new FetchedRepository(repository, repository.commit(revision), () -> {});
        } catch (RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private boolean isAllowed(Path path) {
        try {
            Path real = path.toRealPath();
            for (Path folder : folders) {
                if (real.startsWith(folder.toRealPath())) {
                    return true;
                }
            }
            return false;
        } catch (IOException notThere) {
            return false; // what is not there and what is not allowed look alike from outside
        }
    }
}
