package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Planted;
import dev.offshoot.testing.ServerProcess;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and people's data of every platform's sample: refused by no import, kept nowhere in the clear, and the receipt says which. */
class SecretsTest {
    @TempDir
    Path data;

    @Test
    void whatIsWithheldIsNowhere() throws Exception {
        try (ServerProcess server = ServerProcess.start(data)) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"team\"}".getBytes(StandardCharsets.UTF_8))
                    .expect(201);
            for (Planted planted : Planted.EVERYTHING) {
                Answer receipt = server.client()
                        .post("/api/workspaces/team/imports", planted.bytes())
                        .expect(201);
                assertThat(receipt.json().array("withheld").orElseThrow())
                        .as(planted.sample())
                        .isNotEmpty();
                assertThat(receipt.text()).as(planted.sample()).doesNotContain(Planted.CANARY);
                Answer export =
                        server.client().get("/api/workspaces/team/definitions/" + receipt.text("document") + "/export");
                assertThat(export.text()).as(planted.sample()).doesNotContain(Planted.CANARY);
            }
            for (Planted planted : Planted.SECRETS) {
                Answer kept = server.client()
                        .post("/api/workspaces/team/imports?secrets=store", planted.bytes())
                        .expect(200);
                assertThat(kept.json().array("stored").orElseThrow())
                        .as(planted.sample())
                        .isNotEmpty();
                assertThat(kept.text()).as(planted.sample()).doesNotContain(Planted.CANARY);
                assertThat(server.client()
                                .get("/api/workspaces/team/definitions/" + kept.text("document")
                                        + "/export?secrets=include")
                                .text())
                        .as(planted.sample())
                        .contains(Planted.CANARY);
            }
            String workshop = "/api/workspaces/team/definitions/tooljet/datasources/workshop/configuration";
            for (String field : new String[] {"password", "unknown"}) {
                String body = "{\"production\": {\"" + field + "\": \"" + Planted.CANARY + "\"}}";
                assertThat(server.client()
                                .send("PUT", workshop, body.getBytes(StandardCharsets.UTF_8))
                                .expect(200, 400)
                                .text())
                        .doesNotContain(Planted.CANARY);
            }
            assertThat(server.log()).doesNotContain(Planted.CANARY);
        }
        assertThat(new GitClient(data.resolve("repositories/team.git"))
                        .run("cat-file", "--batch", "--batch-all-objects"))
                .contains("newButton")
                .doesNotContain(Planted.CANARY);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(Planted.CANARY);
            }
        }
    }
}
