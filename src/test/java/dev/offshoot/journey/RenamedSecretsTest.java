package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.MovedClock;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets stay with their record: renamed, gone and back, on every branch; and with nothing else. */
class RenamedSecretsTest {
    private static final String TEAM = "/api/workspaces/team";
    private static final String APP = TEAM + "/definitions/tooljet/apps/sheets";
    private static final String TOKEN = "token-4711";
    private static final String FOLDER = "tooljet/apps/sheets/unversioned/datasources/";

    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock();
    private Path data;
    private TestServer server;

    @BeforeEach
    void start() {
        data = folder.resolve("data");
        server = TestServer.startWithVault(data, clock).with("team");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A data source in an app: its name, the number in its id, and its token. */
    private record Source(String name, int number, String token) {
        static Source of(String name) {
            return new Source(name, 11, "");
        }

        String json() {
            String value = token.isEmpty() ? "" : ", \"value\": \"" + token + "\"";
            return "{\"id\": \"" + id(number) + "\", \"name\": \"" + name + "\", \"kind\": \"sheets\", \"appId\": \""
                    + id(1)
                    + "\", \"options\": {\"token\": {\"encrypted\": true" + value
                    + "}, \"url\": {\"encrypted\": false, \"value\": \"https://sheets.example.com\"}}}";
        }
    }

    private static String id(int number) {
        return "00000000-0000-4000-8000-0000000000" + number / 10 + number % 10;
    }

    private static String app(Source... sources) {
        return "{\"id\": \"" + id(1)
                + "\", \"name\": \"sheets\", \"definition\": {}, \"appVersions\": [], \"dataSources\": ["
                + String.join(", ", Stream.of(sources).map(Source::json).toList()) + "], \"dataQueries\": []}";
    }

    private Answer send(String document, String query) {
        return server.post(TEAM + "/imports" + query, document).expect(200, 201);
    }

    private Answer store() {
        return send(app(new Source("Sheets", 11, TOKEN)), "?secrets=store");
    }

    private String export(String query) {
        return server.get(APP + "/export?secrets=include" + query).expect(200).text();
    }

    private void revert(String commit) {
        server.post(TEAM + "/reverts", "{\"commit\": \"" + commit + "\"}").expect(200);
    }

    private Map<String, String> vault() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(data.resolve("vault"))) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    @Test
    void aRecordThatAnImportRenamesKeepsItsSecrets() throws Exception {
        store();
        Map<String, String> before = vault();
        Answer renamed = send(app(Source.of("Tables")), "");
        assertThat(export("")).contains("\"Tables\"", TOKEN);
        assertThat(server.get(APP + "/configuration").text())
                .contains(FOLDER + "Tables", "\"set\"")
                .doesNotContain(FOLDER + "Sheets");
        revert(renamed.text("commit"));
        assertThat(export("")).contains("\"Sheets\"", TOKEN);
        assertThat(vault()).as("nothing was written for that").isEqualTo(before);
    }

    @Test
    void aRecordThatAPushRenamesKeepsItsSecrets() throws Exception {
        store();
        GitClient clone = cloned();
        clone.run("mv", FOLDER + "Sheets.yaml", FOLDER + "Tables.yaml");
        Path file = clone.folder().resolve(FOLDER + "Tables.yaml");
        Files.writeString(file, Files.readString(file).replace("name: Sheets", "name: Tables"));
        clone.run("commit", "-qam", "rename");
        clone.run("push", "-q");
        assertThat(export("")).contains("\"Tables\"", TOKEN);
        clone.run("rm", "-q", FOLDER + "Tables.yaml");
        clone.run("commit", "-qm", "remove");
        clone.run("push", "-q");
        assertThat(export("")).doesNotContain(TOKEN);
        server.tidySecrets();
        clone.run("revert", "--no-edit", "HEAD");
        clone.run("push", "-q");
        assertThat(export("")).as("and gone and back").contains("\"Tables\"", TOKEN);
    }

    private GitClient cloned() {
        new GitClient(folder).run("clone", "-q", server.gitUrl("team"), "clone");
        GitClient clone = new GitClient(folder.resolve("clone"));
        clone.run("config", "user.name", "Ada Lovelace");
        clone.run("config", "user.email", "ada@example.org");
        return clone;
    }

    /** A value belongs to the record, so whoever changes it changes it for all branches, whatever they call the record. */
    @Test
    void branchesWithOtherNamesShareTheValue() {
        String old = store().text("commit");
        server.post(TEAM + "/branches", "{\"name\": \"next\"}").expect(201);
        send(app(Source.of("Tables")), "");
        assertThat(export("&branch=next")).contains("\"Sheets\"", TOKEN);
        server.put(APP + "/configuration", "{\"unversioned/datasources/Tables\": {\"token\": \"fresh-1\"}}")
                .expect(200);
        for (String state : new String[] {"", "&branch=next", "&ref=" + old}) {
            assertThat(export(state)).contains("fresh-1").doesNotContain(TOKEN);
        }
    }

    @Test
    void anotherRecordWithTheOldNameGetsNothing() {
        store();
        send(app(Source.of("Tables"), new Source("Sheets", 12, "")), "");
        assertThat(export("").split(TOKEN, -1)).hasSize(2);
        assertThat(server.get(APP + "/configuration").text()).contains("\"missing\"");
        server.put(APP + "/configuration", "{\"unversioned/datasources/Sheets\": {\"token\": \"second-1\"}}")
                .expect(200);
        assertThat(export("")).contains(TOKEN, "second-1");
    }

    /** The same record of another instance: it has another id there, and the same place here. */
    @Test
    void aRecordThatComesWithAnotherIdKeepsThemAtItsPlace() {
        store();
        send(app(new Source("Sheets", 12, "")), "");
        assertThat(export("")).contains(id(12), TOKEN);
        send(app(new Source("Sheets", 12, "newer-1")), "?secrets=store");
        assertThat(export("")).contains("newer-1").doesNotContain(TOKEN);
    }

    @Test
    void whatIsGoneIsFoundByARevertForAWhile() throws Exception {
        store();
        Answer removed = server.delete(APP).expect(200);
        clock.pass(Duration.ofDays(29));
        server.tidySecrets();
        revert(removed.text("commit"));
        assertThat(export("")).contains(TOKEN);
        server.tidySecrets();
        clock.pass(Duration.ofDays(29));
        server.tidySecrets();
        assertThat(export("")).as("the time begins anew").contains(TOKEN);

        Answer again = server.delete(APP).expect(200);
        clock.pass(Duration.ofDays(31));
        server.tidySecrets();
        assertThat(vault()).isEmpty();
        revert(again.text("commit"));
        assertThat(export("")).doesNotContain(TOKEN);
    }

    @Test
    void anotherAppAtThePlaceOfOneThatIsGoneGetsNothing() {
        store();
        server.delete(APP).expect(200);
        send(app(new Source("Sheets", 12, "")).replace(id(1), id(2)), "");
        assertThat(export("")).doesNotContain(TOKEN);
        server.put(APP + "/configuration", "{\"unversioned/datasources/Sheets\": {\"token\": \"second-1\"}}")
                .expect(200);
        assertThat(export("")).contains("second-1");
    }

    @Test
    void whatOneBranchOrTagHasStays() throws Exception {
        send(app(), "");
        server.post(TEAM + "/branches", "{\"name\": \"next\"}").expect(201);
        send(app(new Source("Sheets", 11, TOKEN)), "?branch=next&secrets=store");
        server.post(TEAM + "/tags", "{\"name\": \"v1\", \"at\": \"next\"}").expect(201);
        server.delete(TEAM + "/branches/next").expect(200, 204);
        clock.pass(Duration.ofDays(31));
        server.tidySecrets();
        assertThat(export("&ref=v1")).contains(TOKEN);
        server.delete(TEAM + "/tags/v1").expect(200, 204);
        assertThat(vault()).isNotEmpty();
        clock.pass(Duration.ofDays(31));
        server.tidySecrets();
        assertThat(vault()).isEmpty();
    }

    @Test
    void secretsGoAtOnceWhenSomebodySaysSo() throws Exception {
        store();
        assertThat(server.delete(APP + "?secrets=maybe").status()).isEqualTo(400);
        server.delete(APP + "?secrets=remove").expect(200);
        assertThat(vault()).isEmpty();
    }
}
