package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Revision;
import dev.offshoot.outbound.OutboundGate;
import dev.offshoot.outbound.Passage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
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
 * Repositories on other servers, fetched through the outbound gate into a folder of their own that goes away after use; and folders of this
 * machine that the operator allows, read where they are; and branches pushed to other servers. One conversation about a repository at a time,
 * eight altogether.
 */
public final class GatedRepositories implements RemoteRepositories {
    private static final int MOST_FETCHES = 8;
    private static final int MOST_REFS = 20_000;

    private final OutboundGate gate;
    private final Path folder;
    private final Semaphore room = new Semaphore(MOST_FETCHES);
    private final Lock[] turns = new Lock[64];

    /** @param folder where what is fetched is put meanwhile, and nothing else; emptied now */
    public GatedRepositories(OutboundGate gate, Path folder) {
        this.gate = gate;
        this.folder = folder.toAbsolutePath();
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new ReentrantLock(true);
        }
        discard(this.folder);
    }

    @Override
    public FetchedRepository fetch(RemoteUrl url, Revision revision, Optional<RemoteCredentials> credentials) {
        GitSetup.install();
        return url instanceof RemoteUrl.Http http
                ? inTurn(http, () -> fetch(http, revision, credentials))
                : opened(gate.folder((RemoteUrl.Local) url), revision, () -> {});
    }

    private static FetchedRepository opened(Path place, Revision revision, Runnable cleanUp) {
        ForeignRepository repository = ForeignRepository.open(place);
        try {
            return new FetchedRepository(repository, repository.commit(revision), cleanUp);
        } catch (RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    @Override
    public Published push(
            WorkspaceRepository from, BranchName branch, RemoteUrl.Http url, Optional<RemoteCredentials> credentials) {
        GitSetup.install();
        return inTurn(url, () -> {
            try (Passage passage = gate.open(url)) {
                OutgoingPush push = new OutgoingPush(passage, branch);
                try {
                    return push.run((FileWorkspace) from, credentials, new Bounds(passage));
                } catch (IOException | RuntimeException e) {
                    throw e instanceof Failure failure ? failure : push.failed(e);
                }
            }
        });
    }

    private <T> T inTurn(RemoteUrl.Http url, Supplier<T> conversation) {
        Lock turn = turns[Math.floorMod(url.hashCode(), turns.length)];
        if (!await(turn)) {
            throw Failure.of(
                    Reason.BUSY,
                    "/url",
                    "somebody else is fetching from this repository, or pushing to it",
                    "try again later");
        }
        try {
            if (!room.tryAcquire()) {
                throw Failure.of(
                        Reason.BUSY, "/url", "this server is talking to many places already", "try again later");
            }
            try {
                return conversation.get();
            } finally {
                room.release();
            }
        } finally {
            turn.unlock();
        }
    }

    private boolean await(Lock turn) {
        try {
            return turn.tryLock(gate.limits().total().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FetchedRepository fetch(RemoteUrl.Http url, Revision revision, Optional<RemoteCredentials> credentials) {
        try (Passage passage = gate.open(url)) {
            Path place = Files.createTempDirectory(Files.createDirectories(folder), "fetch-");
            try {
                receive(place, passage, revision, credentials);
                return opened(place, revision, () -> discard(place));
            } catch (IOException | URISyntaxException | RuntimeException e) {
                discard(place);
                throw e instanceof Failure failure ? failure : failed(passage, e);
            }
        } catch (IOException e) {
            throw Problems.storage("fetched", e);
        }
    }

    private static void receive(Path place, Passage passage, Revision revision, Optional<RemoteCredentials> credentials)
            throws IOException, URISyntaxException {
        try (FileRepository local = new IncomingRepository(RepositoryFolder.options(place))) {
            local.create(true);
            StoredConfig config = local.getConfig();
            config.setString("http", null, "followRedirects", "false");
            config.save();
            try (Transport transport =
                    Transport.open(local, new URIish(passage.url().toString()))) {
                ((TransportHttp) transport).setHttpConnectionFactory(GatedConnection.through(passage));
                transport.setTagOpt(TagOpt.NO_TAGS);
                transport.setCheckFetchedObjects(true);
                credentials.ifPresent(c -> transport.setCredentialsProvider(
                        new UsernamePasswordCredentialsProvider(c.user(), c.password())));
                transport.fetch(new Bounds(passage), wanted(transport, local, revision));
            }
        }
    }

    /** One branch or tag is enough, unless a commit is meant: any of them may lead to it. */
    private static List<RefSpec> wanted(Transport transport, FileRepository local, Revision revision)
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
            local.updateRef(Constants.HEAD).link(branch);
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

    /** What the other server says is not repeated: it is a stranger's text. */
    private static Failure failed(Passage passage, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IncomingRepository.TooMany || cause instanceof TooLargeObjectInPackException) {
                return new Failure(
                        Problem.of(
                                Reason.LIMIT_EXCEEDED,
                                "/url",
                                passage.url() + " sends more than " + IncomingRepository.MOST_OBJECTS
                                        + " objects, or one of more than " + (IncomingRepository.LARGEST_OBJECT >> 20)
                                        + " MB"),
                        e);
            }
        }
        String why = passage.trouble()
                .map(Passage.Trouble::text)
                .orElse("it is gone, forbidden, redirects, or is not a Git repository over smart HTTP");
        return new Failure(
                new Problem(
                        Reason.INVALID_REPOSITORY,
                        "/url",
                        passage.url() + " could not be fetched: " + why,
                        "try: git ls-remote " + passage.url() + "; a private one needs user and password"),
                e);
    }

    private static void discard(Path place) {
        try {
            Durable.deleteTree(place);
        } catch (IOException e) {
            Log.warn("could not remove " + place, e);
        }
    }

    /** Ends the reading of a pack that takes too long to unpack. */
    private static final class Bounds extends EmptyProgressMonitor {
        private final Passage passage;

        Bounds(Passage passage) {
            this.passage = passage;
        }

        @Override
        public boolean isCancelled() {
            return passage.isOver();
        }
    }
}
