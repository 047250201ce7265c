package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once: nobody is refused, nothing is lost. */
class ConcurrentImportsTest {
    private static final int CLIENTS = 32;
    private static final String BUTTON = "/app/0/definition/appV2/components/0/properties/text/value";
    private static final List<String> SHARED = List.of(
            "/app/0/definition/appV2/dataSources/0/id",
            "/app/0/definition/appV2/appEnvironments/0/id",
            "/app/0/definition/appV2/organizationId");

    @TempDir
    Path data;

    private TestServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
        // Not before: packs are folded in the background, and git does not like one to go while it looks.
        assertThat(git().run("fsck", "--strict", "--full")).isEmpty();
    }

    /** Sends one document per client, all at the same moment. */
    private List<Answer> importAtOnce(IntFunction<JsonValue> document) throws Exception {
        CyclicBarrier together = new CyclicBarrier(CLIENTS);
        List<Future<Answer>> sending = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            byte[] body = JsonWriter.compact(document.apply(i));
            sending.add(threads.submit(() -> {
                together.await();
                return server.post("/api/workspaces/team/imports", body);
            }));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : sending) {
            answers.add(answer.get());
        }
        return answers;
    }

    private JsonValue export(String app, String query) {
        return server.get("/api/workspaces/team/definitions/tooljet/apps/" + app + "/export" + query)
                .expect(200)
                .value();
    }

    private GitClient git() {
        return new GitClient(data.resolve("repositories/team.git"));
    }

    private void assertOneLineOf(int commits) {
        assertThat(git().run("rev-list", "--count", "main")).isEqualTo("" + commits);
        assertThat(git().run("rev-list", "--count", "--merges", "main")).isEqualTo("0");
    }

    /** Apps of one instance: they have data source, environment and organization in common. */
    private static JsonValue app(int number) {
        String text = new String(TinyApp.bytes("app" + number, number, "one"), StandardCharsets.UTF_8);
        for (String shared : SHARED) {
            text = text.replace(id(TinyApp.of("", number, ""), shared), id(TinyApp.of("", 99, ""), shared));
        }
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(JsonValue app, String pointer) {
        return ((JsonString) Edits.get(app, pointer)).value();
    }

    @Test
    void differentAppsLandWithACommitEach() throws Exception {
        Set<String> commits = new HashSet<>();
        for (Answer answer : importAtOnce(ConcurrentImportsTest::app)) {
            commits.add(answer.expect(201).text("commit"));
        }
        assertThat(commits).hasSize(CLIENTS);
        assertOneLineOf(1 + CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(export("app" + i, "")).isEqualTo(app(i));
        }

        // The same again with a change in each: now every file of an app is there to be lost.
        List<Answer> changed = importAtOnce(i -> Edits.set(app(i), BUTTON, new JsonString("two")));
        changed.forEach(answer -> answer.expect(200));
        assertOneLineOf(1 + 2 * CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(export("app" + i, "")).isEqualTo(Edits.set(app(i), BUTTON, new JsonString("two")));
            assertThat(git().run(
                                    "show",
                                    "--format=",
                                    "--name-only",
                                    changed.get(i).text("commit")))
                    .isEqualTo("tooljet/apps/app" + i + "/versions/v1/pages/Home/components/button1.yaml");
        }
    }

    @Test
    void theSameAppEndsAsExactlyOneOfThem() throws Exception {
        IntFunction<JsonValue> version = i -> Edits.set(app(1), BUTTON, new JsonString("of client " + i));
        List<Answer> answers = importAtOnce(version);
        Set<String> commits = new HashSet<>();
        for (Answer answer : answers) {
            assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
            commits.add(answer.text("commit"));
        }
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(commits).hasSize(CLIENTS);
        assertOneLineOf(1 + CLIENTS);

        String head = git().run("rev-parse", "main");
        for (int i = 0; i < CLIENTS; i++) {
            String commit = answers.get(i).text("commit");
            assertThat(export("app1", "?ref=" + commit)).isEqualTo(version.apply(i));
            if (commit.equals(head)) {
                assertThat(export("app1", "")).isEqualTo(version.apply(i));
            }
        }
        assertThat(commits).contains(head);
    }

    @Test
    void appsOfManyInstancesShareADataSourceThatEachKnowsByAnotherId() throws Exception {
        importAtOnce(i -> TinyApp.of("App " + i, i + 1, "label " + i)).forEach(answer -> answer.expect(201));
        assertOneLineOf(1 + CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(export("App-" + i, "")).isEqualTo(TinyApp.of("App " + i, i + 1, "label " + i));
        }
    }

    @Test
    void namesThatDifferInCaseOnlyGetPlacesThatDifferInMore() throws Exception {
        importAtOnce(i -> TinyApp.of((i % 2 == 0 ? "Shop" : "SHOP") + i / 2, i + 1, "x"))
                .forEach(answer -> answer.expect(201));
        List<String> folders = git().run("ls-tree", "--name-only", "main", "tooljet/apps/")
                .lines()
                .toList();
        assertThat(folders).hasSize(CLIENTS);
        assertThat(folders.stream().map(String::toLowerCase).distinct()).hasSize(CLIENTS);
    }
}
