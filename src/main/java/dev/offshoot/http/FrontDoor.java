package dev.offshoot.http;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Session;
import dev.offshoot.model.Person;
import dev.offshoot.wire.Turned;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request passes, whichever servlet serves it (the Git servlet knows nothing of Javalin's handlers): request id, headers, a
 * strict look at the path, who is calling and whether they may, the audit log, and one line in the request log. Nothing is open that
 * {@link dev.offshoot.access.RouteTable} does not list.
 */
final class FrontDoor implements Filter {
    private static final int STRANGERS_BODY = 1 << 20;
    private static final int CALLERS_BODY = 16 << 20;
    private static final long LONGEST_REST_NANOS = 2_000_000_000L;
    private static final String ID = "offshoot.request";
    private static final String CALLER = "offshoot.caller";
    private static final Logger LOG = LoggerFactory.getLogger("dev.offshoot.http.requests");

    private final Admittance admittance;
    private final Recorder recorder;
    private final Traffic traffic;
    private final SecureRandom random = new SecureRandom();

    FrontDoor(Admittance admittance, Recorder recorder, Traffic traffic) {
        this.admittance = admittance;
        this.recorder = recorder;
        this.traffic = traffic;
    }

    static String requestId(ServletRequest request) {
        return request.getAttribute(ID) instanceof String id ? id : "none";
    }

    /** Who sent the request; only for routes that ask for a caller. */
    static Caller who(ServletRequest request) {
        return known(request).orElseThrow(() -> new IllegalStateException("the route is open to strangers"));
    }

    /** The author of what comes of the request. */
    static Person caller(ServletRequest request) {
        return who(request).author();
    }

    private static Optional<Caller> known(ServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(CALLER));
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        long start = System.nanoTime();
        String id = newId();
        request.setAttribute(ID, id);
        headers(response, id);
        try {
            serve(request, response, chain);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            unforeseen(response, id, e);
        } finally {
            swallow(request, known(request).isEmpty() ? STRANGERS_BODY : CALLERS_BODY);
            LOG.info(
                    "{} {} {} {} {}ms {}",
                    id,
                    request.getMethod(),
                    request.getRequestURI(), // still percent-encoded: no line break can get into the log
                    response.getStatus(),
                    (System.nanoTime() - start) / 1_000_000,
                    known(request).map(caller -> caller.author().name()).orElse("-"));
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        if (!isPlain(path)) {
            refuse(response, request, ProblemDocument.plain(400, "invalid-path", "the path is not in its plain form"));
            return;
        }
        Admittance.Verdict verdict = admittance.judge(request);
        verdict.caller().ifPresent(caller -> request.setAttribute(CALLER, caller));
        verdict.session().ifPresent(session -> request.setAttribute(Session.class.getName(), session));
        if (verdict.turned().isPresent()) {
            recorder.refused(request, verdict);
            if (!Admittance.isForPage(request)) {
                turnAway(request, response, verdict);
                return;
            }
            request.setAttribute(Turned.class.getName(), verdict.turned().get());
        }
        if (!traffic.enter()) {
            response.setHeader("Retry-After", "5");
            refuse(response, request, ProblemDocument.plain(503, "busy", "the server is stopping"));
            return;
        }
        leaveWhenAnswered(request);
        try (Recorder.Entry entry = recorder.begin(request, response, verdict)) {
            chain.doFilter(request, response);
        }
    }

    private static void turnAway(HttpServletRequest request, HttpServletResponse response, Admittance.Verdict verdict)
            throws IOException {
        ProblemDocument problem = Admittance.document(verdict, request);
        if (problem.status() == 401) {
            // Git clients ask for a password only when they see Basic.
            response.addHeader("WWW-Authenticate", "Basic realm=\"Offshoot\", charset=\"UTF-8\"");
            response.addHeader("WWW-Authenticate", "Bearer realm=\"Offshoot\"");
        }
        if (!verdict.methods().isEmpty()) {
            response.setHeader("Allow", String.join(", ", verdict.methods()));
        }
        refuse(response, request, problem);
    }

    /** A request is over when its answer has been sent, which is later than the end of whoever made it. */
    private void leaveWhenAnswered(HttpServletRequest request) {
        ServletContextRequest.getServletContextRequest(request)
                .addHttpStreamWrapper(stream -> new HttpStream.Wrapper(stream) {
                    @Override
                    public void succeeded() {
                        try {
                            super.succeeded();
                        } finally {
                            traffic.leave();
                        }
                    }

                    @Override
                    public void failed(Throwable why) {
                        try {
                            super.failed(why);
                        } finally {
                            traffic.leave();
                        }
                    }
                });
    }

    /**
     * Reads what is left of a refused request: most clients see no answer while they are still sending, only a broken connection. Who sends
     * slowly or without an end is not waited for.
     */
    private static void swallow(HttpServletRequest request, int most) {
        byte[] waste = new byte[16 * 1024];
        long start = System.nanoTime();
        try {
            InputStream in = request.getInputStream();
            for (int n = 0, left = most;
                    left > 0 && n >= 0 && System.nanoTime() - start < LONGEST_REST_NANOS;
                    left -= n) {
                n = in.read(waste);
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("the rest of a request cannot be read");
        }
    }

    /** One spelling per path: no dot segments, empty segments, parameters or backslashes for routes to disagree about. */
    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && !path.contains("//")
                && path.indexOf(';') < 0
                && path.indexOf('\\') < 0
                && !(path + "/").contains("/./")
                && !(path + "/").contains("/../");
    }

    private static void headers(HttpServletResponse response, String id) {
        response.setHeader("X-Request-Id", id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private static void unforeseen(HttpServletResponse response, String id, Throwable e) throws IOException {
        LOG.error("request {} failed", id, e);
        if (!response.isCommitted()) {
            response.reset();
            headers(response, id);
            write(response, id, ProblemDocument.unforeseen(id));
        }
    }

    private static void refuse(HttpServletResponse response, HttpServletRequest request, ProblemDocument problem)
            throws IOException {
        write(response, requestId(request), problem);
    }

    private static void write(HttpServletResponse response, String id, ProblemDocument problem) throws IOException {
        byte[] body = problem.toBytes(id);
        response.setStatus(problem.status());
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private String newId() {
        byte[] bits = new byte[8];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
