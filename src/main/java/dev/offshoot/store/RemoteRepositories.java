package dev.offshoot.store;

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
}
