package dev.offshoot.http;

import dev.offshoot.access.Guard;
import dev.offshoot.access.RouteTable;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.service.UseCases;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP front: our API on Javalin, Git and the page on servlets of their own, one door in front of all. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Javalin javalin;
    private final Traffic traffic;
    private final HttpSettings settings;

    private HttpServer(Javalin javalin, Traffic traffic, HttpSettings settings) {
        this.javalin = javalin;
        this.traffic = traffic;
        this.settings = settings;
    }

    /**
     * Starts; listens when this returns.
     *
     * @param admission of documents, shared with whoever else takes some
     * @throws Failure {@code BUSY} when the port is taken
     */
    public static HttpServer start(
            HttpSettings settings, Doorkeeping doors, UseCases use, Admission admission, Neighbours neighbours) {
        Traffic traffic = new Traffic();
        Guard guard = new Guard(doors.workspaces());
        FrontDoor door = new FrontDoor(
                new Admittance(doors.callers(), new RouteTable(), guard),
                new Recorder(doors.registry().audit(), guard),
                traffic);
        Javalin javalin = Javalin.create(config -> {
            quiet(config);
            config.jetty.host = settings.host();
            config.jetty.port = settings.port();
            config.jetty.modifyHttpConfiguration(http -> {
                http.setUriCompliance(UriCompliance.RFC3986);
                http.setSendServerVersion(false);
                if (settings.behindProxy()) {
                    http.addCustomizer(new ForwardedRequestCustomizer());
                }
            });
            config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemErrorHandler()));
            config.jetty.modifyServletContextHandler(context -> mount(context, door, neighbours));
            routes(config.routes, settings, doors, use, admission);
        });
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw portTaken(settings.host(), settings.port(), e);
        }
        return new HttpServer(javalin, traffic, settings);
    }

    /**
     * Looks whether the server could listen, before anything else is begun.
     *
     * @throws Failure {@code BUSY} when the port is taken
     */
    public static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw portTaken(host, port, e);
        }
    }

    private static Failure portTaken(String host, int port, Exception cause) {
        return new Failure(
                new Problem(
                        Reason.BUSY,
                        "port",
                        "cannot listen on " + host + ":" + port,
                        "another program may have the port; choose one with --port"),
                cause);
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.router.javaLangErrorHandler(HttpServer::broken);
        // What is large are exports, which are read on the same machine or through a proxy that compresses.
        config.http.compressionStrategy = CompressionStrategy.NONE;
    }

    private static void mount(ServletContextHandler context, FrontDoor door, Neighbours neighbours) {
        FilterHolder holder = new FilterHolder(door);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder("git", neighbours.git()), "/git/*");
        ServletHolder page = new ServletHolder(Admittance.PAGE, neighbours.page());
        neighbours.pagePaths().forEach(path -> context.addServlet(page, path));
        context.setErrorHandler(new ProblemErrorHandler());
    }

    private static void routes(
            RoutesConfig routes, HttpSettings settings, Doorkeeping doors, UseCases use, Admission admission) {
        new AccountRoutes(doors).addTo(routes);
        new TokenRoutes(doors).addTo(routes);
        new AuditRoutes(doors).addTo(routes);
        new HealthRoutes(use).addTo(routes);
        new WorkspaceRoutes(use, doors).addTo(routes);
        new BranchRoutes(use).addTo(routes);
        new RemoteRoutes(use).addTo(routes);
        new ImportRoutes(use, admission, new DocumentLimit(settings.maxDocumentBytes())).addTo(routes);
        new RepositoryImportRoutes(use).addTo(routes);
        new TogetherRoutes(use, admission, new DocumentLimit(settings.maxDocumentBytes())).addTo(routes);
        new ArchiveRoutes(use, admission, new DocumentLimit(settings.maxDocumentBytes())).addTo(routes);
        new DefinitionRoutes(use).addTo(routes);
        new RevertRoutes(use).addTo(routes);
        new DiffRoutes(use, admission, new DocumentLimit(settings.maxDocumentBytes())).addTo(routes);
        routes.exception(Failure.class, (e, ctx) -> refused(e, ctx));
        routes.exception(HttpResponseException.class, (e, ctx) -> noRoute(e, ctx));
        routes.exception(
                ClientGone.class,
                (e, ctx) -> LOG.debug("request {}: the client went away", FrontDoor.requestId(ctx.req())));
        routes.exception(Exception.class, (e, ctx) -> unforeseen(e, ctx));
    }

    private static void refused(Failure e, Context ctx) {
        ProblemDocument problem = ProblemDocument.of(e);
        if (problem.status() >= 500 && e.reason() != Reason.UNREACHABLE) { // of ours, not of somebody else's server
            LOG.error("request {}: {}", FrontDoor.requestId(ctx.req()), e.getMessage(), e);
        }
        Answers.problem(ctx, problem);
    }

    private static void noRoute(HttpResponseException e, Context ctx) {
        ProblemDocument problem = switch (e.getStatus()) {
            case 404 -> ProblemDocument.plain(404, "not-found", "there is no such route; see docs/http-api.md");
            case 405 ->
                ProblemDocument.plain(
                        405,
                        "method-not-allowed",
                        "allowed here: "
                                + e.getDetails()
                                        .getOrDefault(
                                                "Available methods",
                                                e.getDetails().getOrDefault("availableMethods", "")));
            default -> ProblemDocument.plain(e.getStatus(), "http-" + e.getStatus(), "the request is refused");
        };
        Answers.problem(ctx, problem);
    }

    private static void unforeseen(Exception e, Context ctx) {
        String id = FrontDoor.requestId(ctx.req());
        LOG.error("request {} failed", id, e);
        Answers.problem(ctx, ProblemDocument.unforeseen(id));
    }

    /** Out of memory or stack: the request is lost, the process goes on. */
    private static void broken(HttpServletResponse response, Error e) {
        String id = String.valueOf(response.getHeader("X-Request-Id"));
        LOG.error("request {} failed", id, e);
        byte[] body = ProblemDocument.unforeseen(id).toBytes(id);
        response.setStatus(500);
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        try {
            response.getOutputStream().write(body);
        } catch (IOException gone) {
            LOG.debug("request {}: nobody waits for the answer", id);
        }
    }

    public int port() {
        return javalin.port();
    }

    /** Method and pattern of every route of ours, such as {@code GET /api/workspaces}; Git's are not among them. */
    public List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .sorted()
                .toList();
    }

    /** Lets requests under way finish, then stops listening. */
    @Override
    public void close() {
        try {
            traffic.drain(settings.patience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }
}
