package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TinyApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private Run run(Map<String, String> environment, byte[] in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandLineApp app = new CommandLineApp((options, env) -> {
            throw Failure.of(Reason.BUSY, "port", "not in this test");
        });
        int code = app.run(
                new ByteArrayInputStream(in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Run run(String... args) {
        return run(Map.of(), new byte[0], args);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private String sample() throws IOException {
        return file("crm.json", Sample.crmBytes());
    }

    private static JsonValue read(Path file) throws IOException {
        return JsonReader.read(Files.readAllBytes(file));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void explodeAndAssembleGiveTheDocumentBack() throws IOException {
        assertThat(run("explode", sample(), at("tree")).code()).isZero();
        assertThat(run("assemble", at("tree"), "-o", at("out.json")).code()).isZero();
        assertThat(SameJson.differences(Sample.crm(), read(folder.resolve("out.json"))))
                .isEmpty();
        Run printed = run("assemble", at("tree"), "--definition", "tooljet/apps/CRM/");
        assertThat(JsonReader.read(printed.out().strip().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Sample.crm());
        assertThat(names()).containsExactly("crm.json", "out.json", "tree");
    }

    @Test
    void whatExplodeWritesCanBecomeARepository() throws IOException {
        run("explode", sample(), at("tree"));
        GitClient git = new GitClient(folder.resolve("tree"));
        git.run("init", "-q");
        git.run("add", ".");
        assertThat(git.run("ls-files"))
                .contains("offshoot.yaml", ".gitattributes", "tooljet/apps/CRM/app.yaml")
                .doesNotContain(".offshoot");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tree/.offshoot"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theTreeAloneGivesFreshIdsTheSameEachTime() throws IOException {
        run("explode", sample(), at("tree"));
        try (Stream<Path> ledger = Files.walk(folder.resolve("tree/.offshoot"))) {
            ledger.sorted(java.util.Comparator.reverseOrder())
                    .forEach(p -> p.toFile().delete());
        }
        assertThat(run("assemble", at("tree"), "-o", at("one.json")).code()).isZero();
        assertThat(run("assemble", at("tree"), "-o", at("two.json")).code()).isZero();
        assertThat(folder.resolve("one.json")).hasSameBinaryContentAs(folder.resolve("two.json"));
        assertThat(Files.readString(folder.resolve("one.json"))).doesNotContain("b7498224-2e47-4908-bcba-9704210c6d0c");
    }

    @Test
    void aHandEditShowsInTheDocument() throws IOException {
        run("explode", sample(), at("tree"));
        Path sql = folder.resolve("tree/tooljet/apps/CRM/versions/v2/queries/listOpenRepairs.sql");
        Files.writeString(sql, "select 42");
        run("assemble", at("tree"), "-o", at("out.json"));
        assertThat(SameJson.differences(Sample.crm(), read(folder.resolve("out.json"))))
                .singleElement()
                .asString()
                .contains("select 42");
    }

    @Test
    void aBrokenFileIsNamedWithItsLine() throws IOException {
        run("explode", sample(), at("tree"));
        Path app = folder.resolve("tree/tooljet/apps/CRM/app.yaml");
        Files.writeString(app, Files.readString(app) + "\nname: [unclosed\n");
        Run broken = run("assemble", at("tree"), "-o", at("out.json"));
        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.err()).contains("tooljet/apps/CRM/app.yaml:");
        assertThat(folder.resolve("out.json")).doesNotExist();
    }

    @Test
    void severalDocumentsAreListed() throws IOException {
        run("explode", sample(), at("tree"));
        run("explode", file("shop.json", TinyApp.bytes("Shop", 1, "x")), at("shop"));
        for (String shared : List.of("apps/Shop", "datasources/postgres.yaml")) {
            Files.move(folder.resolve("shop/tooljet/" + shared), folder.resolve("tree/tooljet/" + shared));
        }
        Run several = run("assemble", at("tree"));
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.err())
                .contains("tooljet/apps/CRM, tooljet/apps/Shop")
                .contains("--definition");
        assertThat(run("assemble", at("tree"), "--definition", "./tooljet/apps/Shop", "-o", at("x.json"))
                        .code())
                .isZero();
        assertThat(run("assemble", at("tree"), "--definition", "tooljet/apps/None")
                        .code())
                .isEqualTo(5);
        assertThat(run("assemble", at("tree"), "--definition", "../../etc").code())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "[1", "{\"a\": 1, \"a\": 2}", "{}", "[]", "nonsense"})
    void aRefusedDocumentLeavesNothing(String document) throws IOException {
        Run refused = run("explode", file("bad.json", document.getBytes(StandardCharsets.UTF_8)), at("tree"));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).startsWith("offshoot: ").doesNotContain("Exception");
        assertThat(names()).containsExactly("bad.json");
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.createDirectory(folder.resolve("tree"));
        assertThat(run("explode", sample(), at("tree")).code()).isZero();
        String app = Files.readString(folder.resolve("tree/tooljet/apps/CRM/app.yaml"));
        Run again = run("explode", file("shop.json", TinyApp.bytes("Shop", 1, "x")), at("tree"));
        assertThat(again.code()).isEqualTo(6);
        assertThat(again.err()).contains("not empty");
        assertThat(Files.readString(folder.resolve("tree/tooljet/apps/CRM/app.yaml")))
                .isEqualTo(app);
        assertThat(run("explode", sample(), sample()).code()).isEqualTo(6);
    }

    @Test
    void standardInputWillDo() {
        assertThat(run(Map.of(), Sample.crmBytes(), "explode", "-", at("tree")).code())
                .isZero();
        assertThat(folder.resolve("tree/tooljet/apps/CRM/app.yaml")).exists();
    }

    @Test
    void filesThatAreNotThere() throws IOException {
        assertThat(run("explode", at("none.json"), at("tree")).code()).isEqualTo(5);
        assertThat(run("assemble", at("none")).code()).isEqualTo(5);
        Files.createDirectory(folder.resolve("empty"));
        assertThat(run("assemble", at("empty")).code()).isEqualTo(5);
        assertThat(run("explode", sample(), at("no/such/parent/tree")).code()).isZero();
        assertThat(run("assemble", at("no/such/parent/tree"), "-o", at("nowhere/out.json"))
                        .code())
                .isEqualTo(11);
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        run("explode", sample(), at("tree"));
        Files.createSymbolicLink(folder.resolve("tree/tooljet/apps/link.yaml"), folder.resolve("crm.json"));
        Run refused = run("assemble", at("tree"));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("tooljet/apps/link.yaml");
    }

    @Test
    void usageErrorsAreTwo() {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("dance").code()).isEqualTo(2);
        assertThat(run("explode").code()).isEqualTo(2);
        assertThat(run("explode", "a", "b", "c").code()).isEqualTo(2);
        assertThat(run("assemble", "x", "--colour").code()).isEqualTo(2);
        assertThat(run("import", "x").code()).isEqualTo(2);
        assertThat(run("serve", "--port", "many").code()).isEqualTo(2);
        assertThat(run("serve", "--port", "70000").code()).isEqualTo(2);
    }

    @Test
    void helpAndVersionAreNoErrors() {
        Run help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("explode", "assemble", "serve", "demo", "Exit codes");
        assertThat(run("--version").out()).startsWith("offshoot ");
        for (String command : List.of("serve", "demo", "explode", "assemble", "import", "export")) {
            Run of = run(command, "--help");
            assertThat(of.code()).isZero();
            assertThat(of.out()).contains("Usage: offshoot " + command);
        }
    }

    @Test
    void aServerThatCannotStartIsOneLine() {
        Run taken = run("serve", "--data", at("data"));
        assertThat(taken.code()).isEqualTo(10);
        assertThat(taken.err()).startsWith("offshoot: port: not in this test");
    }

    @Test
    void importAndExportTalkToAServer() throws IOException {
        try (TestServer server = TestServer.start(folder.resolve("data")).with("team")) {
            Map<String, String> token = Map.of("OFFSHOOT_TOKEN", server.token);
            String url = server.address().toString();
            String file = sample();
            Run dry = run(token, new byte[0], "import", file, "--server", url, "-w", "team", "--dry-run");
            assertThat(dry.code()).as(dry.err()).isZero();
            assertThat(dry.out()).contains("Add CRM").contains("fingerprint");
            Run imported = run(token, new byte[0], "import", file, "--server", url + "/", "-w", "team");
            assertThat(imported.code()).as(imported.err()).isZero();
            assertThat(imported.out())
                    .contains("Add CRM")
                    .contains("created tooljet/apps/CRM")
                    .contains("commit ");
            assertThat(run(token, new byte[0], "import", file, "--server", url, "-w", "team")
                            .out())
                    .contains("nothing changed");
            assertThat(run(token, new byte[0], "import", file, "--server", url, "-w", "team", "--json")
                            .out())
                    .startsWith("{");
            Run exported = run(
                    token,
                    new byte[0],
                    "export",
                    "tooljet/apps/CRM",
                    "--server",
                    url,
                    "-w",
                    "team",
                    "-o",
                    at("out.json"));
            assertThat(exported.code()).as(exported.err()).isZero();
            assertThat(SameJson.differences(Sample.crm(), read(folder.resolve("out.json"))))
                    .isEmpty();

            // Failures of the server have their own codes here too.
            assertThat(run(token, new byte[0], "import", file, "--server", url, "-w", "nope")
                            .code())
                    .isEqualTo(5);
            assertThat(run(token, new byte[0], "import", file, "--server", url, "-w", "team", "--mode", "create")
                            .code())
                    .isEqualTo(6);
            assertThat(run(
                                    token,
                                    new byte[0],
                                    "import",
                                    file("bad.json", new byte[] {'{'}),
                                    "--server",
                                    url,
                                    "-w",
                                    "team")
                            .code())
                    .isEqualTo(3);
            assertThat(run(token, new byte[0], "import", file, "--server", url, "-w", "No Such")
                            .code())
                    .isEqualTo(3);
            assertThat(run(
                                    Map.of("OFFSHOOT_TOKEN", "x".repeat(20)),
                                    new byte[0],
                                    "import",
                                    file,
                                    "--server",
                                    url,
                                    "-w",
                                    "team")
                            .code())
                    .isEqualTo(8);
            assertThat(run("import", file, "--server", url, "-w", "team").code())
                    .isEqualTo(8);
            assertThat(run(token, new byte[0], "import", file, "--server", "nonsense", "-w", "team")
                            .code())
                    .isEqualTo(2);
            Run unreachable = run(token, new byte[0], "import", file, "--server", "http://127.0.0.1:1", "-w", "team");
            assertThat(unreachable.code()).isEqualTo(10);
            assertThat(unreachable.err()).doesNotContain(server.token);
        }
    }
}
