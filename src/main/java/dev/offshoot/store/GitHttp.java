package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.WorkspaceName;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.GitSmartHttpTools;
import org.eclipse.jgit.http.server.UploadPackErrorHandler;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefFilter;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.resolver.ServiceNotAuthorizedException;
import org.eclipse.jgit.transport.resolver.ServiceNotEnabledException;

/**
 * Git over HTTP as a plain servlet, to be mounted with a path ending in {@code /*}: stock {@code git clone} and {@code git fetch} of
 * {@code <workspace>.git}, protocol versions 0 to 2. Only branches and tags exist for a client, and only what they reach can be
 * fetched. Authentication is the mounting side's: a filter before it, and the look-up it passes in.
 */
public final class GitHttp extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Which workspaces a request may read. */
    @FunctionalInterface
    public interface Workspaces {
        /**
         * @return empty when there is none, or none that this caller may know of
         * @throws Failure for other refusals; {@code UNAUTHENTICATED} and {@code FORBIDDEN} become 401 and 403
         */
        Optional<WorkspaceRepository> find(HttpServletRequest request, WorkspaceName name);
    }

    /** Attribute of a request that holds the full name of the commit that a push moved a branch to; of several, the last. */
    public static final String PUSHED = GitHttp.class.getName() + ".pushed";

    private static final int MB = 1 << 20;
    private static final long LARGEST_PUSH = 256L * MB;
    private static final long LARGEST_COMMANDS = MB;
    /** A client that neither sends nor takes a byte for so long is gone. */
    private static final int TIMEOUT_SECONDS = 120;

    private static final String DEADLINE = GitHttp.class.getName() + ".deadline";
    private static final String LEASE = GitHttp.class.getName() + ".lease";
    private static final String PUSH = GitHttp.class.getName() + ".push";
    private static final String QUARANTINE = GitHttp.class.getName() + ".quarantine";
    private static final String WORKSPACE = GitHttp.class.getName() + ".workspace";

    private final transient GitServlet git = new GitServlet();
    private final transient PushTime time;

    private GitHttp(Workspaces workspaces, PushReview review, PushTime time) {
        this.time = time;
        git.setAsIsFileService(AsIsFileService.DISABLED);
        git.setRepositoryResolver((request, name) -> open(workspaces, request, name));
        git.setUploadPackFactory((request, repository) -> uploadPack(repository));
        git.setUploadPackErrorHandler(GitHttp::upload);
        git.setReceivePackFactory((request, repository) -> receivePack(request, repository, review));
    }

    /**
     * Makes one.
     *
     * @param review decides about every commit that is pushed
     * @param time how long a push may take
     */
    public static HttpServlet servlet(Workspaces workspaces, PushReview review, PushTime time) {
        GitSetup.install();
        return new GitHttp(workspaces, review, time);
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        git.init(config);
    }

    @Override
    public void destroy() {
        git.destroy();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            // Asked here, as later the path is cut. A push is bounded by its pack.
            boolean push = isPush(request);
            request.setAttribute(PUSH, push);
            git.service(push ? timed(request) : new BoundedRequest(request), response);
        } finally {
            if (request.getAttribute(QUARANTINE) instanceof Quarantine quarantine) {
                quarantine.close();
            }
            if (request.getAttribute(LEASE) instanceof FileWorkspace.Lease lease) {
                lease.close();
            }
        }
    }

    private HttpServletRequest timed(HttpServletRequest request) {
        PushDeadline deadline = time.begin();
        request.setAttribute(DEADLINE, deadline);
        return new TimedRequest(request, deadline);
    }

    private static boolean isPush(HttpServletRequest request) {
        String path = String.valueOf(request.getPathInfo());
        return path.endsWith("/git-receive-pack") || "git-receive-pack".equals(request.getParameter("service"));
    }

    private static Optional<WorkspaceName> parse(String path) {
        String name = path.endsWith(Constants.DOT_GIT_EXT)
                ? path.substring(0, path.length() - Constants.DOT_GIT_EXT.length())
                : path;
        try {
            return Optional.of(new WorkspaceName(name));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    private static Repository open(Workspaces workspaces, HttpServletRequest request, String path)
            throws RepositoryNotFoundException, ServiceNotAuthorizedException, ServiceNotEnabledException,
                    ServiceMayNotContinueException {
        Optional<WorkspaceName> name = parse(path);
        try {
            Optional<WorkspaceRepository> found = name.flatMap(n -> workspaces.find(request, n));
            if (found.isPresent() && found.get() instanceof FileWorkspace workspace) {
                FileWorkspace.Lease lease = workspace.lease();
                request.setAttribute(LEASE, lease);
                if (!Boolean.TRUE.equals(request.getAttribute(PUSH))) {
                    return lease.repository();
                }
                Quarantine quarantine = workspace.quarantine();
                request.setAttribute(QUARANTINE, quarantine);
                request.setAttribute(WORKSPACE, workspace);
                quarantine.repository().incrementOpen(); // the servlet closes it after the request
                return quarantine.repository();
            }
        } catch (IOException e) {
            Log.warn("a push could not begin", e);
            throw new ServiceMayNotContinueException("the server could not begin");
        } catch (Failure e) {
            switch (e.reason().category()) {
                case NOT_FOUND -> throw new RepositoryNotFoundException(path, e);
                case UNAUTHENTICATED -> throw new ServiceNotAuthorizedException(e.getMessage(), e);
                case FORBIDDEN -> throw new ServiceNotEnabledException(e.getMessage(), e);
                default ->
                    throw new ServiceMayNotContinueException(
                            e.getMessage(), HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
        throw new RepositoryNotFoundException(path);
    }

    private static ReceivePack receivePack(HttpServletRequest request, Repository repository, PushReview review)
            throws ServiceNotEnabledException {
        if (!(request.getAttribute(QUARANTINE) instanceof Quarantine quarantine)
                || !(request.getAttribute(WORKSPACE) instanceof FileWorkspace workspace)
                || !(request.getAttribute(DEADLINE) instanceof PushDeadline deadline)) {
            throw new ServiceNotEnabledException();
        }
        ReceivePack receive = new TimedReceivePack(repository, deadline);
        receive.setRefFilter(onlyShown());
        receive.setCheckReceivedObjects(true);
        receive.setObjectChecker(
                deadline.objectChecker().setSafeForWindows(true).setSafeForMacOS(true));
        // Nobody gets at what he cannot fetch by naming it in a commit of his own.
        receive.setCheckReferencedObjectsAreReachable(true);
        receive.setAllowNonFastForwards(true); // the hook refuses them, with a reason
        receive.setAtomic(false);
        receive.setMaxPackSizeLimit(LARGEST_PUSH);
        receive.setMaxObjectSizeLimit(IncomingRepository.LARGEST_OBJECT);
        receive.setMaxCommandBytes(LARGEST_COMMANDS);
        receive.setTimeout(TIMEOUT_SECONDS);
        receive.setPreReceiveHook(workspace.pushHook(quarantine, review, deadline));
        receive.setPostReceiveHook((push, moved) -> moved.stream()
                .filter(command -> command.getType() != ReceiveCommand.Type.DELETE)
                .forEach(command ->
                        request.setAttribute(PUSHED, command.getNewId().name())));
        return receive;
    }

    private static UploadPack uploadPack(Repository repository) {
        UploadPack upload = new UploadPack(repository);
        upload.setRefFilter(onlyShown());
        // Without a connection between requests a branch may move between advertisement and want, so what was its head
        // must do; what only hidden refs reach never does.
        upload.setRequestPolicy(UploadPack.RequestPolicy.REACHABLE_COMMIT);
        PackConfig packing = new PackConfig(repository);
        // Our objects are stored deflated and without deltas: copying them is cheaper than searching, for us and for
        // the waiting client.
        packing.setDeltaCompress(false);
        upload.setPackConfig(packing);
        upload.setTimeout(TIMEOUT_SECONDS);
        return upload;
    }

    /** Tells the client what it did wrong, and the log only what is ours: a stack trace per bad request would bury it. */
    private static void upload(
            HttpServletRequest request, HttpServletResponse response, UploadPackErrorHandler.UploadPackRunnable upload)
            throws IOException {
        try {
            upload.upload();
        } catch (ServiceMayNotContinueException e) {
            fail(request, response, e.getStatusCode(), e.getMessage());
        } catch (TransportException e) {
            fail(request, response, UploadPackErrorHandler.statusCodeForThrowable(e), e.getMessage());
        } catch (IOException | RuntimeException e) {
            Log.warn("a fetch of " + request.getPathInfo() + " failed", e);
            fail(request, response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "the server could not finish");
        }
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        if (!response.isCommitted()) {
            response.reset();
            GitSmartHttpTools.sendError(request, response, status, message);
        }
    }

    private static RefFilter onlyShown() {
        return refs -> refs.entrySet().stream()
                .filter(e -> isShown(e.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isShown(Ref ref) {
        return ref.getName().equals(Constants.HEAD)
                || ref.getName().startsWith(Constants.R_HEADS)
                || ref.getName().startsWith(Constants.R_TAGS);
    }
}
