package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.TestServer;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the lists that other tests walk against the routes there really are. */
class RoutesTest {
    @TempDir
    Path data;

    @Test
    void everyRouteIsInTheAccessTable() {
        try (TestServer server = TestServer.start(data)) {
            Set<String> listed = AccessTest.ROUTES.stream()
                    .filter(r -> r.contains(" /api"))
                    .map(r -> r.replace("/team", "/{workspace}")
                            .replace("/branches/x", "/branches/<name>")
                            .replace("/tags/x", "/tags/<name>")
                            .replace("/remotes/hub", "/remotes/{name}")
                            .replace("tooljet/apps/crm", "{platform}/{kind}/{name}"))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> routes = new TreeSet<>(server.routes());
            FrontDoor.OPEN.forEach(path -> routes.remove("GET " + path));
            assertThat(routes).isEqualTo(listed);
        }
    }
}
