package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.access.Route;
import dev.offshoot.access.RouteTable;
import dev.offshoot.testing.TestServer;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the one table of routes against the routes there really are: an unlisted one fails the build, and answers nobody. */
class RoutesTest {
    @TempDir
    Path data;

    @Test
    void everyRouteIsInTheTable() {
        try (TestServer server = TestServer.start(data)) {
            Set<String> there = Stream.concat(server.routes().stream(), server.pageRoutes().stream())
                    .map(RoutesTest::withoutNames)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(there).isEqualTo(listed(pattern -> !pattern.startsWith("/git/")));
        }
    }

    @Test
    void gitIsInTheTableToo() {
        assertThat(listed(pattern -> pattern.startsWith("/git/")))
                .containsExactly(
                        "GET /git/{}.git/info/refs",
                        "POST /git/{}.git/git-receive-pack",
                        "POST /git/{}.git/git-upload-pack");
    }

    private static Set<String> listed(Predicate<String> pattern) {
        return new RouteTable()
                .routes().stream()
                        .filter(route -> pattern.test(route.pattern()))
                        .map(RoutesTest::withoutCondition)
                        .map(RoutesTest::withoutNames)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutCondition(Route route) {
        return route.method() + " " + route.pattern();
    }

    private static String withoutNames(String route) {
        return route.replaceAll("\\{[^}]*}", "{}").replaceAll("<[^>]*>", "<>");
    }
}
