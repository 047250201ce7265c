package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person with stock Git can send, and what is refused with its reason. */
class PushTest {
    private static final String EXPORT = "/api/workspaces/team/definitions/tooljet/apps/CRM/export";
    private static final String APP = "tooljet/apps/CRM/versions/v2/";

    @TempDir
    Path folder;

    private TestServer server;
    private GitClient clone;
    private Path tree;

    @BeforeEach
    void start() {
        server = TestServer.start(folder.resolve("data")).with("team");
        server.post("/api/workspaces/team/imports", Sample.crmBytes()).expect(201);
        clone = cloneAs("clone");
        tree = clone.folder();
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(stored().attempt("fsck", "--strict", "--no-dangling").status())
                .isZero();
        assertThat(folder.resolve("data/repositories/team.git/incoming"))
                .satisfiesAnyOf(
                        f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyDirectory());
    }

    private GitClient cloneAs(String name) {
        new GitClient(folder).run("clone", "-q", server.gitUrl("team"), name);
        GitClient made = new GitClient(folder.resolve(name));
        made.run("config", "user.name", "Ada Lovelace");
        made.run("config", "user.email", "ada@example.org");
        return made;
    }

    private GitClient stored() {
        return new GitClient(folder.resolve("data/repositories/team.git"));
    }

    private String commit(GitClient in) {
        in.run("add", "-A");
        in.run("commit", "-qm", "change");
        return in.run("rev-parse", "HEAD");
    }

    private void write(String path, String text) {
        try {
            Files.createDirectories(tree.resolve(path).getParent());
            Files.writeString(tree.resolve(path), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String read(String path) throws IOException {
        return Files.readString(tree.resolve(path));
    }

    private String export() {
        return server.get(EXPORT).expect(200).text();
    }

    /** Pushes and expects a refusal that says all of this, and nothing moved. */
    private String refused(String... says) {
        String before = stored().run("for-each-ref");
        GitClient.Outcome push = clone.attempt("push", "origin", "HEAD");
        assertThat(push.status()).as(push.output()).isNotZero();
        assertThat(push.output()).contains(says);
        assertThat(stored().run("for-each-ref")).isEqualTo(before);
        assertThat(stored().attempt("cat-file", "-e", clone.run("rev-parse", "HEAD"))
                        .status())
                .isNotZero();
        return push.output();
    }

    private void pushed() {
        GitClient.Outcome push = clone.attempt("push", "origin", "HEAD");
        assertThat(push.status()).as(push.output()).isZero();
    }

    @Test
    void anEditOfSqlShowsInTheExportAndNothingElseDoes() throws Exception {
        String before = export();
        String sql = APP + "queries/listOpenRepairs.sql";
        write(sql, read(sql).replace("to be done, late repairs first", "to be done, the latest first"));
        String commit = commit(clone);
        pushed();
        assertThat(stored().run("rev-parse", "main")).isEqualTo(commit);
        assertThat(stored().run("log", "-1", "--format=%an <%ae>", "main")).isEqualTo("Ada Lovelace <ada@example.org>");
        assertThat(export())
                .isEqualTo(before.replace("to be done, late repairs first", "to be done, the latest first"));
    }

    @Test
    void handEditedYamlIsKeptAsItIs() throws Exception {
        String query = APP + "queries/listOpenRepairs.yaml";
        write(query, "# by hand\r\n" + read(query).replace("\n", "\r\n"));
        String before = export();
        commit(clone);
        pushed();
        assertThat(export()).isEqualTo(before);
        assertThat(stored().run("show", "main:" + query)).startsWith("# by hand");
    }

    @Test
    void aNewEntityGetsAnIdAndKeepsItWhenItsFileIsRenamed() throws Exception {
        String made = APP + "queries/copied.yaml";
        write(made, read(APP + "queries/listOpenRepairs.yaml").replace("name: listOpenRepairs", "name: copied"));
        write(APP + "queries/copied.sql", "select 1\n");
        commit(clone);
        pushed();
        String first = idOf(export(), "copied");
        clone.run("mv", made, APP + "queries/renamed.yaml");
        clone.run("mv", APP + "queries/copied.sql", APP + "queries/renamed.sql");
        commit(clone);
        pushed();
        assertThat(idOf(export(), "copied")).isEqualTo(first);
    }

    @Test
    void aRenamedFileOfAnImportedEntityKeepsItsId() throws Exception {
        String before = idOf(export(), "exportRevenue");
        clone.run("mv", APP + "queries/exportRevenue.js", APP + "queries/revenueExport.js");
        clone.run("mv", APP + "queries/exportRevenue.yaml", APP + "queries/revenueExport.yaml");
        try (Stream<Path> all = Files.walk(tree.resolve("tooljet/apps/CRM/versions/v2"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                Files.writeString(file, text.replace("@{queries/exportRevenue}", "@{queries/revenueExport}"));
            }
        }
        commit(clone);
        pushed();
        assertThat(idOf(export(), "exportRevenue")).isEqualTo(before);
    }

    private static String idOf(String export, String query) {
        int name = export.indexOf("\"name\": \"" + query + "\"");
        assertThat(name).as(query).isPositive();
        int id = export.lastIndexOf("\"id\": \"", name);
        return export.substring(id, id + 45);
    }

    @Test
    void aQueryThatOthersReferToCannotGo() throws Exception {
        Files.delete(tree.resolve(APP + "queries/listOpenRepairs.yaml"));
        Files.delete(tree.resolve(APP + "queries/listOpenRepairs.sql"));
        commit(clone);
        refused(
                "remote:   " + APP
                        + "pages/Home/components/repairsTable.yaml:94: @{queries/listOpenRepairs} refers to nothing",
                "remote:   " + APP + "pages/Home/page.yaml:11: ",
                "[unresolved-reference]");
    }

    @Test
    void aSharedRecordThatOthersReferToCannotGo() throws Exception {
        Files.delete(tree.resolve("tooljet/datasources/workshop.yaml"));
        commit(clone);
        refused("@{/datasources/workshop} refers to nothing");
    }

    @Test
    void brokenYamlIsRefusedWithItsLineAllFilesAtOnce() throws Exception {
        write(APP + "queries/addRepair.yaml", read(APP + "queries/addRepair.yaml") + "a: b: c\n");
        write(APP + "queries/handOver.yaml", "name: [\n");
        commit(clone);
        String said = refused("[malformed-yaml]");
        assertThat(said).containsPattern("addRepair\\.yaml:\\d+").containsPattern("handOver\\.yaml:\\d+");
    }

    @Test
    void aBrokenCommitInTheMiddleIsRefusedThoughTheLastOneIsRight() throws Exception {
        String query = APP + "queries/addRepair.yaml";
        String right = read(query);
        write(query, right + "a: b: c\n");
        String broken = commit(clone);
        write(query, right + "\n# fine again\n");
        commit(clone);
        refused("(commit " + broken.substring(0, 8) + ")");
    }

    @Test
    void filesOfTheirOwnersAreKept() throws Exception {
        write("README.md", "ours: [not yaml\n");
        write(".github/workflows/ci.yaml", "also: [not ours\n");
        commit(clone);
        pushed();
        assertThat(stored().run("show", "main:README.md")).isEqualTo("ours: [not yaml");
    }

    /** Modules stand in nobody's document when only another module refers to them. */
    @Test
    void aModuleThatOnlyAnotherModuleRefersToCannotGo() throws Exception {
        write("tooljet/modules/Outer/module.yaml", "name: Outer\ntype: module\nicon: '@{/modules/Customer-header}'\n");
        commit(clone);
        pushed();
        clone.run("rm", "-rq", "tooljet/modules/Customer-header", "tooljet/apps");
        commit(clone);
        assertThat(refused("tooljet/modules/Outer/module.yaml:3")).doesNotContain("apps/CRM");
    }

    @Test
    void linksSubmodulesAndHostileNamesAreRefused() throws Exception {
        String head = clone.run("rev-parse", "HEAD");
        String blob = hash("x");
        for (String[] bad : List.of(
                new String[] {"120000", "link", "symbolic links"},
                new String[] {"120000", "tooljet/link", "symbolic links"},
                new String[] {"160000", "sub", "submodules"},
                new String[] {"100644", ".gitmodules", ".gitmodules"},
                new String[] {"100644", "con.txt", "remote rejected"},
                new String[] {"100644", "a:b", "remote rejected"},
                new String[] {"100644", "back\\slash", "remote rejected"},
                new String[] {"100644", "dot.", "remote rejected"},
                new String[] {"100644", "tab\tname", "remote rejected"},
                new String[] {"100644", "GIT~1", "remote rejected"},
                new String[] {"100644", ".Gitmodules", "remote rejected"})) {
            clone.run("reset", "-q", "--hard", head);
            clone.run(
                    "-c",
                    "core.protectNTFS=false",
                    "update-index",
                    "--add",
                    "--cacheinfo",
                    bad[0] + "," + (bad[0].equals("160000") ? head : blob) + "," + bad[1]);
            clone.run("commit", "-qm", "bad");
            String said = refused(bad[2]);
            assertThat(said).as(bad[1]).doesNotContain("\t\tname").doesNotContain("Internal");
        }
    }

    private String hash(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("blob"), text);
        return clone.run("hash-object", "-w", file.toString());
    }

    @Test
    void namesThatDifferInCaseOnlyAreRefused() {
        write("Readme.txt", "a");
        clone.run("add", "-A");
        clone.run("config", "core.ignorecase", "false");
        write("README.txt", "b");
        commit(clone);
        refused("duplicate entry names");
    }

    @Test
    void branchesAndTagsComeAndGo() throws Exception {
        String before = export();
        clone.run("checkout", "-qb", "feature/x");
        write(APP + "queries/listOpenRepairs.sql", "select 2\n");
        commit(clone);
        clone.run("tag", "-a", "v1", "-m", "one");
        clone.run("push", "-q", "origin", "feature/x", "v1");
        assertThat(export()).isEqualTo(before);
        assertThat(server.get(EXPORT + "?ref=feature/x").expect(200).text())
                .contains("select 2")
                .isNotEqualTo(before);
        assertThat(server.get(EXPORT + "?ref=v1").expect(200).text())
                .isEqualTo(server.get(EXPORT + "?ref=feature/x").text());
        assertThat(idOf(server.get(EXPORT + "?ref=feature/x").text(), "listOpenRepairs"))
                .isEqualTo(idOf(before, "listOpenRepairs"));
        clone.run("push", "-q", "origin", ":feature/x", ":v1");
        assertThat(stored().run("for-each-ref", "refs/heads", "refs/tags").lines())
                .hasSize(1);
        assertThat(clone.attempt("push", "origin", ":main").output()).contains("this is the default branch");
    }

    @Test
    void refsElsewhereAndRewrittenHistoryAreRefused() throws Exception {
        assertThat(clone.attempt("push", "origin", "HEAD:refs/offshoot/ledger/main")
                        .output())
                .contains("only branches and tags");
        assertThat(clone.attempt("push", "origin", "HEAD:refs/notes/x").output())
                .contains("only branches and tags");
        clone.run("commit", "-q", "--amend", "-m", "rewritten", "--author=A <a@b>");
        clone.run("fetch", "-q");
        GitClient.Outcome forced = clone.attempt("push", "-f", "origin", "HEAD");
        assertThat(forced.status()).isNotZero();
        assertThat(forced.output()).contains("not a fast-forward").contains("history is never rewritten here");
    }

    @Test
    void aMergeMadeElsewhereIsAcceptedAndKeepsTheIds() throws Exception {
        String before = export();
        clone.run("checkout", "-qb", "side");
        write(APP + "queries/listOpenRepairs.sql", "select 3\n");
        commit(clone);
        clone.run("checkout", "-q", "main");
        write("README.md", "meanwhile\n");
        commit(clone);
        clone.run("merge", "-q", "--no-ff", "-m", "merge", "side");
        pushed();
        assertThat(export()).contains("select 3");
        assertThat(idOf(export(), "listOpenRepairs")).isEqualTo(idOf(before, "listOpenRepairs"));
    }

    @Test
    void ofTwoPushesAtOnceOneWins() throws Exception {
        List<GitClient> clones = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            GitClient one = cloneAs("racer" + i);
            Files.writeString(one.folder().resolve("note.txt"), "by " + i);
            commit(one);
            clones.add(one);
        }
        List<CompletableFuture<GitClient.Outcome>> pushes = clones.stream()
                .map(c -> CompletableFuture.supplyAsync(() -> c.attempt("push", "origin", "main")))
                .toList();
        List<GitClient.Outcome> outcomes =
                pushes.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes).as("%s", outcomes).filteredOn(o -> o.status() == 0).hasSize(1);
    }

    @Test
    void whoLosesTheRaceForATagTakesNothingFromWhoWins() throws Exception {
        Files.writeString(tree.resolve("note.txt"), "tagged");
        String tagged = commit(clone);
        clone.run("tag", "v1");
        List<CompletableFuture<GitClient.Outcome>> pushes = Stream.of(1, 2, 3, 4)
                .map(i -> CompletableFuture.supplyAsync(() -> clone.attempt("push", "origin", "v1")))
                .toList();
        assertThat(pushes.stream().map(CompletableFuture::join).toList())
                .filteredOn(o -> o.status() == 0)
                .isNotEmpty();
        assertThat(stored().run("rev-parse", "v1")).isEqualTo(tagged);
        assertThat(stored().run("show", "v1:note.txt")).isEqualTo("tagged");
    }

    @Test
    void refusedObjectsAreGone() throws Exception {
        Path objects = folder.resolve("data/repositories/team.git");
        long before = files(objects);
        write("tooljet/apps/CRM/app.yaml", "name: [\n");
        write("big.bin", "x".repeat(1 << 20));
        String bad = commit(clone);
        for (int i = 0; i < 5; i++) {
            refused("[malformed-yaml]");
        }
        assertThat(cloneAs("other").attempt("fetch", "-q", "origin", bad).status())
                .isNotZero();
        server.close(); // the last answer may have been faster than what tidies up after it
        assertThat(files(objects)).isLessThanOrEqualTo(before + 1);
    }

    private static long files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.count();
        }
    }

    @Test
    void theLedgerCannotBeHadByNamingItsCommit() throws Exception {
        String ledger = stored().run("rev-parse", "refs/offshoot/ledger/main");
        String raw = "tree " + clone.run("rev-parse", "HEAD^{tree}") + "\nparent " + ledger
                + "\nauthor a <a@b> 1700000000 +0000\ncommitter a <a@b> 1700000000 +0000\n\nx\n";
        Path file = Files.write(folder.resolve("raw"), raw.getBytes(StandardCharsets.UTF_8));
        String commit = clone.run("hash-object", "-t", "commit", "--literally", "-w", file.toString());
        assertThat(clone.attempt("push", "origin", commit + ":refs/heads/thief").status())
                .isNotZero();
        assertThat(stored().run("for-each-ref")).doesNotContain("thief");
    }
}
