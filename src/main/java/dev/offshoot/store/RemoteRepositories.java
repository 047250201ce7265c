package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import java.util.Optional;

/** Where other repositories are got from. */
@FunctionalInterface
public interface RemoteRepositories {
    /** Nobody may be asked. */
    RemoteRepositories NONE = (url, revision, credentials) -> {
        throw Failure.of(
                Reason.FORBIDDEN,
                "url",
                "this server does not fetch from other repositories",
                "the operator can allow hosts and folders");
    };

    /**
     * Brings what a revision leads to onto this machine, with its history.
     *
     * @throws Failure {@code FORBIDDEN} when the operator does not allow the place, {@code INVALID_REPOSITORY} when there is no repository,
     *     {@code NOT_FOUND} for the revision
     */
    FetchedRepository fetch(RemoteUrl url, Revision revision, Optional<RemoteCredentials> credentials);

    /**
     * Pushes a branch of a workspace to the branch of the same name in another repository, creating it there when it is missing. Never by
     * force, and nothing but what the branch leads to.
     *
     * @throws Failure {@code FORBIDDEN} when the operator does not allow the place, {@code CONFLICT} when the branch there has other commits or
     *     is refused, {@code INVALID_REPOSITORY} when the place cannot be pushed to, {@code NOT_FOUND} for the branch, {@code BUSY}
     */
    default Published push(
            WorkspaceRepository from, BranchName branch, RemoteUrl.Http url, Optional<RemoteCredentials> credentials) {
        throw Failure.of(
                Reason.FORBIDDEN,
                "remote",
                "this server does not push to other repositories",
                "the operator can allow hosts");
    }
}
