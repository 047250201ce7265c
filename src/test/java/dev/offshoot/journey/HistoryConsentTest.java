package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.testing.CommandRun;
import dev.offshoot.testing.Edits;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history whose commits take data away is repeated only for somebody who has agreed to exactly that, and nothing is sent before. */
class HistoryConsentTest {
    private static final String COLUMNS = "/tooljet_database/1/schema/columns";
    private static final Pattern TOKEN = Pattern.compile("--confirm ([0-9a-f]{64})");

    @TempDir
    Path folder;

    private TestServer server;
    private GitClient git;

    /** A ToolJet repository of the first generation: whole exports, the second of which has lost a column. */
    @BeforeEach
    void begin() throws IOException {
        server = TestServer.start(folder.resolve("server")).with("team");
        new GitClient(folder).run("init", "-q", "-b", "main", "workshop");
        git = new GitClient(folder.resolve("workshop"));
        Files.createDirectories(git.folder().resolve(".meta"));
        Files.writeString(git.folder().resolve(".meta/meta.json"), "{}");
        commit(Sample.crm(), "Begin");
        commit(
                Edits.at(
                        Sample.crm(),
                        COLUMNS,
                        list -> JsonArray.of(((JsonArray) list).items().subList(0, ((JsonArray) list).size() - 1))),
                "Forget when it was ordered");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void commit(JsonValue document, String message) throws IOException {
        Path file = git.folder().resolve("CRM/v1.json");
        Files.createDirectories(file.getParent());
        Files.write(file, JsonWriter.compact(document));
        git.run("add", "-A");
        git.run("-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "-q", "-m", message);
    }

    private CommandRun replay(String... more) {
        List<String> arguments = new ArrayList<>(List.of("import", "--history"));
        arguments.add(git.folder().toString());
        arguments.addAll(List.of("--server", server.address().toString(), "-w", "team"));
        arguments.addAll(List.of(more));
        return CommandRun.against(server, arguments.toArray(String[]::new));
    }

    private String commitsHere() {
        return new GitClient(folder.resolve("server/repositories/team.git")).run("rev-list", "--count", "main");
    }

    private static String token(CommandRun refused) {
        Matcher found = TOKEN.matcher(refused.err());
        assertThat(found.find()).as(refused.err()).isTrue();
        return found.group(1);
    }

    @Test
    void nothingIsSentBeforeSomebodyAgrees() {
        String before = commitsHere();
        CommandRun refused = replay();
        assertThat(refused.code()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err())
                .contains("tooljet/tables/orders#/schema/columns/ordered_on")
                .contains("removed by commit " + git.run("rev-parse", "HEAD").substring(0, 10))
                .contains("[data-loss]");
        assertThat(commitsHere()).isEqualTo(before);

        CommandRun done = replay("--confirm", token(refused));
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("2 commits made here");
    }

    @Test
    void agreeingToSomethingElseIsNoConsent() throws IOException {
        String agreed = token(replay());
        String before = commitsHere();
        commit(Edits.at(Sample.crm(), COLUMNS, list -> JsonArray.EMPTY), "Forget it all");
        CommandRun refused = replay("--confirm", agreed);
        assertThat(refused.code()).as(refused.err()).isEqualTo(7);
        assertThat(token(refused)).isNotEqualTo(agreed);
        assertThat(commitsHere()).isEqualTo(before);
    }

    /** The table is there with one more column: no commit of the history made that. */
    @Test
    void whatWasHereBeforeIsNeverLostThatWay() throws IOException {
        git.run("reset", "-q", "--hard", "HEAD~");
        JsonValue more = Edits.at(Sample.crm(), COLUMNS, list -> {
            List<JsonValue> columns = new ArrayList<>(((JsonArray) list).items());
            columns.add(((JsonObject) columns.get(0)).with("column_name", new JsonString("rating")));
            return JsonArray.of(columns);
        });
        JsonValue other = Edits.set(more, "/app/0/definition/appV2/name", new JsonString("Another"));
        server.post("/api/workspaces/team/imports", JsonWriter.compact(other)).expect(201);
        String before = commitsHere();
        CommandRun stopped = replay("--confirm", "0".repeat(64));
        assertThat(stopped.code()).as(stopped.err()).isEqualTo(6);
        assertThat(stopped.err()).contains("#/schema/columns/rating");
        assertThat(commitsHere()).isEqualTo(before);
    }

    @Test
    void aHistoryThatLosesNothingNeedsNone() {
        git.run("reset", "-q", "--hard", "HEAD~");
        CommandRun done = replay();
        assertThat(done.code()).as(done.err()).isZero();
    }
}
