package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchApiTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String CRM = TEAM + "/definitions/tooljet/apps/CRM";

    @TempDir
    Path data;

    private TestServer server;
    private String first;

    @BeforeEach
    void start() {
        server = TestServer.start(data).with("team");
        first = server.post(TEAM + "/imports", Sample.crmBytes()).expect(201).text("commit");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer branch(String name, String from) {
        return server.post(TEAM + "/branches", "{\"name\": \"" + name + "\", \"from\": \"" + from + "\"}");
    }

    private Answer tag(String name, String at) {
        return server.post(TEAM + "/tags", "{\"name\": \"" + name + "\", \"at\": \"" + at + "\"}");
    }

    private List<String> names(String what) {
        List<String> names = new ArrayList<>();
        JsonArray list =
                server.get(TEAM + "/" + what).expect(200).json().array(what).orElseThrow();
        list.forEach(b -> names.add(((JsonObject) b).text("name").orElseThrow()));
        return names;
    }

    private JsonValue export(String ref) {
        return server.get(CRM + "/export?ref=" + ref).expect(200).value();
    }

    private void importOn(String branch, JsonValue document) {
        server.post(TEAM + "/imports?branch=" + branch, JsonWriter.compact(document))
                .expect(200);
    }

    private static JsonValue withIcon(JsonValue document, String icon) {
        return Edits.set(document, "/app/0/definition/appV2/icon", new JsonString(icon));
    }

    @Test
    void branchesAndTagsAreMadeListedAndDeleted() {
        assertThat(branch("feature/x", "main").expect(201).text("commit")).isEqualTo(first);
        assertThat(branch("old", first).expect(201).text("commit")).isEqualTo(first);
        tag("v1.0", "feature/x").expect(201);
        assertThat(names("branches")).containsExactly("feature/x", "main", "old");
        assertThat(names("tags")).containsExactly("v1.0");
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "clone");
        assertThat(new GitClient(data.resolve("clone"))
                        .run("branch", "-r", "--format=%(refname:short)")
                        .lines())
                .contains("origin/feature/x", "origin/old");
        server.delete(TEAM + "/branches/feature/x").expect(204);
        server.delete(TEAM + "/tags/v1.0").expect(204);
        assertThat(names("branches")).containsExactly("main", "old");
        assertThat(names("tags")).isEmpty();
        server.delete(TEAM + "/branches/feature/x").expect(404);
    }

    /** Every call that names no branch means the default one, and clones check it out. */
    @Test
    void anotherBranchCanBeTheDefault() {
        branch("next", "main").expect(201);
        JsonValue changed = withIcon(Sample.crm(), "next");
        importOn("next", changed);
        String path = TEAM + "/default-branch";
        assertThat(server.put(path, "{\"name\": \"next\"}").expect(200).text()).contains("\"default\": true");
        assertThat(server.get(TEAM).expect(200).text("defaultBranch")).isEqualTo("next");
        assertThat(SameJson.differences(
                        changed, server.get(CRM + "/export").expect(200).value()))
                .isEmpty();
        server.post(TEAM + "/imports", JsonWriter.compact(withIcon(Sample.crm(), "later")))
                .expect(200);
        assertThat(SameJson.differences(Sample.crm(), export("main"))).isEmpty();
        new GitClient(data).run("clone", "-q", server.gitUrl("team"), "clone");
        assertThat(new GitClient(data.resolve("clone"))
                        .run("branch", "--show-current")
                        .strip())
                .isEqualTo("next");
        server.delete(TEAM + "/branches/next").expect(409);
        server.delete(TEAM + "/branches/main").expect(204);
        server.put(path, "{\"name\": \"main\"}").expect(404);
        server.put(path, "{\"nam\": \"main\"}").expect(400);
    }

    @Test
    void aTagIsShownWhereItStandsWhateverABranchIsCalled() {
        tag("same", first).expect(201);
        branch("same", "main").expect(201);
        importOn("same", withIcon(Sample.crm(), "later"));
        assertThat(server.get(TEAM + "/tags").expect(200).text()).contains(first);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(server.delete(TEAM + "/branches/main").expect(409).text()).contains("default branch");
        branch("feature", "main").expect(201);
        for (String taken : List.of("feature", "FEATURE", "feature/x")) {
            branch(taken, "main").expect(409);
        }
        branch("good", "no-such").expect(404);
        branch("-bad", "main").expect(400);
        branch("HEAD", "main").expect(400);
        assertThat(server.post(TEAM + "/branches", "{\"nam\": \"x\"}")
                        .expect(400)
                        .text())
                .contains("/nam");
        server.post(TEAM + "/branches", "{\"name\": \"x\", \"from\": 7}").expect(400);
        server.post(TEAM + "/branches", "[]").expect(400);
        assertThat(names("branches")).containsExactly("feature", "main");
    }

    @Test
    void aBranchIsIndependentFromTheMomentItIsMade() {
        branch("b", "main").expect(201);
        JsonValue changed = withIcon(Sample.crm(), "theirs");
        importOn("b", changed);
        assertThat(SameJson.differences(Sample.crm(), export("main"))).isEmpty();
        assertThat(SameJson.differences(changed, export("b"))).isEmpty();
        JsonValue ours = withIcon(Sample.crm(), "ours");
        importOn("main", ours);
        assertThat(SameJson.differences(ours, export("main"))).isEmpty();
        assertThat(SameJson.differences(changed, export("b"))).isEmpty();
    }

    /** The document of another instance differs in ids and times alone: no commit, but a ledger of its own. */
    @Test
    void aBranchHasALedgerOfItsOwn() {
        branch("b", "main").expect(201);
        JsonValue twin = Twin.ofToolJet(Sample.crm(), 5);
        importOn("b", twin);
        assertThat(SameJson.differences(twin, export("b"))).isEmpty();
        assertThat(SameJson.differences(Sample.crm(), export("main"))).isEmpty();
        branch("c", "b").expect(201);
        assertThat(SameJson.differences(twin, export("c"))).isEmpty();
    }

    @Test
    void whatATagHoldsKeepsItsLedgerWhenTheBranchGoes() {
        branch("b", "main").expect(201);
        JsonValue changed = withIcon(Twin.ofToolJet(Sample.crm(), 5), "theirs");
        importOn("b", changed);
        tag("kept", "b").expect(201);
        server.delete(TEAM + "/branches/b").expect(204);
        assertThat(SameJson.differences(changed, export("kept"))).isEmpty();
        assertThat(SameJson.differences(Sample.crm(), export("main"))).isEmpty();
        branch("b", "kept").expect(201);
        assertThat(SameJson.differences(changed, export("b"))).isEmpty();
        assertThat(new GitClient(data).run("ls-remote", server.gitUrl("team"))).doesNotContain("offshoot");
    }

    @Test
    void ofManyWhoMakeTheSameBranchOneSucceeds() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = IntStream.range(0, 24)
                    .mapToObj(i ->
                            clients.submit(() -> branch("race" + i % 3, "main").status()))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(201, 409);
            assertThat(statuses.stream().filter(s -> s == 201)).hasSize(3);
        } finally {
            clients.shutdown();
        }
        assertThat(names("branches")).containsExactly("main", "race0", "race1", "race2");
    }
}
