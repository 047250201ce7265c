package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonObject;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import dev.offshoot.testing.TinyApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is refused with a problem document that says what and where, and leaves no trace. */
class BadInputTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";
    private static final int LIMIT = 1 << 20;

    @TempDir
    static Path folder;

    private static Path data;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("canary"), "alive");
        server = TestServer.start(data, LIMIT).with("team");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Every file under the data folder and beside it, with its size. */
    private static Map<String, Long> everything() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(p).toString(), Files.size(p));
            }
        }
        return files;
    }

    private static Arguments bad(String name, byte[] body, int status, String code, String says) {
        return Arguments.of(name, body, status, code, says);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> bodies() {
        byte[] sample = Sample.crmBytes();
        return Stream.of(
                bad("nothing", new byte[0], 400, "malformed-json", "empty"),
                bad("no JSON", utf8("hello"), 400, "malformed-json", "line 1"),
                bad("an image", new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 400, "malformed-json", "UTF-8"),
                bad("truncated", Arrays.copyOf(sample, 1000), 400, "malformed-json", "line"),
                bad("two documents", utf8("{} {}"), 400, "malformed-json", "follows"),
                bad("a comment", utf8("/* x */ {}"), 400, "malformed-json", "line 1"),
                bad("NaN", utf8("{\"a\": NaN}"), 400, "malformed-json", "/a"),
                bad("UTF-16", "{}".getBytes(StandardCharsets.UTF_16), 400, "malformed-json", "UTF-8"),
                bad("a key twice", utf8("{\"app\": [{\"a\": 1, \"a\": 2}]}"), 422, "duplicate-key", "/app/0/a"),
                bad("very deep", utf8("[".repeat(100_000)), 422, "limit-exceeded", "512"),
                bad(
                        "very deep and closed",
                        utf8("[".repeat(100_000) + "]".repeat(100_000)),
                        422,
                        "limit-exceeded",
                        "512"),
                bad("a long number", utf8("[" + "1".repeat(5000) + "]"), 422, "limit-exceeded", "1000"),
                bad("no object", utf8("[]"), 422, "", ""),
                bad("a number", utf8("1"), 422, "", ""),
                bad("nobody's envelope", utf8("{\"app\": 1}"), 422, "unknown-platform", "tooljet"),
                bad("empty", utf8("{}"), 422, "unknown-platform", "tooljet"),
                bad(
                        "another platform",
                        utf8("{\"nodes\": [], \"connections\": {}}"),
                        422,
                        "unknown-platform",
                        "tooljet"),
                bad("too large", new byte[LIMIT + 1], 413, "body-too-large", Integer.toString(LIMIT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void bodiesAreRefusedAndLeaveNoTrace(String name, byte[] body, int status, String code, String says)
            throws IOException {
        Map<String, Long> before = everything();
        Answer answer = server.post(IMPORTS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = answer.json();
        assertThat(problem.text("type").orElseThrow())
                .startsWith("urn:offshoot:problem:")
                .endsWith(code);
        assertThat(problem.text("instance").orElseThrow()).endsWith(answer.header("X-Request-Id"));
        assertThat(problem.array("errors").orElseThrow().isEmpty()).isFalse();
        assertThat(answer.text()).contains(says).doesNotContain("Exception").doesNotContain("at dev.offshoot");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aBodyOfUnknownLengthIsCountedWhileItIsRead() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + IMPORTS))
                .header("Authorization", "Bearer " + server.token)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Endless(3 * LIMIT + 100_000)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("body-too-large");
    }

    private static final class Endless extends InputStream {
        private int left;

        Endless(int left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }
    }

    @Test
    void anUnknownWorkspaceIsNamedBeforeTheBodyIsRead() {
        Answer answer =
                server.post("/api/workspaces/nope/imports", utf8("not JSON")).expect(404);
        assertThat(answer.text("detail")).contains("nope").contains("team");
    }

    static Stream<String> hostile() {
        return Stream.of(
                "../../../../x",
                "..\\..\\x",
                "/etc/passwd",
                "C:\\x",
                "C:x",
                "a\u0000b",
                "..",
                ".",
                ".git",
                ".GIT",
                "git~1",
                ".g\u200cit",
                "con",
                "AUX.txt",
                "a.",
                "a ",
                "a:b",
                "x::$DATA",
                "-rf",
                "--upload-pack=x",
                "$(touch x)",
                "`touch x`",
                "a\nb",
                "%2e%2e%2f",
                "<script>alert(1)</script>",
                "@{/apps/x}",
                "\u202Egnp.exe",
                "A\u030A",
                "\ud800",
                "x".repeat(5000));
    }

    /** Names in a document are content: they are stored, under file names that work everywhere, and come back. */
    @ParameterizedTest
    @MethodSource("hostile")
    void hostileNamesBecomeHarmlessFiles(String name) throws IOException {
        String workspace = "w" + Integer.toHexString(name.hashCode()).replace('-', 'm');
        server.post("/api/workspaces", "{\"name\": \"" + workspace + "\"}").expect(201);
        String escaped = escaped(name);
        byte[] document = new String(TinyApp.bytes("@@@", 1, "x"), StandardCharsets.UTF_8)
                .replace("\"@@@\"", escaped)
                .replace("\"button1\"", escaped)
                .replace("\"orders\"", escaped)
                .replace("\"Home\"", escaped)
                .replace("\"v1\"", escaped)
                .replace("\"postgres\"", escaped)
                .replace("\"production\"", escaped)
                .getBytes(StandardCharsets.UTF_8);
        Answer receipt = server.post("/api/workspaces/" + workspace + "/imports", document)
                .expect(201);
        Answer export = server.get(receipt.header("Location") + "/export").expect(200);
        assertThat(export.value()).isEqualTo(dev.offshoot.format.JsonReader.read(document));
        assertThat(export.header("Content-Disposition")).matches("[\\x20-\\x7e]+");

        GitClient git = new GitClient(folder);
        assertThat(new GitClient(data.resolve("repositories/" + workspace + ".git")).run("fsck", "--strict"))
                .isEmpty();
        git.run("clone", "-q", server.gitUrl(workspace), "clone-" + workspace);
        try (Stream<Path> files = Files.walk(folder.resolve("clone-" + workspace))) {
            assertThat(files.map(p -> p.getFileName().toString()))
                    .noneMatch(f -> f.length() > 255 || f.contains("..") || f.contains("\\") || f.contains(":"));
        }
        assertThat(Files.readString(folder.resolve("canary"))).isEqualTo("alive");
        assertThat(folder.toFile().list())
                .allMatch(f -> f.equals("data") || f.equals("canary") || f.startsWith("clone-"));
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            json.append(
                    c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return json.append('"').toString();
    }

    private static final List<String> TRAVERSALS = List.of(
            "..%2f..%2fetc",
            "%2e%2e",
            "..%5c..",
            "%00",
            "a%00b",
            "%2e%2e%2f%2e%2e%2f",
            "..;/x",
            "%c0%ae%c0%ae",
            "(_)",
            "a%23b",
            "%252e%252e",
            "con",
            ".git",
            "a%20",
            "a.",
            "-x",
            "%ff",
            "C%3a",
            "*",
            "a%0ab",
            "~",
            "$(x)",
            "x".repeat(3000));

    static Stream<String> pathsWithTraversals() {
        List<String> routes = List.of(
                "GET /api/workspaces/@",
                "DELETE /api/workspaces/@",
                "POST /api/workspaces/@/imports",
                "GET /api/workspaces/@/definitions",
                "GET /api/workspaces/team/definitions/@/apps/x",
                "GET /api/workspaces/team/definitions/tooljet/@/x",
                "GET /api/workspaces/team/definitions/tooljet/apps/@",
                "GET /api/workspaces/team/definitions/tooljet/apps/@/versions",
                "GET /api/workspaces/team/definitions/tooljet/apps/@/history",
                "GET /api/workspaces/team/definitions/tooljet/apps/@/export",
                "GET /api/workspaces/team/definitions?ref=@",
                "GET /api/workspaces/team/definitions?branch=@",
                "GET /api/workspaces/team/definitions/tooljet/apps/x?ref=@",
                "GET /api/workspaces/team/definitions/tooljet/apps/x/history?after=@",
                "GET /api/workspaces/team/definitions/tooljet/apps/x/history?limit=@",
                "GET /api/workspaces/team/definitions/tooljet/apps/x/export?version=@",
                "GET /api/workspaces/team/definitions/tooljet/apps/x/export?versions=@",
                "GET /api/workspaces/team/definitions/tooljet/apps/x/export?tables=@",
                "POST /api/workspaces/team/imports?branch=@",
                "POST /api/workspaces/team/imports?target=@",
                "POST /api/workspaces/team/imports?mode=@",
                "POST /api/workspaces/team/imports?fingerprint=@",
                "POST /api/workspaces/team/imports?dry_run=@",
                "GET /git/@.git/info/refs?service=git-upload-pack",
                "GET /git/@/info/refs?service=git-upload-pack",
                "POST /git/@/git-upload-pack");
        return routes.stream().flatMap(r -> TRAVERSALS.stream().map(t -> r.replace("@", t)));
    }

    @ParameterizedTest
    @MethodSource("pathsWithTraversals")
    void everyParameterIsParsedIntoItsType(String route) throws Exception {
        String[] parts = route.split(" ", 2);
        int status = RawRequest.status(server, parts[0], parts[1]);
        assertThat(status).isBetween(400, 499);
    }

    @Test
    void parametersNeverTouchedAFile() throws IOException {
        Map<String, Long> before = everything();
        for (String route : pathsWithTraversals().toList()) {
            String[] parts = route.split(" ", 2);
            RawRequest.status(server, parts[0], parts[1]);
        }
        assertThat(everything()).isEqualTo(before);
        server.get("/api/workspaces/team").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../health/live",
                "/api//workspaces",
                "/./api/workspaces",
                "/api/workspaces;x=1",
                "/api\\workspaces"
            })
    void aPathHasOneSpelling(String path) throws Exception {
        assertThat(RawRequest.status(server, "GET", path)).isEqualTo(400);
    }
}
