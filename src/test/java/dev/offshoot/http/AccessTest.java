package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.access.Need;
import dev.offshoot.access.Route;
import dev.offshoot.access.RouteTable;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route against every kind of caller. */
class AccessTest {
    /** Method and path of every route that is not open, and of some that are none. */
    static final List<String> ROUTES = Stream.concat(
                    new RouteTable()
                            .routes().stream()
                                    .filter(route -> !(route.need() instanceof Need.Nothing))
                                    .filter(route -> isForPrograms(route.pattern()))
                                    .map(AccessTest::example),
                    Stream.of("GET /git/team.git/HEAD", "GET /no/such/route"))
            .toList();

    static boolean isForPrograms(String pattern) {
        return pattern.startsWith("/api/") || pattern.startsWith("/git/");
    }

    /** A route as somebody asks for it. */
    static String example(Route route) {
        String path = route.pattern()
                .replace("{workspace}", "team")
                .replace("{platform}/{kind}/{name}", "tooljet/apps/crm")
                .replaceAll("<[^>]*>|\\{[^}]*}", "x");
        return route.method() + " " + path + (route.when().isEmpty() ? "" : "?" + route.when());
    }

    @TempDir
    static Path data;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(data).with("team");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> strangers() {
        List<String> headers = List.of(
                "",
                "Bearer wrong",
                "Bearer ",
                "Bearer",
                "Basic " + base64("admin:wrong"),
                "Basic " + base64("no colon"),
                "Basic not base64!",
                "Basic " + base64(server.token + ":"),
                "Digest " + server.token,
                server.token,
                "Bearer " + server.token + "x",
                "Bearer " + server.token.substring(1),
                "Bearer " + "x".repeat(5000));
        return ROUTES.stream().flatMap(route -> headers.stream().map(h -> Arguments.of(route, h)));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void nothingIsOpenToStrangers(String route, String authorization) {
        String[] parts = route.split(" ");
        Answer answer = server.sendAs(authorization, parts[0], parts[1], new byte[0]);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.response().headers().allValues("WWW-Authenticate"))
                .anyMatch(v -> v.startsWith("Basic"))
                .anyMatch(v -> v.startsWith("Bearer"));
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).doesNotContain(server.token);
    }

    @Test
    void strangersDeletedNothing() {
        server.sendAs("", "DELETE", "/api/workspaces/team", new byte[0]).expect(401);
        server.get("/api/workspaces/team").expect(200);
    }

    @Test
    void theTokenIsABearerTokenOrAPassword() {
        for (String good : List.of(
                "Bearer " + server.token,
                "bearer " + server.token,
                "Basic " + base64("anyone:" + server.token),
                "Basic " + base64(":" + server.token))) {
            server.sendAs(good, "GET", "/api/workspaces", new byte[0]).expect(200);
        }
    }

    @Test
    void healthNeedsNoToken() {
        server.sendAs("", "GET", "/health/live", new byte[0]).expect(200);
        server.sendAs("", "GET", "/health/ready", new byte[0]).expect(200);
        server.sendAs("", "GET", "/health/other", new byte[0]).expect(401);
        server.sendAs("", "GET", "/health/live/x", new byte[0]).expect(401);
    }

    @Test
    void everyAnswerCarriesAnIdAndSafeHeaders() {
        for (String path : List.of(
                "/health/live", "/api/workspaces", "/nope", "/git/team.git/info/refs?service=git-upload-pack")) {
            Answer answer = server.get(path);
            assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Server")).isEmpty();
        }
        assertThat(server.get("/api/workspaces").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void stockGitIsAskedForAPasswordAndThenServed(@TempDir Path folder) {
        GitClient git = new GitClient(folder);
        String bare = server.gitUrl("team").replaceFirst("//.*@", "//");
        assertThat(git.attempt("clone", "-q", bare, "without").status()).isNotZero();
        assertThat(git.attempt("clone", "-q", bare.replace("//", "//x:wrong@"), "wrong")
                        .status())
                .isNotZero();
        git.run("clone", "-q", server.gitUrl("team"), "right");
        assertThat(new GitClient(folder.resolve("right")).run("ls-files")).contains("offshoot.yaml");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
