package dev.offshoot.web;

import dev.offshoot.access.Callers;
import dev.offshoot.access.Session;
import dev.offshoot.access.Throttle;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.service.UseCases;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import dev.offshoot.wire.Statuses;
import dev.offshoot.wire.Turned;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.Servlet;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page for people with a browser: what there is, getting it out, bringing something in. Written on the server, readable without
 * scripts. The front door in front of it says whose session a request belongs to; without one, every place here shows the sign-in.
 */
public final class Page {
    /** What it serves, as the servlet specification writes paths. */
    public static final List<String> PATHS = List.of("", "/session/*", "/workspaces/*", "/assets/*");

    private static final Logger LOG = LoggerFactory.getLogger(Page.class);
    private static final int WRONG_TOKENS = 10;
    private static final Duration WRONG_TOKENS_PER = Duration.ofMinutes(10);
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    private static final String WORKSPACE = "/workspaces/{workspace}";
    private static final String DRAFT = WORKSPACE + "/imports/{draft}";
    /** Part of the heap for documents that somebody is deciding about. */
    private static final int DRAFTS_SHARE = 16;

    private final Javalin javalin;

    /**
     * Wires it.
     *
     * @param admission of documents, shared with the API
     * @param limit of documents, the same as the API's
     */
    public Page(
            UseCases use, Callers callers, Admission admission, DocumentLimit limit, Clock clock, SecureRandom random) {
        SignInPages signIn = new SignInPages(callers, new Throttle(clock, WRONG_TOKENS, WRONG_TOKENS_PER));
        Uploads uploads = new Uploads(limit, admission);
        Drafts drafts = new Drafts(
                callers.sessions(), clock, random, Runtime.getRuntime().maxMemory() / DRAFTS_SHARE);
        ImportPages imports = new ImportPages(use, admission, uploads, drafts);
        RepositoryPages repositories = new RepositoryPages(use, drafts);
        DraftPages decisions = new DraftPages(drafts, imports, repositories);
        this.javalin = Javalin.create(config -> {
            quiet(config);
            uploads.configure(config.jetty.multipartConfig);
            RoutesConfig routes = config.routes;
            routes.before(Page::doorstep);
            new Assets().addTo(routes);
            routes.post(Link.SESSION.value(), ctx -> answer(ctx, signIn.signIn(ctx)));
            routes.post(Link.SESSION_END.value(), signedIn(signIn::signOut));
            WorkspacePages workspaces = new WorkspacePages(use, uploads.most());
            routes.get(Link.HOME.value(), signedIn(workspaces::home));
            routes.post(Link.WORKSPACES.value(), signedIn(workspaces::create));
            routes.get(WORKSPACE, signedIn(workspaces::show));
            routes.get(WORKSPACE + "/export", signedIn(workspaces::export));
            routes.post(WORKSPACE + "/imports", signedIn(imports::send));
            routes.post(WORKSPACE + "/repositories", signedIn(repositories::look));
            routes.post(DRAFT + "/choice", signedIn(repositories::choose));
            routes.get(DRAFT, signedIn(decisions::show));
            routes.post(DRAFT, signedIn(decisions::confirm));
            routes.post(DRAFT + "/discard", signedIn(decisions::discard));
            routes.exception(Failure.class, Page::refused);
            routes.exception(HttpResponseException.class, Page::noRoute);
            routes.exception(Exception.class, Page::unforeseen);
        });
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = 64 * 1024;
        config.http.compressionStrategy = CompressionStrategy.NONE;
    }

    /** To be mounted at {@link #PATHS}, behind the front door. */
    public Servlet servlet() {
        return javalin.javalinServlet();
    }

    /** Method and pattern of every route. */
    public List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .sorted()
                .toList();
    }

    /** Before anything else: no change from other sites, nothing but the sign-in for strangers. */
    private static void doorstep(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        // Without a referrer browsers would not say either which site a form comes from.
        ctx.header("Referrer-Policy", "same-origin");
        if (!SameOrigin.allows(ctx.req())) {
            throw Failure.of(
                    Reason.FORBIDDEN,
                    "",
                    "this did not come from a page of this server",
                    "open the page itself and do it there");
        }
        boolean open = Assets.isOne(ctx.path()) || ctx.path().equals(Link.SESSION.value()) && isPost(ctx);
        if (!open && session(ctx).isEmpty()) {
            answer(ctx, SignInPages.ask(ctx));
            ctx.skipRemainingHandlers();
            return;
        }
        turnedAway(ctx.req().getAttribute(Turned.class.getName()));
    }

    /** What the front door decided. */
    private static void turnedAway(Object turned) {
        if (turned instanceof Turned.NoRoute none) {
            throw new HttpResponseException(none.status());
        }
        if (turned instanceof Turned.Refused refused) {
            throw new Failure(refused.problem());
        }
    }

    private static boolean isPost(Context ctx) {
        return ctx.req().getMethod().equals("POST");
    }

    /** As the front door found it. */
    private static Optional<Session> session(Context ctx) {
        return Optional.ofNullable((Session) ctx.req().getAttribute(Session.class.getName()));
    }

    private static Handler signedIn(Function<Visit, Reply> page) {
        return ctx -> answer(
                ctx,
                page.apply(new Visit(
                        ctx, session(ctx).orElseThrow(() -> new IllegalStateException("nobody is signed in")))));
    }

    private static void answer(Context ctx, Reply reply) {
        if (reply instanceof Reply.Show show) {
            ctx.status(show.status())
                    .contentType("text/html; charset=utf-8")
                    .result(show.page().toBytes());
        } else if (reply instanceof Reply.GoTo go) {
            ctx.status(303).header("Location", go.place().value());
        }
    }

    private static void refused(Failure e, Context ctx) {
        Reply reply = Problems.page(session(ctx), e, back(ctx));
        if (reply instanceof Reply.Show show && show.status() >= 500) {
            LOG.error("request {}: {}", id(ctx), e.getMessage(), e);
        }
        answer(ctx, reply);
    }

    private static void noRoute(HttpResponseException e, Context ctx) {
        String what = switch (e.getStatus()) {
            case 404 -> "There is no such page.";
            case 405 -> "This address is for sending a form, not for looking at.";
            case 413 -> "The form is larger than a form of ours can be.";
            default -> "The request is refused.";
        };
        answer(
                ctx,
                Problems.page(session(ctx), e.getStatus(), Statuses.title(e.getStatus()), Html.text(what), Link.HOME));
    }

    private static void unforeseen(Exception e, Context ctx) {
        LOG.error("request {} failed", id(ctx), e);
        answer(
                ctx,
                Problems.page(
                        session(ctx),
                        500,
                        "Something went wrong here",
                        Html.text("The server's log has it under request " + id(ctx) + "."),
                        Link.HOME));
    }

    private static String id(Context ctx) {
        return String.valueOf(ctx.res().getHeader("X-Request-Id"));
    }

    /** The workspace that a request was about, or home. */
    private static Link back(Context ctx) {
        String[] segments = ctx.path().split("/");
        String workspace = segments.length > 3 && segments[1].equals("workspaces") ? "/workspaces/" + segments[2] : "";
        return Link.isOurs(workspace) ? new Link(workspace) : Link.HOME;
    }
}
