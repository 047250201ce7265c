package dev.offshoot.access;

import static dev.offshoot.access.Right.MANAGE;
import static dev.offshoot.access.Right.READ;
import static dev.offshoot.access.Right.WRITE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Every route of the server, Git and the page included, with what it asks of its caller. The front door lets nothing pass that is not
 * here, so a route that somebody forgets to write down answers nobody; tests walk it against every role.
 */
public final class RouteTable {
    private static final Need NOTHING = new Need.Nothing();
    private static final Need SOME_CALLER = new Need.SomeCaller();
    private static final Need ADMINISTRATOR = new Need.Administrator();

    private static final String W = "/api/workspaces/{workspace}";
    private static final String D = W + "/definitions/{platform}/{kind}/{name}";
    private static final String GIT = "/git/{workspace}.git";
    private static final String PAGE = "/workspaces/{workspace}";

    private final List<Route> routes = new ArrayList<>();

    /** The routes that there are. */
    public RouteTable() {
        instance();
        workspaces();
        definitions();
        git();
        page();
    }

    private void instance() {
        add("GET", "/health/live", NOTHING);
        add("GET", "/health/ready", NOTHING);
        add("GET", "/api/workspaces", SOME_CALLER);
        add("POST", "/api/workspaces", ADMINISTRATOR);
        // Who may do what with whose token is looked at there: the answer depends on the body.
        add("POST", "/api/tokens", NOTHING);
        add("GET", "/api/tokens", SOME_CALLER);
        add("DELETE", "/api/tokens/{token}", SOME_CALLER);
        add("GET", "/api/caller", SOME_CALLER);
        add("GET", "/api/accounts", ADMINISTRATOR);
        add("POST", "/api/accounts", ADMINISTRATOR);
        add("GET", "/api/accounts/{account}", ADMINISTRATOR);
        add("PATCH", "/api/accounts/{account}", ADMINISTRATOR);
        add("DELETE", "/api/accounts/{account}", ADMINISTRATOR);
        add("GET", "/api/audit", ADMINISTRATOR);
    }

    private void workspaces() {
        add("GET", W, READ);
        add("DELETE", W, MANAGE);
        add("GET", W + "/branches", READ);
        add("POST", W + "/branches", WRITE);
        add("DELETE", W + "/branches/<name>", WRITE);
        add("PUT", W + "/default-branch", WRITE);
        add("GET", W + "/tags", READ);
        add("POST", W + "/tags", WRITE);
        add("DELETE", W + "/tags/<name>", WRITE);
        add("GET", W + "/remotes", READ);
        add("GET", W + "/remotes/{name}", READ);
        add("PUT", W + "/remotes/{name}", MANAGE);
        add("DELETE", W + "/remotes/{name}", MANAGE);
        add("POST", W + "/remotes/{name}/push", WRITE);
        add("GET", W + "/members", MANAGE);
        add("PUT", W + "/members/{account}", MANAGE);
        add("DELETE", W + "/members/{account}", MANAGE);
        add("GET", W + "/audit", MANAGE);
    }

    private void definitions() {
        add("POST", W + "/imports", WRITE);
        add("POST", W + "/imports/from-repository", WRITE);
        add("POST", W + "/imports/archive", WRITE);
        add("POST", W + "/imports/together", WRITE);
        add("POST", W + "/reverts", WRITE);
        add("GET", W + "/diff", READ);
        add("POST", W + "/diff", READ);
        add("GET", W + "/archive", READ);
        add("GET", W + "/export", READ);
        add("GET", W + "/export", "secrets=include", MANAGE);
        add("GET", W + "/definitions", READ);
        add("GET", D, READ);
        add("DELETE", D, WRITE);
        add("GET", D + "/versions", READ);
        add("GET", D + "/history", READ);
        add("GET", D + "/configuration", READ);
        add("PUT", D + "/configuration", WRITE);
        add("GET", D + "/export", READ);
        add("GET", D + "/export", "secrets=include", MANAGE);
    }

    private void git() {
        add("GET", GIT + "/info/refs", READ);
        add("GET", GIT + "/info/refs", "service=git-receive-pack", WRITE);
        add("POST", GIT + "/git-upload-pack", READ);
        add("POST", GIT + "/git-receive-pack", WRITE);
    }

    /** Who is signed in with a browser may there what they may elsewhere. */
    private void page() {
        add("GET", "/assets/page.css", NOTHING);
        add("GET", "/assets/page.js", NOTHING);
        add("GET", "/assets/icon.svg", NOTHING);
        add("POST", "/session", NOTHING);
        add("POST", "/session/end", SOME_CALLER);
        add("GET", "/", SOME_CALLER);
        add("POST", "/workspaces", ADMINISTRATOR);
        add("GET", PAGE, READ);
        add("GET", PAGE + "/export", READ);
        add("POST", PAGE + "/imports", WRITE);
        add("POST", PAGE + "/repositories", WRITE);
        add("POST", PAGE + "/imports/{draft}/choice", WRITE);
        add("GET", PAGE + "/imports/{draft}", WRITE);
        add("POST", PAGE + "/imports/{draft}", WRITE);
        add("POST", PAGE + "/imports/{draft}/discard", WRITE);
    }

    private void add(String method, String pattern, Right right) {
        add(method, pattern, "", right);
    }

    private void add(String method, String pattern, String when, Right right) {
        routes.add(new Route(method, pattern, when, new Need.InWorkspace(right)));
    }

    private void add(String method, String pattern, Need need) {
        routes.add(new Route(method, pattern, "", need));
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /**
     * The route that a request takes: of several, the one that its query makes it.
     *
     * @param method {@code HEAD} is served as {@code GET}
     * @param path as it was sent, still percent-encoded
     * @param has whether the query has a parameter, given as {@code name=value}
     */
    public Optional<Route> find(String method, String path, Predicate<String> has) {
        String served = method.equals("HEAD") ? "GET" : method;
        String plainPath = withoutSlash(path);
        Optional<Route> plain = Optional.empty();
        for (Route route : routes) {
            if (route.method().equals(served) && route.isFor(plainPath)) {
                if (route.when().isEmpty()) {
                    plain = Optional.of(route);
                } else if (has.test(route.when())) {
                    return Optional.of(route);
                }
            }
        }
        return plain;
    }

    /** Methods that a path can be asked with; none when there is no such path. */
    public List<String> methods(String path) {
        String plainPath = withoutSlash(path);
        return routes.stream()
                .filter(r -> r.isFor(plainPath))
                .map(Route::method)
                .distinct()
                .toList();
    }

    /** A slash at the end makes no difference, as with the routes themselves. */
    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
