package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.ServerProcess;
import dev.offshoot.testing.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and people's data of every platform's sample: refused by no import, kept nowhere, and the receipt says which. */
class SecretsTest {
    private static final String CANARY = "canary-7f3a";

    @TempDir
    Path data;

    /** A sample with canaries in the places that its platform keeps secrets and people in. */
    private record Planted(String sample, Pattern places) {
        byte[] bytes() throws IOException {
            try (InputStream in = SecretsTest.class.getResourceAsStream("/sample/" + sample)) {
                JsonValue planted = plant(JsonReader.read(in.readAllBytes()), "", places);
                assertThat(planted.toString()).contains(CANARY);
                return JsonWriter.compact(planted);
            }
        }
    }

    private static final List<Planted> SAMPLES = List.of(
            new Planted("crm.json", Pattern.compile(".*/(workflowApiToken|options/[^/]+/value#encrypted)")),
            new Planted("counter.json", Pattern.compile("/decryptedFields/.*|.*/authentication/.*")),
            new Planted(
                    "rental.json",
                    Pattern.compile("/(roles|scopes)/\\d+/(users|users__relation|keys|keys__relation)/.*")),
            new Planted("pickup-reminder.json", Pattern.compile(".*/callbackUrl")));

    private static JsonValue plant(JsonValue value, String at, Pattern places) {
        if (value instanceof JsonObject o) {
            boolean encrypted = o.get("encrypted").equals(java.util.Optional.of(JsonBoolean.TRUE));
            JsonObject.Builder planted = JsonObject.builder();
            o.forEach((key, child) -> planted.put(
                    key,
                    plant(child, at + "/" + key + (encrypted && key.equals("value") ? "#encrypted" : ""), places)));
            boolean valueless = encrypted
                    && !o.has("value")
                    && places.matcher(at + "/value#encrypted").matches();
            return valueless ? planted.put("value", CANARY).build() : planted.build();
        }
        if (value instanceof JsonArray a) {
            List<JsonValue> planted = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                planted.add(plant(a.get(i), at + "/" + i, places));
            }
            return JsonArray.of(planted);
        }
        return places.matcher(at).matches() ? new JsonString(CANARY) : value;
    }

    @Test
    void whatIsWithheldIsNowhere() throws Exception {
        try (ServerProcess server = ServerProcess.start(data)) {
            server.client()
                    .post("/api/workspaces", "{\"name\": \"team\"}".getBytes(StandardCharsets.UTF_8))
                    .expect(201);
            for (Planted planted : SAMPLES) {
                Answer receipt = server.client()
                        .post("/api/workspaces/team/imports", planted.bytes())
                        .expect(201);
                assertThat(receipt.json().array("withheld").orElseThrow())
                        .as(planted.sample())
                        .isNotEmpty();
                assertThat(receipt.text()).as(planted.sample()).doesNotContain(CANARY);
                Answer export =
                        server.client().get("/api/workspaces/team/definitions/" + receipt.text("document") + "/export");
                assertThat(export.text()).as(planted.sample()).doesNotContain(CANARY);
            }
            assertThat(server.log()).doesNotContain(CANARY);
        }
        assertThat(new GitClient(data.resolve("repositories/team.git"))
                        .run("cat-file", "--batch", "--batch-all-objects"))
                .contains("newButton")
                .doesNotContain(CANARY);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(CANARY);
            }
        }
    }
}
