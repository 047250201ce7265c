package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.RawPush;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks by push that other systems fell for: names that become paths, Git run as a command, and exhaustion. Whatever is sent, nothing moves,
 * nothing is written beside the repository, nothing is run, and the server goes on.
 */
class HostilePushTest {
    private static final String APP = "tooljet/apps/CRM/versions/v2/";
    private static final String QUERY = APP + "queries/listOpenRepairs.yaml";
    private static final String PUSH = "/git/team.git/git-receive-pack";

    @TempDir
    Path folder;

    private TestServer server;
    private GitClient clone;
    private String head;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data")).with("team");
        server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
        new GitClient(folder).run("clone", "-q", server.gitUrl("team"), "clone");
        clone = new GitClient(folder.resolve("clone"));
        clone.run("config", "user.name", "Ada Lovelace");
        clone.run("config", "user.email", "ada@example.org");
        head = clone.run("rev-parse", "HEAD");
    }

    @AfterEach
    void stop() {
        try {
            server.get("/api/workspaces/team/definitions").expect(200);
        } finally {
            server.close();
        }
        assertThat(stored().attempt("fsck", "--strict", "--no-dangling").status())
                .isZero();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(expectedBeside());
        assertThat(folder.resolve("data/repositories/team.git/incoming"))
                .satisfiesAnyOf(
                        f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyDirectory());
    }

    /** What this test itself made beside the server's folder; anything else has escaped from it. */
    private String[] expectedBeside() {
        return Stream.of("data", "clone", "raw")
                .filter(name -> Files.exists(folder.resolve(name)))
                .toArray(String[]::new);
    }

    private GitClient stored() {
        return new GitClient(folder.resolve("data/repositories/team.git"));
    }

    private String object(String type, byte[] content) {
        try {
            Path file = Files.write(folder.resolve("raw"), content);
            return clone.run("hash-object", "-t", type, "--literally", "-w", file.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Entry(String mode, byte[] name, String id) {
        Entry(String mode, String name, String id) {
            this(mode, name.getBytes(StandardCharsets.UTF_8), id);
        }
    }

    private String tree(List<Entry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entries.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(key(a), key(b)))
                .forEach(e -> {
                    out.writeBytes((e.mode + " ").getBytes(StandardCharsets.US_ASCII));
                    out.writeBytes(e.name);
                    out.write(0);
                    out.writeBytes(HexFormat.of().parseHex(e.id));
                });
        return object("tree", out.toByteArray());
    }

    private static byte[] key(Entry entry) {
        byte[] key = Arrays.copyOf(entry.name, entry.name.length + (entry.mode.equals("40000") ? 1 : 0));
        if (entry.mode.equals("40000")) {
            key[key.length - 1] = '/';
        }
        return key;
    }

    private List<Entry> entriesOf(String treeish) {
        return clone.run("ls-tree", treeish)
                .lines()
                .map(line -> line.split("[ \t]", 4))
                .map(f -> new Entry(f[0].replaceFirst("^0", ""), f[3], f[2]))
                .toList();
    }

    /** A commit on top of what is there, with more entries at the top and the same ones within the app. */
    private String commitWith(boolean within, Entry... more) {
        String below = tree(plus(entriesOf(head + ":tooljet/apps"), more));
        String apps = tree(replaced(entriesOf(head + ":tooljet"), "apps", below));
        String root = within ? tree(replaced(entriesOf(head), "tooljet", apps)) : tree(plus(entriesOf(head), more));
        return clone.run("commit-tree", "-p", head, "-m", "hostile", root);
    }

    private static List<Entry> plus(List<Entry> entries, Entry... more) {
        return Stream.concat(entries.stream(), Stream.of(more)).toList();
    }

    private static List<Entry> replaced(List<Entry> entries, String name, String id) {
        return entries.stream()
                .map(e -> new String(e.name, StandardCharsets.UTF_8).equals(name) ? new Entry(e.mode, name, id) : e)
                .toList();
    }

    private String refused(String commit) {
        String before = stored().run("for-each-ref");
        GitClient.Outcome push = clone.attempt("push", "origin", commit + ":refs/heads/main");
        assertThat(push.status()).as(push.output()).isNotZero();
        assertThat(push.output()).doesNotContain("Internal").doesNotContain("Exception");
        assertThat(stored().run("for-each-ref")).isEqualTo(before);
        assertThat(stored().attempt("cat-file", "-e", commit).status()).isNotZero();
        return push.output();
    }

    @Test
    void namesThatSomeSystemTakesForOthersAreRefused() {
        String blob = object("blob", "x".getBytes(StandardCharsets.UTF_8));
        boolean within = false;
        for (String name : List.of(
                ".GIT",
                ".git.",
                ".git ",
                "git~1",
                "GIT~1",
                ".g\u200cit",
                ".\u200bgit",
                ".git\ufeff",
                ".GitModules",
                ".gitmodules ",
                "con",
                "aux.yaml",
                "LPT1.txt",
                "file::$DATA",
                "a:stream",
                "x".repeat(256),
                "dot.",
                "blank ",
                "..\\..\\x",
                "a\\b",
                "new\nline",
                "bell\u0007",
                "?",
                "a*b",
                "<x>",
                "\"",
                "a|b",
                "\u202etxt.exe")) {
            within = !within;
            assertThat(refused(commitWith(within, new Entry("100644", name, blob))))
                    .as(name)
                    .containsAnyOf("remote:", "rejected");
        }
        byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, 'x'};
        assertThat(refused(commitWith(false, new Entry("100644", notUtf8, blob))))
                .contains("not UTF-8");
        for (String name : List.of("../../../../x", "/x", "a/b", ".", "..", "")) {
            refused(commitWith(true, new Entry("100644", name, blob)));
        }
    }

    @Test
    void namesThatAreOneOnSomeSystemAreRefused() {
        String blob = object("blob", "x".getBytes(StandardCharsets.UTF_8));
        assertThat(refused(commitWith(
                        false, new Entry("100644", "\u00e9.txt", blob), new Entry("100644", "e\u0301.txt", blob))))
                .containsAnyOf("duplicate entry names", "differs from");
        assertThat(refused(
                        commitWith(true, new Entry("100644", "Note.txt", blob), new Entry("100644", "note.txt", blob))))
                .containsAnyOf("duplicate entry names", "differs from");
        String sub = tree(List.of(new Entry("100644", "b", blob)));
        assertThat(refused(commitWith(false, new Entry("120000", "A", blob), new Entry("40000", "a", sub))))
                .containsAnyOf("symbolic links", "duplicate entry names");
    }

    @Test
    void linksAreRefusedWhereverTheyPoint() {
        for (String target : List.of("/etc/passwd", "../../..", "tooljet", ".git/config")) {
            String link = object("blob", target.getBytes(StandardCharsets.UTF_8));
            for (String name : List.of("link", "queries", "app.yaml", ".gitattributes2")) {
                assertThat(refused(commitWith(true, new Entry("120000", name, link))))
                        .contains("symbolic links");
            }
        }
        assertThat(refused(commitWith(true, new Entry("160000", "module", head))))
                .contains("submodules");
    }

    @Test
    void refsWithNamesThatMeanSomethingElseAreRefused() throws Exception {
        String before = stored().run("for-each-ref");
        Path git = folder.resolve("data/repositories/team.git");
        Set<Path> files = filesBelow(git);
        for (String ref : List.of(
                "refs/heads/../../x",
                "refs/heads/../main",
                "refs/heads/a..b",
                "refs/heads/x.lock",
                "refs/heads/-x",
                "refs/heads/--upload-pack=touch x",
                "refs/heads/" + "a".repeat(40),
                "refs/heads/HEAD",
                "refs/heads/con",
                "refs/heads/a//b",
                "refs/heads/",
                "refs/heads",
                "refs/heads/a b",
                "refs/heads/$(touch x)",
                "refs/heads/`touch x`",
                "refs/heads/x;touch",
                "refs/heads/@{-1}",
                "refs/heads/a~1",
                "refs/heads/.hidden",
                "refs/heads/a/.b",
                "HEAD",
                "config",
                "objects/x",
                "hooks/post-receive",
                "../x",
                "/x",
                "refs/../x",
                "refs/tags/../heads/x",
                "refs/offshoot/ledger/main",
                "refs/offshoot/ledger/other",
                "refs/notes/x",
                "refs/replace/" + head,
                "refs/pull/1/head")) {
            byte[] push = new RawPush().command(RawPush.NONE, head, ref).then(RawPush.pack(0));
            TestServer.Answer answer = push(push);
            assertThat(answer.text()).as(ref).doesNotContain("ok " + ref).doesNotContain("Exception");
            assertThat(answer.status()).as(ref).isLessThan(500);
        }
        assertThat(stored().run("for-each-ref")).isEqualTo(before);
        assertThat(filesBelow(git)).isEqualTo(files);
    }

    /** Without what a push had brought, which may go only after its answer. */
    private static Set<Path> filesBelow(Path repository) throws IOException {
        Set<Path> found = new HashSet<>();
        try (Stream<Path> parts = Files.list(repository)) {
            for (Path part : parts.filter(p -> !p.endsWith("incoming")).toList()) {
                try (Stream<Path> all = Files.walk(part)) {
                    all.forEach(found::add);
                }
            }
        }
        return found;
    }

    private TestServer.Answer push(byte[] body) {
        return server.send("POST", PUSH, body, "Content-Type", "application/x-git-receive-pack-request");
    }

    @Test
    void nothingThatAPushSaysIsRun() throws Exception {
        String run = "$(touch " + folder.resolve("ran") + ")`touch " + folder.resolve("ran") + "`;touch ran|touch ran";
        Path file = clone.folder().resolve(QUERY);
        Files.writeString(file, Files.readString(file) + "\n# seen\n");
        clone.run("add", "-A");
        clone.run("-c", "user.name=" + run, "commit", "-qm", run + "\n\n--upload-pack=touch ran\n");
        assertThat(clone.attempt("push", "origin", "HEAD").status()).isZero();
        assertThat(stored().run("log", "-1", "--format=%s", "main")).isEqualTo(run);
        server.get("/api/workspaces/team/definitions/tooljet/apps/CRM/history").expect(200);
    }

    @Test
    void hooksFiltersAndSettingsInTheRepositoryHaveNoEffect() throws Exception {
        Path git = folder.resolve("data/repositories/team.git");
        String touch = "touch " + folder.resolve("ran");
        for (String hook : List.of("pre-receive", "update", "post-receive", "post-update", "reference-transaction")) {
            Path file = Files.createDirectories(git.resolve("hooks")).resolve(hook);
            Files.writeString(file, "#!/bin/sh\n" + touch + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(
                git.resolve("config"),
                Files.readString(git.resolve("config")) + "[core]\n\thooksPath = hooks\n\tfsmonitor = " + touch
                        + "\n\tsshCommand = " + touch + "\n[filter \"x\"]\n\tclean = " + touch + "\n\tsmudge = " + touch
                        + "\n[diff]\n\texternal = " + touch + "\n[uploadpack]\n\tpackObjectsHook = " + touch + "\n");
        Files.writeString(clone.folder().resolve("a.x"), "text");
        Files.writeString(clone.folder().resolve("sub.gitattributes"), "*.x filter=x diff=x\n");
        clone.run("add", "-A");
        clone.run("commit", "-qm", "attributes");
        assertThat(clone.attempt("push", "origin", "HEAD").status()).isZero();
        server.post("/api/workspaces/team/imports?mode=create&name=Second", Sample.crmBytes())
                .expect(201);
        assertThat(server.get("/api/workspaces/team/definitions/tooljet/apps/CRM/export")
                        .status())
                .isEqualTo(200);
        for (String hook : List.of("pre-receive", "update", "post-receive", "post-update", "reference-transaction")) {
            Files.delete(git.resolve("hooks").resolve(hook)); // the stock client of this test would run it
        }
    }

    @Test
    void filesThatAreCalledLikeGitsOwnStayInTheTree() throws Exception {
        Path git = folder.resolve("data/repositories/team.git");
        String config = Files.readString(git.resolve("config"));
        for (String name : List.of("config", "hooks/post-receive", "HEAD", "objects/info/alternates", "refs/heads/x")) {
            Path file = clone.folder().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        }
        clone.run("add", "-A", "-f");
        clone.run("commit", "-qm", "own names");
        assertThat(clone.attempt("push", "origin", "HEAD").status()).isZero();
        assertThat(Files.readString(git.resolve("config"))).isEqualTo(config);
        assertThat(git.resolve("hooks/post-receive")).doesNotExist();
        assertThat(git.resolve("objects/info/alternates")).doesNotExist();
    }

    @Test
    void aNameInsideAFileIsNeverAPath() throws Exception {
        for (String name :
                List.of("../../../../x", "..\\\\..\\\\x", "/x", "C:\\\\x", "a\\u0000b", "~/x", "$(touch x)")) {
            Path file = fileOfTheQuery();
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceAll("(?m)^name: .*$", Matcher.quoteReplacement("name: \"" + name + "\"")));
            clone.run("commit", "-qam", "rename");
            assertThat(clone.attempt("push", "origin", "HEAD"))
                    .satisfies(p -> assertThat(p.status()).as(p.output()).isZero());
            String export = server.get("/api/workspaces/team/definitions/tooljet/apps/CRM/export?versions=all")
                    .expect(200)
                    .text();
            assertThat(export).contains("\"name\": \"" + name + "\"");
            server.post("/api/workspaces/team/imports", export).expect(200, 201);
            clone.run("pull", "-q", "--rebase", "origin", "main");
            assertThat(clone.run("ls-files", APP + "queries").lines())
                    .as(name)
                    .hasSameSizeAs(clone.run("ls-tree", "-r", "--name-only", head, APP + "queries/")
                            .lines()
                            .toList());
        }
    }

    private Path fileOfTheQuery() {
        String sql = clone.run("grep", "-l", "late repairs first", "--", APP + "queries/*.sql");
        return clone.folder().resolve(sql.replaceFirst("\\.sql$", ".yaml"));
    }

    @Test
    void filesThatAreBombsAreRefusedWithTheLimit() throws Exception {
        StringBuilder aliases = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            aliases.append(String.format(Locale.ROOT, "a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
        }
        for (String bomb : List.of(
                "a: " + "[".repeat(100_000),
                "a: " + "{b: ".repeat(100_000),
                "- ".repeat(100_000) + "x\n",
                aliases.toString(),
                "a: [" + "1,".repeat(8_000_001) + "1]\n",
                "a: &a [*a]\n",
                "a: !!javax.script.ScriptEngineManager [x]\n",
                "a: 1\na: 2\n",
                "<<: {a: 1}\nb: \u0000\n")) {
            clone.run("reset", "-q", "--hard", head);
            Files.writeString(clone.folder().resolve(QUERY), bomb);
            clone.run("commit", "-qam", "bomb");
            assertThat(refused(clone.run("rev-parse", "HEAD")))
                    .as(bomb.substring(0, Math.min(60, bomb.length())))
                    .contains("remote:   " + QUERY);
        }
    }

    @Test
    void packsThatClaimTooMuchOrLieAreRefusedAndTheServerGoesOn() throws Exception {
        String before = stored().run("for-each-ref");
        String base = stored().run("rev-parse", "main:" + QUERY);
        int size = Integer.parseInt(stored().run("cat-file", "-s", base));
        byte[] right = RawPush.pack(1, RawPush.blob(1, new byte[] {'x'}));
        byte[] wrong = right.clone();
        wrong[wrong.length - 1] ^= 1;
        for (byte[] pack : List.of(
                RawPush.pack(1, RawPush.blob(10L << 30, new byte[1000])),
                RawPush.pack(1, RawPush.blob(10, new byte[1 << 20])),
                RawPush.pack(1, RawPush.delta(base, size, 10L << 30, 1)),
                RawPush.pack(1, RawPush.delta(base, size, 200L << 20, 900_000)),
                RawPush.pack(1, RawPush.delta("1".repeat(40), size, 100, 1)),
                RawPush.pack(Integer.MAX_VALUE, RawPush.blob(1, new byte[] {'x'})),
                RawPush.pack(-1, RawPush.blob(1, new byte[] {'x'})),
                RawPush.pack(100_000_000, RawPush.blob(1, new byte[] {'x'})),
                RawPush.pack(0, RawPush.blob(1, new byte[] {'x'})),
                Arrays.copyOf(right, right.length - 25),
                wrong,
                "PACK and no more".getBytes(StandardCharsets.UTF_8),
                new byte[0])) {
            TestServer.Answer answer = push(new RawPush()
                    .command(RawPush.NONE, "2".repeat(40), "refs/heads/bomb")
                    .then(pack));
            assertThat(answer.status()).isLessThan(500);

            assertThat(answer.text()).doesNotContain("ok refs/heads/bomb").doesNotContain("Exception");
        }
        assertThat(stored().run("for-each-ref")).isEqualTo(before);
    }

    /** JGit would reserve memory for them first. */
    @Test
    void aPackThatClaimsMoreObjectsThanAPushMayHaveIsRefusedByItsHeader() {
        for (int count : List.of(1_000_001, 100_000_000, Integer.MAX_VALUE, -1)) {
            byte[] pack = RawPush.pack(count, RawPush.blob(1, new byte[] {'x'}));
            assertThat(push(new RawPush()
                                    .command(RawPush.NONE, "2".repeat(40), "refs/heads/bomb")
                                    .then(pack))
                            .text())
                    .contains("at most 1000000 objects");
        }
    }

    @Test
    void tooManyCommandsAreRefused() {
        RawPush push = new RawPush();
        for (int i = 0; i < 20_000; i++) {
            push.command(RawPush.NONE, head, "refs/heads/many-" + i);
        }
        TestServer.Answer answer = push(push.then(RawPush.pack(0)));
        assertThat(answer.status()).isLessThan(500);
        assertThat(stored().run("for-each-ref")).doesNotContain("many-");
    }

    @Test
    void branchesAndTagsAreOfABoundedNumber() throws Exception {
        Path packed = folder.resolve("data/repositories/team.git/packed-refs");
        Stream<String> many = Stream.of("heads", "tags")
                .flatMap(kind -> IntStream.range(0, 10_000)
                        .mapToObj(i -> head + " refs/" + kind + "/" + String.format(Locale.ROOT, "n%05d", i)));
        Stream<String> there = Files.readAllLines(packed).stream().filter(line -> !line.startsWith("#"));
        Files.writeString(
                packed,
                Stream.concat(many, there)
                        .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
                        .collect(Collectors.joining("\n", "# pack-refs with: peeled fully-peeled sorted \n", "\n")));
        server.post("/api/workspaces/team/branches", "{\"name\": \"more\", \"from\": \"" + head + "\"}")
                .expect(422);
        clone.run("tag", "more");
        assertThat(clone.attempt("push", "origin", "HEAD:refs/heads/more").output())
                .contains("at most 10000");
        assertThat(clone.attempt("push", "origin", "more").output()).contains("at most 10000");
        assertThat(stored().run("for-each-ref")).doesNotContain("more");
    }
}
