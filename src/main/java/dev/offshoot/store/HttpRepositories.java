package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Repositories of other servers, fetched over HTTP from the places that the operator named, and from no others: no redirect, no proxy.
 * Bounded in bytes, time and refs; one fetch of a repository at a time. What is fetched goes to a temporary folder.
 */
public final class HttpRepositories implements RemoteRepositories {
    private static final int MOST_FETCHES = 8;
    private static final int MOST_REFS = 20_000;

    private final Set<String> origins;
    private final Limits limits;
    private final Semaphore room = new Semaphore(MOST_FETCHES);
    private final Lock[] turns = new Lock[64];

    /**
     * What one fetch may take.
     *
     * @param idle without a byte from the other side
     * @param total from the first byte to the last
     * @param bytes as they come over the wire
     */
    public record Limits(Duration idle, Duration total, long bytes) {
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), Duration.ofMinutes(5), 512L << 20);
    }

    /** @param origins scheme, host and port of the servers that may be asked, such as {@code http://127.0.0.1:8080} */
    public HttpRepositories(Set<String> origins, Limits limits) {
        this.origins = Set.copyOf(origins);
        this.limits = limits;
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new ReentrantLock(true);
        }
    }

    @Override
    public FetchedRepository fetch(RemoteUrl url, Revision revision, Optional<RemoteCredentials> credentials) {
        if (!(url instanceof RemoteUrl.Http http) || !origins.contains(http.origin())) {
            throw Failure.of(
                    Reason.FORBIDDEN, "/url", url + " is not allowed here", "the operator can allow its server");
        }
        Lock turn = turns[Math.floorMod(url.hashCode(), turns.length)];
        if (!await(turn)) {
            throw Failure.of(Reason.BUSY, "/url", "this repository is being fetched already", "try again later");
        }
        try {
            if (!room.tryAcquire()) {
                throw Failure.of(
                        Reason.BUSY, "/url", "this server fetches from many places already", "try again later");
            }
            try {
                return fetchInTurn(http, revision, credentials);
            } finally {
                room.release();
            }
        } finally {
            turn.unlock();
        }
    }

    private boolean await(Lock turn) {
        try {
            return turn.tryLock(limits.total().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FetchedRepository fetchInTurn(
            RemoteUrl.Http url, Revision revision, Optional<RemoteCredentials> credentials) {
        GitSetup.install();
        Path folder = scratch();
        try {
            fetchInto(folder, url, revision, credentials);
            ForeignRepository repository = ForeignRepository.open(folder);
            try {
                return new FetchedRepository(repository, repository.commit(revision), () -> delete(folder));
            } catch (RuntimeException e) {
                repository.close();
                throw e;
            }
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("offshoot-fetch-");
        } catch (IOException e) {
            throw new Failure(Problem.of(Reason.STORAGE, "", "no room for what is fetched"), e);
        }
    }

    private void fetchInto(
            Path folder, RemoteUrl.Http url, Revision revision, Optional<RemoteCredentials> credentials) {
        try (FileRepository repository = new FileRepository(folder.toFile())) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setString("http", null, "followRedirects", "false");
            config.setBoolean("fetch", null, "fsckObjects", true);
            config.save();
            try (Transport transport = Transport.open(repository, new URIish(url.toString()))) {
                ((TransportHttp) transport).setHttpConnectionFactory(new BoundedConnections(limits));
                transport.setTimeout((int) limits.idle().toSeconds());
                transport.setTagOpt(TagOpt.NO_TAGS);
                credentials.ifPresent(c -> transport.setCredentialsProvider(
                        new UsernamePasswordCredentialsProvider(c.user(), c.password())));
                transport.fetch(NullProgressMonitor.INSTANCE, wanted(transport, repository, revision));
            }
        } catch (TransportException e) {
            throw refused(url, e);
        } catch (IOException | URISyntaxException e) {
            throw failed(url, "cannot be fetched", e);
        }
    }

    /** One branch or tag is enough, unless a commit is meant: any of them may lead to it. */
    private static List<RefSpec> wanted(Transport transport, FileRepository repository, Revision revision)
            throws IOException {
        Map<String, Ref> refs;
        try (FetchConnection connection = transport.openFetch()) {
            refs = connection.getRefsMap();
        }
        if (refs.size() > MOST_REFS) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED, "/url", "the repository has more than " + MOST_REFS + " branches and tags");
        }
        if (revision instanceof Revision.Default) {
            Ref head = refs.get(Constants.HEAD);
            if (head == null) {
                throw Failure.of(Reason.NOT_FOUND, "/ref", "the repository has no default branch", "name a branch");
            }
            String branch = head.isSymbolic() ? head.getTarget().getName() : Constants.R_HEADS + Constants.MASTER;
            repository.updateRef(Constants.HEAD).link(branch);
            return List.of(new RefSpec("+" + Constants.HEAD + ":" + branch));
        }
        List<RefSpec> specs = new ArrayList<>();
        for (String prefix : List.of(Constants.R_HEADS, Constants.R_TAGS)) {
            if (revision instanceof Revision.Commit) {
                specs.add(new RefSpec("+" + prefix + "*:" + prefix + "*"));
            } else if (refs.containsKey(prefix + revision)) {
                specs.add(new RefSpec("+" + prefix + revision + ":" + prefix + revision));
            }
        }
        if (specs.isEmpty()) {
            throw Failure.of(
                    Reason.NOT_FOUND,
                    "/ref",
                    "the repository has no branch or tag " + revision,
                    "see: git ls-remote <url>");
        }
        return specs;
    }

    /** What the other side says about itself is not repeated: it may be anything. */
    private Failure refused(RemoteUrl.Http url, TransportException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedConnections.LimitPassed passed) {
                return failed(url, passed.getMessage(), e);
            }
        }
        return failed(url, "is no Git repository that can be fetched: gone, forbidden, redirecting or broken", e);
    }

    private static Failure failed(RemoteUrl.Http url, String what, Exception e) {
        return new Failure(
                new Problem(
                        Reason.INVALID_REPOSITORY,
                        "/url",
                        url + " " + what,
                        "try it with: git ls-remote " + url + "; a private one needs user and password"),
                e);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            // It is in the system's folder for what may be thrown away.
        }
    }
}
