package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.Twin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final String SQL = "tooljet/apps/CRM/versions/v2/queries/listOpenRepairs.sql";

    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private static Run run(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandLineApp app = new CommandLineApp((options, env) -> {
            throw Failure.of(Reason.BUSY, "port", "not in this test");
        });
        int code = app.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Run run(String... args) {
        return run(Map.of(), args);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String document(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private String tree(String name) throws IOException {
        assertThat(run("explode", document(name + ".json", Sample.crmBytes()), at(name))
                        .code())
                .isZero();
        return at(name);
    }

    private void edit(String tree) throws IOException {
        Path sql = Path.of(tree, SQL);
        Files.writeString(sql, Files.readString(sql).replace("late DESC, ", ""));
    }

    @Test
    void foldersAndExportsCanBeComparedInAnyCombination() throws IOException {
        String one = tree("one");
        String other = tree("other");
        assertThat(run("diff", one, other)).isEqualTo(new Run(0, "", ""));
        edit(other);
        for (String before : new String[] {one, at("one.json")}) {
            Run run = run("diff", before, other);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out())
                    .contains(
                            "app CRM (tooljet/apps/CRM)",
                            "query listOpenRepairs: 1 line of SQL changed",
                            "+ORDER BY r.due_on");
        }
        assertThat(run("diff", other, at("one.json")).out()).contains("+ORDER BY late DESC");
    }

    @Test
    void anExportOfAnotherInstanceDoesNotDiffer() throws IOException {
        String one = document("one.json", Sample.crmBytes());
        String other = document("other.json", JsonWriter.compact(Twin.ofToolJet(Sample.crm(), 5)));
        assertThat(run("diff", one, other).code()).isZero();
        assertThat(run("diff", tree("tree"), other).code()).isZero();
    }

    @Test
    void jsonAndMarkdown() throws IOException {
        String one = tree("one");
        String other = tree("other");
        edit(other);
        Run json = run("diff", one, other, "--format", "json");
        assertThat(JsonReader.read(json.out().getBytes(StandardCharsets.UTF_8)).toString())
                .contains("listOpenRepairs");
        assertThat(run("diff", "--format=markdown", one, other).out()).contains("### What changed from", "```diff");
    }

    @Test
    void statesOfAServerCanBeCompared() throws IOException {
        try (TestServer server = TestServer.start(folder.resolve("data")).with("team")) {
            server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
            server.post("/api/workspaces/team/branches", "{\"name\": \"next\"}").expect(201);
            Map<String, String> environment = Map.of("OFFSHOOT_TOKEN", server.token);
            String url = server.address().toString();
            assertThat(run(environment, "diff", "main", "next", "--server", url, "-w", "team"))
                    .isEqualTo(new Run(0, "", ""));
            server.delete("/api/workspaces/team/definitions/tooljet/apps/CRM?branch=next")
                    .expect(200);
            Run run = run(environment, "diff", "main", "next", "--server", url, "-w", "team");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("app CRM removed with");
            assertThat(run(environment, "diff", "main", "next", "--server", url, "-w", "team", "--format", "markdown")
                            .out())
                    .contains("app `CRM` removed");
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        String one = tree("one");
        assertThat(run("diff", one, at("nowhere")).code()).isEqualTo(5);
        assertThat(run("diff", one, document("x.json", "{}".getBytes(StandardCharsets.UTF_8)))
                        .code())
                .isEqualTo(3);
        assertThat(run("diff", one).code()).isEqualTo(2);
        assertThat(run("diff", one, one, "-w", "team").code()).isEqualTo(2);
        assertThat(run("diff", "a", "b", "--server", "http://127.0.0.1:1").code())
                .isEqualTo(2);
        assertThat(run("diff", one, one, "--format", "html").code()).isEqualTo(2);
    }
}
