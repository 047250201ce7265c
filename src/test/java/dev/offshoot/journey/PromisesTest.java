package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.AppsmithDocs;
import dev.offshoot.testing.FlowRunnerDocs;
import dev.offshoot.testing.Loose;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises of the platforms to their users that no other test shows as a whole; {@code docs/promises.md} lists them all. */
class PromisesTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final String DEFINITIONS = "/api/workspaces/team/definitions";

    @TempDir
    Path folder;

    private TestServer here;
    private TestServer there;

    @BeforeEach
    void startTwo() {
        here = TestServer.start(folder.resolve("here")).with("team");
        there = TestServer.start(folder.resolve("there")).with("team");
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private static String address(Answer receipt) {
        return receipt.text("document");
    }

    private static String export(TestServer server, String address) {
        return server.get(DEFINITIONS + "/" + address + "/export?versions=all")
                .expect(200)
                .text();
    }

    @Test
    void aDownloadedFileIsImportedElsewhereAsItIs() {
        for (byte[] document : List.of(
                Sample.crmBytes(),
                JsonWriter.compact(AppsmithDocs.workshop()),
                JsonWriter.compact(FlowRunnerDocs.full(3)))) {
            String address = address(here.post(IMPORTS, document).expect(201));
            String file = export(here, address);
            assertThat(address(there.post(IMPORTS, file).expect(201))).isEqualTo(address);
            assertThat(export(there, address)).as("at once, without a restart").isEqualTo(file);

            String name = address.substring(address.lastIndexOf('/') + 1);
            there.delete(DEFINITIONS + "/" + address).expect(200);
            assertThat(there.get(DEFINITIONS).text()).doesNotContain("/" + name + "\"");
            assertThat(export(here, address)).as("detached").isEqualTo(file);
        }
    }

    @Test
    void aModuleIsMadeWhereThereIsNoneOfItsNameAndLinkedWhereThereIs() {
        here.post(IMPORTS, Sample.crmBytes()).expect(201);
        String file = export(here, "tooljet/apps/CRM");
        List<String> modules = modules(here);
        assertThat(modules).isNotEmpty();

        Answer first = there.post(IMPORTS, file).expect(201);
        assertThat(modules(there)).isEqualTo(modules);
        assertThat(first.text()).contains("\"action\": \"created\"");

        there.post(IMPORTS + "?mode=create&name=Second", file).expect(201);
        assertThat(modules(there)).as("none is there twice").isEqualTo(modules);
        String name = here.get(DEFINITIONS + "/" + modules.get(0)).text("name");
        assertThat(export(there, "tooljet/apps/Second"))
                .as("the export has the module")
                .contains("\"name\": \"" + name + "\"");
        TestServer third = here.with("third");
        third.post("/api/workspaces/third/imports", export(there, "tooljet/apps/Second"))
                .expect(201);
        assertThat(third.get("/api/workspaces/third/definitions").text()).contains(modules.get(0));
    }

    private static List<String> modules(TestServer server) {
        return server.get(DEFINITIONS).json().array("definitions").orElseThrow().items().stream()
                .map(d -> ((JsonObject) d).text("address").orElseThrow())
                .filter(a -> a.startsWith("tooljet/modules/"))
                .sorted()
                .toList();
    }

    @Test
    void aVersionOfAFlowComesWithItsScheduleAndItsGoals() {
        JsonObject schedule = JsonObject.EMPTY.with("schedule", JsonValue.of("daily"));
        JsonObject goal = JsonObject.EMPTY.with("name", JsonValue.of("Answer")).with("target", JsonValue.of("4h"));
        JsonObject version = FlowRunnerDocs.full(5)
                .with("name", JsonValue.of("Approval"))
                .with("version", JsonValue.of("2"))
                .with("metaInfo", JsonObject.EMPTY.with("schedule", schedule))
                .with("slaGoals", JsonArray.of(goal));
        String address = address(here.post(IMPORTS, JsonWriter.compact(version)).expect(201));
        Answer file =
                here.get(DEFINITIONS + "/" + address + "/export?version=2").expect(200);
        assertThat(file.json().object("metaInfo").flatMap(m -> m.get("schedule")))
                .contains(schedule);
        assertThat(file.json().array("slaGoals").orElseThrow().items()).hasSize(1);

        assertThat(address(there.post(IMPORTS, file.bytes()).expect(201))).isEqualTo(address);
        assertThat(SameJson.differences(
                        Loose.of(file.json(), Set.of()),
                        Loose.of(
                                there.get(DEFINITIONS + "/" + address + "/export?version=2")
                                        .json(),
                                Set.of())))
                .isEmpty();
    }
}
