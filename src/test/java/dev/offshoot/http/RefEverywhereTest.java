package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call that reads or changes definitions takes {@code ref} or {@code branch}; the list of routes is the one there really is. */
class RefEverywhereTest {
    private static final String TEAM = "/api/workspaces/{workspace}";
    private static final String ONE = TEAM + "/definitions/{platform}/{kind}/{name}";

    /** What imports, exports, lists, compares, goes back or tells a history. */
    private static final List<String> WORDS =
            List.of("/imports", "/export", "/definitions", "/versions", "/history", "/diff", "/reverts");

    /** Calls whose body names the branch. */
    private static final Set<String> BODIES =
            Set.of("POST " + TEAM + "/imports/from-repository", "POST " + TEAM + "/reverts");

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        server.post("/api/workspaces/team/imports", TinyApp.bytes("Shop", 1, "Go"))
                .expect(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Set<String> routes() {
        return server.routes().stream()
                .filter(route -> WORDS.stream().anyMatch(route::contains))
                // Secrets belong to the instance, not to a state.
                .filter(route -> !route.startsWith("PUT") || !route.endsWith("/configuration"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A state that is not there is not found: whoever had not heard of it would have answered with another one, or refused the parameter. */
    @Test
    void everyCallTakesARefOrABranch() {
        Set<String> deaf = new TreeSet<>();
        Set<String> asked = new TreeSet<>();
        for (String route : routes()) {
            boolean heard = BODIES.contains(route)
                    ? isHeard(send(route, "", "branch"))
                    : List.of("ref", "branch", "from").stream()
                            .anyMatch(word -> isHeard(send(route, "?" + word + "=no-such", "")));
            asked.add(route);
            if (!heard) {
                deaf.add(route);
            }
        }
        assertThat(deaf).as("calls that take neither ref nor branch").isEmpty();
        assertThat(asked)
                .contains(
                        "POST " + TEAM + "/imports",
                        "GET " + TEAM + "/export",
                        "GET " + TEAM + "/definitions",
                        "GET " + ONE + "/history",
                        "GET " + ONE + "/versions",
                        "GET " + ONE + "/export");
    }

    private static boolean isHeard(Answer answer) {
        return answer.status() == 404 && answer.text().contains("no-such");
    }

    private Answer send(String route, String query, String member) {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replace("{workspace}", "team")
                .replace("{platform}/{kind}/{name}", "tooljet/apps/Shop")
                .replace("{platform}/datasources/{name}", "tooljet/datasources/postgres");
        String and = query.isEmpty() ? "?" : query + "&";
        String more =
                path.endsWith("/export") && !path.contains("definitions") ? and + "document=tooljet/apps/Shop" : query;
        byte[] body = route.endsWith("/imports") || route.endsWith("/diff")
                ? TinyApp.bytes("Shop", 1, "Buy")
                : route.endsWith("/imports/archive")
                        ? server.get("/api/workspaces/team/archive").bytes()
                        : route.endsWith("/imports/together")
                                ? ("{\"imports\": [{\"document\": "
                                                + new String(TinyApp.bytes("Another", 9, "Buy"), StandardCharsets.UTF_8)
                                                + "}]}")
                                        .getBytes(StandardCharsets.UTF_8)
                                : method.equals("GET") || method.equals("DELETE")
                                        ? new byte[0]
                                        : body(route, member).getBytes(StandardCharsets.UTF_8);
        return server.send(method, path + more, body);
    }

    private String body(String route, String member) {
        String branch = member.isEmpty() ? "" : "\"" + member + "\": \"no-such\"";
        if (route.endsWith("/reverts")) {
            return "{\"commit\": \"" + new GitClient(data.resolve("repositories/team.git")).run("rev-parse", "main")
                    + "\", " + branch + "}";
        }
        return route.endsWith("/from-repository")
                ? "{\"url\": \"https://example.org/x.git\", " + branch + "}"
                : "{" + branch + "}";
    }
}
