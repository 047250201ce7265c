package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import leaves to do, and what a definition needs of where it is. */
class ConfigurationTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";

    @TempDir
    Path data;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String sample(String name) throws IOException {
        try (InputStream in = ConfigurationTest.class.getResourceAsStream("/sample/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Answer configuration(String address) {
        return server.get("/api/workspaces/team/definitions/" + address + "/configuration")
                .expect(200);
    }

    /** Each need as {@code kind name state}, and what it has to be given as {@code name: fields state environments}. */
    private static List<String> needs(Answer answer) {
        return stream(answer.json())
                .flatMap(need -> Stream.concat(
                        Stream.of(need.text("kind").orElseThrow() + " " + name(need) + " "
                                + need.text("state").orElseThrow()),
                        need.array("secrets").map(a -> StreamSupport.stream(a.spliterator(), false)).stream()
                                .flatMap(secrets -> secrets)
                                .map(v -> (JsonObject) v)
                                .map(s -> name(need) + ": " + list(s, "fields") + " "
                                        + s.text("state").orElseThrow() + " " + list(s, "environments"))
                                .map(String::strip)))
                .toList();
    }

    private static String name(JsonObject need) {
        return need.text("name").orElseThrow();
    }

    private static String list(JsonObject secrets, String member) {
        return secrets.array(member).stream()
                .flatMap(a -> StreamSupport.stream(a.spliterator(), false))
                .map(v -> ((dev.offshoot.format.JsonString) v).value())
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private static Stream<JsonObject> stream(JsonObject answer) {
        JsonArray needs = answer.array("needs").orElseThrow();
        return StreamSupport.stream(needs.spliterator(), false).map(v -> (JsonObject) v);
    }

    private static JsonObject need(Answer answer, String kind, String name) {
        return stream(answer.json())
                .filter(n -> n.text("kind").equals(java.util.Optional.of(kind))
                        && n.text("name").equals(java.util.Optional.of(name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + answer.text()));
    }

    @Test
    void aCopyOfAToolJetAppNeedsItsDataSourcesConfigured() throws Exception {
        Answer receipt = server.post(IMPORTS, sample("crm.json")).expect(201);
        assertThat(needs(receipt))
                .containsExactly(
                        "datasource parts-supplier present",
                        "parts-supplier: bearer_token missing development, production, staging",
                        "datasource workshop present",
                        "workshop: password missing development, production, staging",
                        "workshop: ca_cert missing production, staging");
        assertThat(receipt.text()).doesNotContain("runjsdefault is new here");

        Answer shown = configuration("tooljet/apps/CRM");
        assertThat(needs(shown)).contains("module Customer header present");
        JsonObject workshop = need(shown, "datasource", "workshop");
        assertThat(workshop.text("address")).contains("tooljet/datasources/workshop");
        assertThat(workshop.get("users")).contains(JsonValue.of(7));
        assertThat(workshop.array("usedBy").orElseThrow().toString())
                .contains("tooljet/apps/CRM/versions/v2/queries/revenueByMonth");
        assertThat(needs(configuration("tooljet/datasources/workshop")))
                .contains("datasource workshop present", "workshop: password missing development, production, staging");
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() throws Exception {
        Answer plan = server.post(IMPORTS + "?dry_run=true", sample("crm.json")).expect(200);
        Answer receipt = server.post(IMPORTS, sample("crm.json")).expect(201);
        assertThat(plan.json().array("needs")).isEqualTo(receipt.json().array("needs"));
    }

    /** The id that leads nowhere is all that is known of it. */
    @Test
    void aDataSourceThatIsNotThereIsMissing() throws Exception {
        String crm = sample("crm.json");
        String id = crm.replaceAll("(?s).*\"dataSourceId\": \"([0-9a-f-]{36})\".*", "$1");
        String gone = "99999999-9999-4999-8999-999999999999";
        Answer receipt = server.post(IMPORTS, crm.replace("\"dataSourceId\": \"" + id, "\"dataSourceId\": \"" + gone))
                .expect(201);
        JsonObject need = need(receipt, "datasource", gone);
        assertThat(need.text("state")).contains("missing");
        assertThat(need.text("address")).isEmpty();
        assertThat(need.array("usedBy").orElseThrow().toString()).contains("/queries/");
    }

    @Test
    void aPluginIsNamedAndOnlyThePlatformKnowsIt() throws Exception {
        String crm = sample("crm.json").replaceFirst("\"pluginId\": null", "\"pluginId\": \"plugin-of-theirs\"");
        assertThat(needs(server.post(IMPORTS, crm).expect(201))).anyMatch(n -> n.matches("plugin \\S+ unknown"));
        assertThat(needs(server.post(IMPORTS, sample("counter.json")).expect(201)))
                .containsExactly("datasource workshop-db present", "workshop-db: authentication missing");
        String foreign = sample("counter.json").replace("restapi-plugin", "bonita-api-plugin");
        assertThat(needs(server.post(IMPORTS, foreign).expect(200))).contains("plugin bonita-api-plugin unknown");
    }

    /** Names are ids in Appsmith, and a page may have the name of a data source. */
    @Test
    void aPageOfTheSameNameIsNoDataSource() throws Exception {
        String renamed = sample("counter.json").replace("workshop-db", "Stock");
        assertThat(renamed).contains("\"name\": \"Stock\"");
        Answer receipt = server.post(IMPORTS, renamed).expect(201);
        assertThat(needs(receipt)).containsExactly("datasource Stock present", "Stock: authentication missing");
        assertThat(need(receipt, "datasource", "Stock").text("address"))
                .contains(receipt.text("document") + "/datasources/Stock");
    }

    /** The copies of a data source in each version are one thing to say, and what nothing uses is none. */
    @Test
    void dataSourcesOfVersionsAreOneNeed() throws Exception {
        Answer receipt = server.post(IMPORTS, twoOfOneName(2)).expect(201);
        JsonObject need = need(receipt, "datasource", "Sheets");
        assertThat(needs(receipt)).containsExactly("datasource Sheets present", "Sheets: token missing");
        assertThat(need.array("alike").orElseThrow().toString()).contains("/datasources/Sheets~2");
        assertThat(need.get("users")).contains(JsonValue.of(2));
        Answer one = server.post(IMPORTS, twoOfOneName(1)).expect(200);
        assertThat(need(one, "datasource", "Sheets").array("alike")).isEmpty();
        assertThat(needs(configuration(one.text("document")))).contains("datasource Sheets unused");
    }

    private static String twoOfOneName(int used) {
        String id = "00000000-0000-4000-8000-0000000000";
        String sources = "";
        String queries = "";
        for (int i = 1; i <= 2; i++) {
            sources += (i > 1 ? "," : "") + "{\"id\": \"" + id + "1" + i
                    + "\", \"name\": \"Sheets\", \"kind\": \"sheets\"," + "\"appId\": \"" + id
                    + "01\", \"options\": {\"token\": {\"encrypted\": true}, \"n\": {\"value\": " + i + "}}}";
            queries += (i > 1 ? "," : "") + "{\"id\": \"" + id + "2" + i + "\", \"name\": \"q" + i
                    + "\", \"kind\": \"sheets\"," + "\"appId\": \"" + id + "01\", \"options\": {}, \"dataSourceId\": \""
                    + id + "1" + Math.min(i, used) + "\"}";
        }
        return "{\"id\": \"" + id + "01\", \"name\": \"sheets\", \"definition\": {}, \"appVersions\": [],"
                + "\"dataSources\": [" + sources + "], \"dataQueries\": [" + queries + "]}";
    }

    @Test
    void rolesAreMissingWhereNobodyBroughtThem() throws Exception {
        String keeper = "fc9f2fd3";
        Answer with = server.post(IMPORTS, sample("rental.json")).expect(201);
        assertThat(needs(with)).isEmpty();
        assertThat(needs(configuration(with.text("document"))))
                .contains("role Bike Keeper present", "role Rental Counter present");

        server.post("/api/workspaces", "{\"name\": \"other\"}").expect(201);
        String bare = sample("rental.json").replace("\"uuid\": \"" + keeper, "\"uuid\": \"00000000");
        Answer without = server.post("/api/workspaces/other/imports", bare).expect(201);
        assertThat(needs(without)).anyMatch(n -> n.startsWith("role " + keeper) && n.endsWith("missing"));
    }

    /** Every server has the five roles that the platform brings. */
    @Test
    void aRoleOfThePlatformIsNotMissing() throws Exception {
        String platforms = "dd6c2d34-0982-48b7-bc44-2456474edbea";
        String rental = sample("rental.json");
        String keeper = rental.replaceAll("(?s).*\"uuid\": \"(fc9f2fd3[0-9a-f-]*)\".*", "$1");
        Answer receipt = server.post(IMPORTS, rental.replace(keeper, platforms)).expect(201);
        assertThat(receipt.json().array("needs").orElseThrow().toString()).doesNotContain(platforms);
    }

    @Test
    void aCalendarIsFoundByItsName() throws Exception {
        Answer with = server.post(IMPORTS, sample("pickup-reminder.json")).expect(201);
        assertThat(needs(configuration(with.text("document")))).contains("calendar Opening hours present");
        String renamed = sample("pickup-reminder.json")
                .replaceAll("\"calendar\": \"Opening hours\"", "\"calendar\": \"Night shift\"");
        assertThat(needs(server.post(IMPORTS, renamed).expect(200))).contains("calendar Night shift missing");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(server.get("/api/workspaces/team/definitions/tooljet/apps/none/configuration")
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/api/workspaces/none/definitions/tooljet/apps/none/configuration")
                        .status())
                .isEqualTo(404);
    }
}
