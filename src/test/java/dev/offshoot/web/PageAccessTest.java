package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.Visitor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every place of the page against every kind of caller, and sessions against everything that is not the page. */
class PageAccessTest {
    /** Places that need a session; a test fails when one is missing. */
    static final List<String> CLOSED = List.of(
            "GET /",
            "POST /session/end",
            "POST /workspaces",
            "GET /workspaces/team",
            "GET /workspaces/team/export",
            "POST /workspaces/team/imports",
            "GET /workspaces/team/imports/draft-x",
            "POST /workspaces/team/imports/draft-x",
            "POST /workspaces/team/imports/draft-x/choice",
            "POST /workspaces/team/imports/draft-x/discard",
            "POST /workspaces/team/repositories");

    private static final List<String> OPEN =
            List.of("POST /session", "GET /assets/page.css", "GET /assets/page.js", "GET /assets/icon.svg");

    @TempDir
    static Path data;

    private static TestServer server;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        server = TestServer.start(data).with("team");
        visitor = Visitor.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> closed() {
        return Stream.concat(CLOSED.stream(), Stream.of("GET /workspaces/no/such/place", "DELETE /workspaces/team"));
    }

    static Stream<String> changing() {
        return CLOSED.stream().filter(route -> route.startsWith("POST"));
    }

    @Test
    void everyPlaceIsInTheTables() {
        Set<String> listed = Stream.concat(CLOSED.stream(), OPEN.stream())
                .map(route -> route.replace("/team", "/{workspace}").replace("/draft-x", "/{draft}"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(server.pageRoutes())).isEqualTo(listed);
    }

    @ParameterizedTest
    @MethodSource("closed")
    void strangersSeeTheSignInAndNothingElse(String route) {
        for (String cookie :
                List.of("", "offshoot-" + port() + "=" + "A".repeat(43), "offshoot-" + port() + "=", "x=y")) {
            for (String authorization : List.of("", "Bearer " + server.token, "Basic eDp5")) {
                Answer answer = send(route, authorization, cookie, "same-origin");
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("Content-Type")).startsWith("text/html");
                // Basic would make browsers open a window of their own.
                assertThat(answer.response().headers().allValues("WWW-Authenticate"))
                        .containsExactly("Bearer realm=\"Offshoot\"");
                assertThat(answer.text()).contains("or a token").doesNotContain("Definitions", server.token);
                assertThat(answer.text().replace("team", "none"))
                        .isEqualTo(send(route.replace("team", "none"), authorization, cookie, "same-origin")
                                .text());
            }
        }
    }

    @Test
    void onlyTheDoorstepIsOpen() {
        for (String route : OPEN.stream().filter(r -> r.startsWith("GET")).toList()) {
            send(route, "", "", "same-origin").expect(200);
        }
    }

    @Test
    void theTokenBecomesASession() {
        Visitor ada = new Visitor(server);
        Answer answer =
                ada.send("/session", "token", "  " + server.token + "\n").expect(303);
        assertThat(answer.header("Location")).isEqualTo("/");
        assertThat(answer.header("Set-Cookie"))
                .matches("offshoot-" + port() + "=[A-Za-z0-9_-]{43}; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict");
        assertThat(ada.get("/workspaces/team").expect(200).text())
                .contains("admin")
                .doesNotContain(server.token);
    }

    @Test
    void aWrongTokenIsNone() {
        Visitor ada = new Visitor(server);
        for (String wrong : List.of("", " ", "wrong", server.token + "x", server.token.substring(1), "<script>")) {
            Answer answer = ada.send("/session", "token", wrong).expect(401);
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.text()).contains("no token of this instance").doesNotContain("<script>");
        }
    }

    @Test
    void wrongTokensAreSlowedDown(@TempDir Path folder) {
        try (TestServer own = TestServer.start(folder)) {
            Visitor mallory = new Visitor(own);
            for (int i = 0; i < 10; i++) {
                mallory.send("/session", "token", "guess" + i).expect(401);
            }
            Answer answer = mallory.send("/session", "token", own.token).expect(429);
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 61);
            assertThat(answer.header("Set-Cookie")).isEmpty();
            // Programs are not kept waiting because of it.
            own.get("/api/workspaces").expect(200);
        }
    }

    @Test
    void signingInAgainMakesANewSessionAndEndsTheOld() {
        Visitor ada = Visitor.signedIn(server);
        String old = ada.cookie();
        ada.send("/session", "token", server.token).expect(303);
        assertThat(ada.cookie()).isNotEqualTo(old);
        ada.useCookie(old);
        ada.get("/").expect(401);
    }

    @Test
    void aSessionIdThatIsPlantedIsNotTaken() {
        Visitor ada = new Visitor(server);
        String planted = "offshoot-" + port() + "=" + "P".repeat(43);
        ada.useCookie(planted);
        ada.send("/session", "token", server.token).expect(303);
        assertThat(ada.cookie()).isNotEqualTo(planted);
        ada.useCookie(planted);
        ada.get("/").expect(401);
    }

    @Test
    void signingOutEndsTheSession() {
        Visitor ada = Visitor.signedIn(server);
        String cookie = ada.cookie();
        Answer answer = ada.submit("/session/end").expect(303);
        assertThat(answer.header("Set-Cookie")).contains("Max-Age=0").contains("HttpOnly");
        ada.useCookie(cookie);
        ada.get("/").expect(401);
    }

    @Test
    void afterTheSignInOneGetsWhereOneWanted() {
        Visitor ada = new Visitor(server);
        assertThat(ada.get("/workspaces/team?branch=main").expect(401).text())
                .contains("name=\"next\" value=\"/workspaces/team?branch=main\"");
        assertThat(ada.send("/session", "token", server.token, "next", "/workspaces/team?branch=main")
                        .header("Location"))
                .isEqualTo("/workspaces/team?branch=main");
    }

    @Test
    void whoFollowsALinkFromAnotherSiteIsAskedOnceMore() {
        Visitor ada = new Visitor(server);
        assertThat(ada.get("/workspaces/team", "Sec-Fetch-Site", "cross-site")
                        .expect(401)
                        .header("Refresh"))
                .isEqualTo("0");
        for (String site : List.of("same-origin", "same-site", "none")) {
            assertThat(ada.get("/workspaces/team", "Sec-Fetch-Site", site)
                            .expect(401)
                            .header("Refresh"))
                    .isEmpty();
        }
    }

    @Test
    void butNeverToAnotherSite() {
        for (String away : List.of(
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/workspaces//evil.example",
                "/workspaces/../..//evil.example",
                "/workspaces/a\r\nSet-Cookie: x=y",
                "/api/workspaces",
                "/session/end")) {
            Visitor ada = new Visitor(server);
            assertThat(ada.send("/session", "token", server.token, "next", away)
                            .expect(303)
                            .header("Location"))
                    .isEqualTo("/");
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void otherSitesChangeNothing(String route) {
        List<String[]> elsewhere = List.of(
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"},
                new String[] {"Sec-Fetch-Site", "none"},
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"},
                new String[] {"Origin", "http://127.0.0.1:1"},
                new String[] {"Origin", "https://127.0.0.1:" + port()},
                new String[] {"X-Nothing", "at all"});
        for (String[] from : elsewhere) {
            Answer answer = visitor.sendFrom(from[0], from[1], path(route), "form", visitor.formToken());
            assertThat(answer.status()).as(from[0] + " " + from[1]).isEqualTo(403);
        }
        visitor.get("/workspaces/team").expect(200);
    }

    @ParameterizedTest
    @MethodSource("changing")
    void aFormOfAnotherSessionChangesNothing(String route) {
        Visitor other = Visitor.signedIn(server);
        for (String token : List.of("", "x", other.formToken(), server.token)) {
            visitor.send(path(route), "form", token).expect(403);
        }
        visitor.send(path(route)).expect(403);
        visitor.get("/workspaces/team").expect(200);
    }

    @Test
    void aBrowserThatOnlySendsItsOriginIsServed() {
        Visitor ada = new Visitor(server);
        ada.sendFrom("Origin", server.address().toString(), "/session", "token", server.token)
                .expect(303);
    }

    @Test
    void sessionsAreForThePageAlone() {
        Set<String> paths = new HashSet<>(List.of(
                "/api/workspaces",
                "/api/workspaces/team",
                "/api/workspaces/team/definitions",
                "/git/team.git/info/refs?service=git-upload-pack",
                "/no/such/route",
                "/%61pi/workspaces",
                "/workspaces/%2e%2e/api/workspaces",
                "/workspaces/..%2fapi/workspaces",
                "/workspaces/%2E%2E%2Fapi/workspaces",
                "/assets/%2e%2e/git/team.git/HEAD",
                "/session/%2e%2e/api/workspaces"));
        for (String path : paths) {
            Answer answer = visitor.get(path);
            assertThat(answer.status()).as(path).isIn(400, 401, 404);
            assertThat(answer.text()).as(path).doesNotContain("createdAt").doesNotContain("refs/heads");
        }
        for (String path : List.of("/api/workspaces", "/git/team.git/info/refs?service=git-upload-pack")) {
            visitor.get(path).expect(401);
        }
    }

    @Test
    void theTokenAloneDoesNotOpenThePage() {
        server.get("/").expect(401);
    }

    @Test
    void pagesCarryAStrictPolicy() {
        Answer answer = visitor.get("/workspaces/team");
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text()).doesNotContain("style=").doesNotContain("onclick");
        assertThat(server.get("/api/workspaces").header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void behindAProxyTheCookieIsSecure(@TempDir Path folder) {
        try (TestServer own = TestServer.startBehindProxy(folder)) {
            Answer answer = own.sendAs(
                    "",
                    "POST",
                    "/session",
                    ("token=" + own.token).getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-Host",
                    "offshoot.example.org",
                    "Origin",
                    "https://offshoot.example.org");
            assertThat(answer.expect(303).header("Set-Cookie"))
                    .startsWith("__Host-offshoot-443=")
                    .endsWith("; Secure");
        }
    }

    @Test
    void withoutOneItsHeadersAreNotBelieved() {
        Answer answer = server.sendAs(
                "",
                "POST",
                "/session",
                ("token=" + server.token).getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "evil.example",
                "Origin",
                "https://evil.example");
        answer.expect(403);
    }

    @Test
    void unknownPlacesAndMethodsAreFriendlyPages() {
        assertThat(visitor.get("/workspaces/no/such/place").expect(404).text()).contains("There is no such page");
        assertThat(visitor.get("/session/end").expect(405).text()).contains("for sending a form");
    }

    private static Answer send(String route, String authorization, String cookie, String site) {
        return cookie.isEmpty()
                ? server.sendAs(authorization, method(route), path(route), new byte[0], "Sec-Fetch-Site", site)
                : server.sendAs(
                        authorization,
                        method(route),
                        path(route),
                        new byte[0],
                        "Sec-Fetch-Site",
                        site,
                        "Cookie",
                        cookie);
    }

    private static String method(String route) {
        return route.split(" ")[0];
    }

    private static String path(String route) {
        return route.split(" ")[1];
    }

    private static int port() {
        return server.address().getPort();
    }
}
