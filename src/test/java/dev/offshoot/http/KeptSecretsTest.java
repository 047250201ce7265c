package dev.offshoot.http;

import static dev.offshoot.testing.Planted.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Planted;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets on their way into the vault and out of it, with canaries in every field that the vault may keep. */
class KeptSecretsTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String WORKSHOP = TEAM + "/definitions/tooljet/datasources/workshop/configuration";

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.startWithVault(data).with("team");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer importWith(Planted planted) throws IOException {
        return server.post(TEAM + "/imports?secrets=store", planted.bytes()).expect(201, 200);
    }

    private Answer export(Answer receipt, String query) {
        return server.get(TEAM + "/definitions/" + receipt.text("document") + "/export" + query)
                .expect(200);
    }

    private static List<String> texts(Answer answer, String member) {
        List<String> found = new ArrayList<>();
        answer.json().array(member).orElseThrow().forEach(v -> found.add(v.toString()));
        return found;
    }

    /** How a field stands in an environment; a thing without one. */
    private static Optional<String> state(Answer configuration, String name, String environment) {
        for (JsonValue value : configuration.json().array("needs").orElse(JsonArray.EMPTY)) {
            JsonObject need = (JsonObject) value;
            if (environment.isEmpty() && need.text("name").equals(Optional.of(name))) {
                return need.text("state");
            }
            for (JsonValue entry : need.array("secrets").orElse(JsonArray.EMPTY)) {
                JsonObject secrets = (JsonObject) entry;
                if (has(secrets, "fields", name) && has(secrets, "environments", environment)) {
                    return secrets.text("state");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean has(JsonObject secrets, String member, String text) {
        return secrets.array(member).orElse(JsonArray.EMPTY).toString().contains("\"" + text + "\"");
    }

    /** The law of secrets: what was stored comes back where it stood, to those who ask, and to nobody else. */
    @Test
    void whatIsStoredComesBackForThoseWhoAskAndIsShownNowhereElse() throws Exception {
        for (Planted planted : Planted.SECRETS) {
            Answer receipt = importWith(planted);
            assertThat(receipt.text()).as(planted.sample()).doesNotContain(CANARY);
            assertThat(texts(receipt, "stored")).as(planted.sample()).isNotEmpty();
            JsonValue sent = withoutWithheld(planted.document(), receipt);
            Answer with = export(receipt, "?secrets=include");
            assertThat(SameJson.differences(sent, with.value()))
                    .as(planted.sample())
                    .isEmpty();
            assertThat(with.text()).contains(CANARY);
            assertThat(with.header("Cache-Control")).isEqualTo("no-store");
            assertThat(with.header("ETag")).isEmpty();
            for (String query : List.of("", "?secrets=withhold")) {
                assertThat(export(receipt, query).text()).as(planted.sample()).doesNotContain(CANARY);
            }
            String definition = TEAM + "/definitions/" + receipt.text("document");
            for (String route : List.of("", "/configuration", "/versions", "/history")) {
                assertThat(server.get(definition + route).expect(200).text()).doesNotContain(CANARY);
            }
            // Again, through the plan, and without asking: nothing gets lost.
            assertThat(server.post(TEAM + "/imports?dry_run=true&secrets=store", planted.bytes())
                            .expect(200)
                            .text())
                    .doesNotContain(CANARY);
            Answer again = server.post(TEAM + "/imports", planted.bytes()).expect(200);
            assertThat(again.json().get("committed")).contains(JsonValue.of(false));
            assertThat(SameJson.differences(
                            sent, export(receipt, "?secrets=include").value()))
                    .isEmpty();
        }
        server.close();
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
        server = TestServer.startWithVault(data);
        assertThat(server.get(TEAM + "/definitions/tooljet/apps/CRM/export?secrets=include")
                        .text())
                .as("after a restart")
                .contains(CANARY);
    }

    /** The document without what no vault keeps: the receipt says which places that are. */
    private static JsonValue withoutWithheld(JsonValue document, Answer receipt) {
        JsonValue rest = document;
        for (JsonValue place : receipt.json().array("withheld").orElseThrow()) {
            rest = without(
                    rest,
                    List.of(place.toString().replace("\"", "").substring(1).split("/")));
        }
        return rest;
    }

    private static JsonValue without(JsonValue value, List<String> path) {
        List<String> rest = path.subList(1, path.size());
        if (value instanceof JsonArray list) {
            int i = Integer.parseInt(path.get(0));
            return list.with(i, without(list.get(i), rest));
        }
        JsonObject o = (JsonObject) value;
        return rest.isEmpty()
                ? o.without(java.util.Set.of(path.get(0)))
                : o.with(path.get(0), without(o.get(path.get(0)).orElseThrow(), rest));
    }

    @Test
    void anEmbeddedDataSourceOfAppsmithKeepsItsCredentialsInBothHalves() throws Exception {
        String canary = "\"authentication\": {\"authenticationType\": \"basic\", \"password\": \"" + CANARY + "\"}";
        JsonValue original = JsonReader.read(new String(
                        JsonWriter.compact(Planted.SECRETS.get(1).original()), StandardCharsets.UTF_8)
                .replace("\"url\":\"https://parts.example.com\"", "\"url\":\"https://parts.example.com\"," + canary)
                .getBytes(StandardCharsets.UTF_8));
        Answer receipt = server.post(TEAM + "/imports?secrets=store", JsonWriter.compact(original))
                .expect(201);
        assertThat(export(receipt, "").text()).doesNotContain(CANARY);
        assertThat(SameJson.differences(
                        withoutWithheld(original, receipt),
                        export(receipt, "?secrets=include").value()))
                .isEmpty();
    }

    @Test
    void withoutBeingAskedNothingIsStored() throws Exception {
        Answer receipt =
                server.post(TEAM + "/imports", Planted.SECRETS.get(0).bytes()).expect(201);
        assertThat(texts(receipt, "stored")).isEmpty();
        assertThat(export(receipt, "?secrets=include").text()).doesNotContain(CANARY);
        assertThat(Files.exists(data.resolve("vault"))).isTrue();
        try (Stream<Path> files = Files.list(data.resolve("vault"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void credentialsAreConfiguredFieldByField() throws Exception {
        importPlain();
        Answer set = server.put(WORKSHOP, "{\"production\": {\"password\": \"" + CANARY + "\"}}")
                .expect(200);
        assertThat(set.text()).doesNotContain(CANARY);
        assertThat(state(set, "password", "production")).contains("set");
        assertThat(state(set, "ca_cert", "production")).contains("unknown");
        assertThat(state(set, "password", "staging")).contains("missing");
        assertThat(state(set, "workshop", "")).contains("present");

        // What is absent stays, null removes.
        server.put(
                        WORKSHOP,
                        "{\"production\": {\"ca_cert\": \"-----BEGIN\"}, \"staging\": {\"password\": \"s\"}, \"development\": {\"password\": \"d\"}}")
                .expect(200);
        Answer shown = server.get(WORKSHOP).expect(200);
        assertThat(state(shown, "password", "production")).contains("set");
        assertThat(state(shown, "workshop", "")).contains("set");
        assertThat(server.get(TEAM + "/definitions/tooljet/apps/CRM/export?secrets=include")
                        .text())
                .contains(CANARY)
                .contains("-----BEGIN");
        server.put(WORKSHOP, "{\"production\": {\"password\": null}}").expect(200);
        assertThat(state(server.get(WORKSHOP), "password", "production")).contains("unknown");
        server.put(WORKSHOP, "{\"production\": null}").expect(200);
        assertThat(state(server.get(WORKSHOP), "password", "production")).contains("missing");
        assertThat(server.get(TEAM + "/definitions/tooljet/apps/CRM/export?secrets=include")
                        .text())
                .doesNotContain(CANARY)
                .doesNotContain("-----BEGIN");
    }

    private void importPlain() throws IOException {
        server.post(TEAM + "/imports", JsonWriter.compact(Planted.SECRETS.get(0).original()))
                .expect(201);
    }

    @Test
    void membersOfAValueAreSetAlone() throws Exception {
        Answer receipt = importWith(Planted.SECRETS.get(1));
        String app = TEAM + "/definitions/" + receipt.text("document") + "/configuration";
        server.put(
                        app,
                        "{\"datasources/workshop-db\": {\"authentication\": {\"password\": \"another\", \"username\": null}}}")
                .expect(200);
        String export = export(receipt, "?secrets=include").text();
        assertThat(export)
                .contains("\"password\": \"another\"")
                .contains("databaseName")
                .doesNotContain("\"username\"");
    }

    @Test
    void aFieldThatIsNotKnownIsRefusedWithThoseThatAre() throws Exception {
        importPlain();
        Answer refused = server.put(
                        WORKSHOP,
                        "{\"production\": {\"passwort\": \"" + CANARY + "\", \"password\": \"x\"}, \"nowhere\": \""
                                + CANARY + "\", \"staging\": \"" + CANARY + "\"}")
                .expect(400);
        assertThat(refused.text())
                .contains("/production/passwort", "/nowhere", "/staging", "production / password")
                .doesNotContain(CANARY);
        assertThat(state(server.get(WORKSHOP), "password", "production")).contains("missing");
        for (String body :
                List.of("[]", "\"" + CANARY + "\"", "{\"a\": " + CANARY + "}", "{\"" + CANARY, "{\"a\": \"" + CANARY)) {
            assertThat(server.put(WORKSHOP, body).expect(400).text()).doesNotContain(CANARY);
        }
        assertThat(server.put(WORKSHOP.replace("workshop/", "none/"), "{}").status())
                .isEqualTo(404);
    }

    @Test
    void withoutAKeyNothingIsTaken() throws Exception {
        importPlain();
        server.close();
        server = TestServer.start(data);
        Answer refused = server.put(WORKSHOP, "{\"production\": {\"password\": \"" + CANARY + "\"}}")
                .expect(409);
        assertThat(refused.text()).contains("vault-locked", "--vault-key-file").doesNotContain(CANARY);
        Answer stored = server.post(
                        TEAM + "/imports?secrets=store", Planted.SECRETS.get(0).bytes())
                .expect(409);
        assertThat(stored.text()).contains("vault-locked", "--vault-key-file").doesNotContain(CANARY);
        assertThat(server.get(WORKSHOP).json().get("vault")).contains(JsonValue.of(false));
        assertThat(server.get("/health/ready").json().text("vault")).contains("none");
        server.close();
        server = TestServer.startWithVault(data);
        assertThat(server.get("/health/ready").json().text("vault")).contains("open");
    }

    /** Every branch of a workspace finds the same ones, another workspace none. */
    @Test
    void secretsBelongToTheWorkspace() throws Exception {
        importPlain();
        server.put(WORKSHOP, "{\"production\": {\"password\": \"" + CANARY + "\"}}")
                .expect(200);
        server.post(TEAM + "/branches", "{\"name\": \"next\"}").expect(201);
        assertThat(server.get(TEAM + "/definitions/tooljet/apps/CRM/export?branch=next&secrets=include")
                        .text())
                .contains(CANARY);
        server.with("other");
        server.post(
                        "/api/workspaces/other/imports",
                        JsonWriter.compact(Planted.SECRETS.get(0).original()))
                .expect(201);
        assertThat(server.get("/api/workspaces/other/definitions/tooljet/apps/CRM/export?secrets=include")
                        .text())
                .doesNotContain(CANARY);
    }

    /** A place that the files do not have any more gets nothing. */
    @Test
    void aFieldThatIsNoSecretAnyMoreStaysAsItIs() throws Exception {
        importPlain();
        server.put(WORKSHOP, "{\"production\": {\"password\": \"" + CANARY + "\"}}")
                .expect(200);
        String plain = new String(JsonWriter.compact(Planted.SECRETS.get(0).original()), StandardCharsets.UTF_8)
                .replaceAll(
                        "\"password\":\\{[^}]*\"encrypted\":true[^}]*\\}",
                        "\"password\":{\"encrypted\":false,\"value\":\"open\"}");
        server.post(TEAM + "/imports", plain).expect(200);
        assertThat(server.get(TEAM + "/definitions/tooljet/apps/CRM/export?secrets=include")
                        .text())
                .doesNotContain(CANARY);
    }
}
