package dev.offshoot.http;

import dev.offshoot.access.Caller;
import dev.offshoot.access.Callers;
import dev.offshoot.access.Guard;
import dev.offshoot.access.Route;
import dev.offshoot.access.RouteTable;
import dev.offshoot.access.Session;
import dev.offshoot.access.SessionCookie;
import dev.offshoot.model.Failure;
import dev.offshoot.wire.Turned;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who a request comes from, which route it takes, and whether the one may take the other. Sessions count for the page alone, tokens for all the rest. */
final class Admittance {
    /** Name of the servlet that sessions are for. */
    static final String PAGE = "page";

    private final Callers callers;
    private final RouteTable routes;
    private final Guard guard;

    Admittance(Callers callers, RouteTable routes, Guard guard) {
        this.callers = callers;
        this.routes = routes;
        this.guard = guard;
    }

    /**
     * What was found out.
     *
     * @param turned empty when the request may pass
     * @param methods that there are for the path
     */
    record Verdict(
            Optional<Caller> caller,
            Optional<Session> session,
            Optional<Route> route,
            Optional<Turned> turned,
            List<String> methods) {}

    Verdict judge(HttpServletRequest request) {
        Optional<Session> session = isForPage(request) ? session(request) : Optional.empty();
        Optional<Caller> caller = isForPage(request)
                ? session.map(Session::caller)
                : callers.gate().admit(Optional.ofNullable(request.getHeader("Authorization")));
        String path = request.getRequestURI();
        Optional<Route> route = routes.find(request.getMethod(), path, wanted -> has(request.getQueryString(), wanted));
        List<String> methods = route.isPresent() ? List.of() : routes.methods(path);
        Optional<Turned> turned = route.isEmpty()
                ? Optional.of(new Turned.NoRoute(methods.isEmpty() ? 404 : 405))
                : guard.refusal(caller, route.get(), path).<Turned>map(Turned.Refused::new);
        return new Verdict(caller, session, route, turned, methods);
    }

    /** Asks which servlet will serve it, so that the two cannot read a path differently. */
    static boolean isForPage(HttpServletRequest request) {
        return PAGE.equals(request.getHttpServletMapping().getServletName());
    }

    private Optional<Session> session(HttpServletRequest request) {
        SessionCookie cookie = new SessionCookie(request.isSecure(), request.getServerPort());
        return Optional.ofNullable(request.getHeader("Cookie"))
                .flatMap(cookie::in)
                .flatMap(callers::session);
    }

    /** Whether the query has this {@code name=value}, as often as it names it; what cannot be read may be anything. */
    private static boolean has(String query, String wanted) {
        return query != null
                && Arrays.stream(query.split("&")).anyMatch(pair -> {
                    try {
                        return URLDecoder.decode(pair, StandardCharsets.UTF_8).equals(wanted);
                    } catch (IllegalArgumentException e) {
                        return true;
                    }
                });
    }

    /** How a refusal is told to programs. */
    static ProblemDocument document(Verdict verdict, HttpServletRequest request) {
        if (verdict.caller().isEmpty()) {
            return ProblemDocument.plain(401, "unauthenticated", needToken(request));
        }
        Turned turned = verdict.turned().orElseThrow();
        if (turned instanceof Turned.Refused refused) {
            return ProblemDocument.of(new Failure(refused.problem()));
        }
        return verdict.methods().isEmpty()
                ? ProblemDocument.plain(404, "not-found", "there is no such route; see docs/http-api.md")
                : ProblemDocument.plain(
                        405, "method-not-allowed", "allowed here: " + String.join(", ", verdict.methods()));
    }

    private static String needToken(HttpServletRequest request) {
        return request.getHeader("Authorization") == null
                ? "send a token: Authorization: Bearer <token>, or as password of Basic"
                : "the token is none of this instance, or no longer good";
    }
}
