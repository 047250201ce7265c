package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Other repositories where the operator allows them: on named servers, and in named folders of this machine. */
public final class AllowedRepositories implements RemoteRepositories {
    private final RemoteRepositories servers;
    private final RemoteRepositories folders;

    public AllowedRepositories(RemoteRepositories servers, RemoteRepositories folders) {
        this.servers = servers;
        this.folders = folders;
    }

    /**
     * Reads the operator's setting: URLs of servers and folders, separated by blanks, such as
     * {@code https://git.example.org http://127.0.0.1:8080 file:///srv/git}.
     *
     * @throws Failure {@code INVALID_PARAMETER}
     */
    public static RemoteRepositories parse(String setting) {
        Set<String> origins = new LinkedHashSet<>();
        List<Path> folders = new ArrayList<>();
        for (String place : setting.strip().split("\\s+")) {
            if (place.isEmpty()) {
                continue;
            }
            RemoteUrl url = RemoteUrl.parse(place.startsWith("file:") ? place : place.replaceFirst("/*$", "") + "/any");
            if (url instanceof RemoteUrl.Http http && http.path().equals("/any")) {
                origins.add(http.origin());
            } else if (url instanceof RemoteUrl.Local local) {
                folders.add(Path.of(local.path()));
            } else {
                throw Failure.of(
                        Reason.INVALID_PARAMETER,
                        "OFFSHOOT_ALLOW_REPOSITORIES",
                        "a whole server is allowed, not a path on it",
                        "write https://git.example.org");
            }
        }
        return new AllowedRepositories(
                new HttpRepositories(origins, HttpRepositories.Limits.DEFAULT), new LocalRepositories(folders));
    }

    @Override
    public FetchedRepository fetch(RemoteUrl url, Revision revision, Optional<RemoteCredentials> credentials) {
        return (url instanceof RemoteUrl.Http ? servers : folders).fetch(url, revision, credentials);
    }
}
