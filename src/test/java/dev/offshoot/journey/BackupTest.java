package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.offshoot.cli.CommandLineApp;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.people.Database;
import dev.offshoot.people.Email;
import dev.offshoot.people.NewAccount;
import dev.offshoot.people.Passwords;
import dev.offshoot.people.People;
import dev.offshoot.service.RestoreInstance;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.testing.Exports;
import dev.offshoot.testing.GitClient;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TinyApp;
import dev.offshoot.vault.FileVault;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.VaultKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code offshoot backup} and {@code offshoot restore}, as an operator uses them. */
class BackupTest {
    private static final String CANARY = "canary-b7d1";

    @TempDir
    Path folder;

    private record Run(int code, String err) {}

    private static Run offshoot(Object... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandLineApp app = new CommandLineApp((options, env) -> fail("no server here"));
        int code = app.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Stream.of(args).map(Object::toString).toArray(String[]::new));
        return new Run(code, err.toString(StandardCharsets.UTF_8));
    }

    private static void succeeds(Object... args) {
        Run run = offshoot(args);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = BackupTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** Two workspaces, all platforms, branches that went different ways, a tag, a branch that is gone but for its tag. */
    private static void fill(TestServer server) throws IOException {
        server.with("team").with("other");
        String team = "/api/workspaces/team";
        server.post(team + "/imports", Sample.crmBytes()).expect(201);
        server.post(team + "/imports", resource("/sample/pickup-reminder.json")).expect(201);
        server.post(team + "/imports", resource("/appbuilder/tool-shed.json")).expect(201);
        server.post(team + "/imports", resource("/appsmith/workshop.json")).expect(201);
        server.post(team + "/imports", TinyApp.bytes("orders", 1, "Go")).expect(201);
        server.post(team + "/branches", "{\"name\": \"next\"}").expect(201);
        server.post(team + "/imports?branch=next", TinyApp.bytes("orders", 1, "Stop"))
                .expect(200);
        server.post(team + "/branches", "{\"name\": \"gone\"}").expect(201);
        server.post(team + "/imports?branch=gone", TinyApp.bytes("orders", 1, "Wait"))
                .expect(200);
        server.post(team + "/tags", "{\"name\": \"v1\", \"at\": \"gone\"}").expect(201);
        server.delete(team + "/branches/gone").expect(204);
        server.put(team + "/default-branch", "{\"name\": \"next\"}").expect(200);
        server.post("/api/workspaces/other/imports", TinyApp.bytes("stock", 2, "Go"))
                .expect(201);
    }

    private static String head(TestServer server, String workspace) {
        return server.get("/api/workspaces/" + workspace).expect(200).text("commit");
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void peopleComeAlong() throws IOException {
        Path data = at("data");
        Email ada = new Email("ada@example.org");
        try (TestServer server = TestServer.start(data);
                Database database = Database.embedded(data.resolve("people"))) {
            server.with("team");
            people(database).create(NewAccount.person("Ada", ada, Optional.empty()));
            succeeds("backup", "--data", data, at("all.zip"));
        }
        delete(data);
        succeeds("restore", at("all.zip"), "--data", data);
        try (Database database = Database.embedded(data.resolve("people"))) {
            assertThat(people(database).find(ada)).isPresent();
        }
    }

    private static People people(Database database) {
        return new People(database, new Passwords(), Clock.systemUTC(), UUID::randomUUID);
    }

    @Test
    void everyExportIsTheSameAfterBackupWipeAndRestore() throws IOException {
        Path data = at("data");
        Map<String, String> before;
        String details;
        try (TestServer server = TestServer.start(data)) {
            fill(server);
            before = Exports.of(server);
            details = server.get("/api/workspaces").text();
            succeeds("backup", "--data", data, at("all.zip")); // while it serves
        }
        delete(data);
        succeeds("restore", at("all.zip"), "--data", data);
        assertThat(before.keySet()).anyMatch(key -> key.startsWith("team v1 ")).hasSizeGreaterThan(20);
        try (TestServer server = TestServer.start(data)) {
            assertThat(Exports.of(server)).isEqualTo(before);
            assertThat(server.get("/api/workspaces").text()).isEqualTo(details);
            assertThat(server.get("/api/workspaces/team").text()).contains("\"defaultBranch\": \"next\"");
            server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "On"))
                    .expect(200);
        }
        for (String workspace : List.of("team", "other")) {
            GitClient git = new GitClient(data.resolve("repositories/" + workspace + ".git"));
            git.run("fsck", "--strict", "--full");
        }
    }

    @Test
    void aBackupWhileOthersImportHoldsOneMomentOfEachWorkspace() throws Exception {
        Path data = at("data");
        ExecutorService writers = Executors.newFixedThreadPool(4);
        AtomicBoolean enough = new AtomicBoolean();
        try (TestServer server = TestServer.start(data)) {
            server.with("a").with("b");
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                String workspace = number % 2 == 0 ? "a" : "b";
                writing.add(writers.submit(() -> {
                    for (int round = 0; !enough.get() || round < 20; round++) {
                        byte[] app = TinyApp.bytes("app" + number, number + 1, "round " + round);
                        server.post("/api/workspaces/" + workspace + "/imports", app)
                                .expect(200, 201);
                    }
                }));
            }
            for (int i = 0; i < 6; i++) {
                succeeds("backup", "--data", data, at(i + ".zip"));
            }
            enough.set(true);
            for (Future<?> writer : writing) {
                writer.get();
            }
            for (int i = 0; i < 6; i++) {
                Path copy = at("copy" + i);
                succeeds("restore", at(i + ".zip"), "--data", copy);
                try (TestServer restored = TestServer.start(copy)) {
                    for (String workspace : List.of("a", "b")) {
                        String commit = head(restored, workspace);
                        assertThat(Exports.at(restored, workspace, commit))
                                .isEqualTo(Exports.at(server, workspace, commit));
                    }
                }
            }
        } finally {
            enough.set(true);
            writers.shutdownNow();
        }
    }

    @Test
    void secretsComeBackSealedAndTheKeyIsNotInTheBackup() throws IOException {
        Path data = at("data");
        Path key = at("vault.key");
        VaultKeys.make(key, new SecureRandom());
        SecretName name = SecretName.of(TreePath.of("tooljet/datasources/postgres"), "password");
        UUID id = new UUID(0x4000L, 0x8000_0000_0000_0001L);
        try (FileRepositoryStore store = FileRepositoryStore.open(data, Clock.systemUTC())) {
            store.create(new WorkspaceName("team"), id, new Person("Anna", "anna@example.org"));
        }
        open(data, key).store(id, Map.of(name, Optional.of(Secret.of(CANARY))));
        Files.writeString(data.resolve("token.sha256"), "0123456789abcdef".repeat(4) + "\n");
        Run run = offshoot("backup", "--data", data, at("all.zip"));
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("the vault's key, which is not in the file");
        String archive = Files.readString(at("all.zip"), StandardCharsets.ISO_8859_1);
        assertThat(archive).doesNotContain(CANARY, Files.readString(key).strip());
        assertThat(offshoot("restore", at("all.zip"), "--data", at("copy")).err())
                .contains("vault's key");
        assertThat(open(at("copy"), key).read(id, name)).contains(Secret.of(CANARY));
        assertThat(at("copy/token.sha256")).hasSameBinaryContentAs(data.resolve("token.sha256"));
        VaultKeys.make(at("another.key"), new SecureRandom());
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                Failure.class, () -> open(at("copy"), at("another.key")))
                        .reason())
                .isEqualTo(Reason.VAULT_LOCKED);
    }

    private static FileVault open(Path data, Path key) {
        return FileVault.open(
                data.resolve("vault"),
                VaultKeys.resolve(Optional.of(key), Optional.empty(), Map.of()),
                new SecureRandom(),
                id -> true);
    }

    private Path small() throws IOException {
        Path data = at("small");
        try (TestServer server = TestServer.start(data).with("team")) {
            server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "Go"))
                    .expect(201);
        }
        Files.writeString(data.resolve("token.sha256"), "0123456789abcdef".repeat(4) + "\n");
        succeeds("backup", "--data", data, at("small.zip"));
        return at("small.zip");
    }

    @Test
    void nothingIsReplaced() throws IOException {
        Path archive = small();
        assertThat(offshoot("backup", "--data", at("small"), archive).err()).contains("already-exists");
        assertThat(offshoot("restore", archive, "--data", at("small")).err())
                .contains("the folder is not empty", "already-exists");
        Files.createDirectories(at("mine"));
        Files.writeString(at("mine/diary.txt"), "dear diary");
        Run run = offshoot("restore", archive, "--data", at("mine"));
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).contains("it holds diary.txt");
        assertThat(at("mine")).isDirectoryContaining("glob:**/diary.txt");
        Files.createDirectories(at("empty"));
        succeeds("restore", archive, "--data", at("empty"));
        assertThat(offshoot("backup", "--data", at("mine"), at("x.zip")).err()).contains("is no data folder");
        assertThat(offshoot("backup", "--data", at("small"), at("nowhere/x.zip"))
                        .err())
                .contains("there is no folder");
        assertThat(offshoot("restore", at("none.zip"), "--data", at("y")).code())
                .isEqualTo(5);
    }

    @Test
    void whatAKilledRestoreLeftServesNobodyAndIsNotInTheWay() throws IOException {
        Path archive = small();
        Path data = at("data");
        Files.createDirectories(data.resolve(".restoring/repositories/team.git"));
        Files.writeString(data.resolve("store.lock"), "");
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(Failure.class, () -> TestServer.start(data))
                        .getMessage())
                .contains("interrupted");
        succeeds("restore", archive, "--data", data);
        try (TestServer server = TestServer.start(data)) {
            assertThat(Exports.of(server)).hasSize(1);
        }
    }

    /** Entries of an archive by name. */
    private static Map<String, byte[]> entries(Path archive) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                found.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return found;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = Files.createTempFile(folder, "made", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private String refused(Path archive) {
        Path target = at("target");
        Run run = offshoot("restore", archive, "--data", target);
        assertThat(run.code()).as(run.err()).isEqualTo(3);
        assertThat(target).doesNotExist();
        return run.err();
    }

    @Test
    void whatIsWrongWithABackupIsSaid() throws IOException {
        Path archive = small();
        byte[] bytes = Files.readAllBytes(archive);
        Map<String, byte[]> entries = entries(archive);
        String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
        assertThat(refused(Files.write(at("cut.zip"), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3))))
                .contains("cut short");
        assertThat(refused(Files.write(at("text.zip"), "hello".getBytes(StandardCharsets.UTF_8))))
                .contains("this is no zip file");
        assertThat(refused(zip(Map.of("a.txt", new byte[3])))).contains("not a backup of Offshoot");
        assertThat(refused(zip(with(entries, "../../escaped.txt", "x"))))
                .contains("../../escaped.txt", "no file of an archive");
        assertThat(refused(zip(with(entries, "/etc/passwd", "x")))).contains("no file of an archive");
        assertThat(refused(zip(with(entries, "C:\\x", "x")))).contains("no file of an archive");
        assertThat(refused(zip(with(entries, "more.txt", "x")))).contains("more.txt", "its list does not name");
        assertThat(refused(zip(with(entries, "repositories/team.git/HEAD", "ref: refs/heads/x\n"))))
                .contains("repositories/team.git/HEAD", "its content is not what the list says");
        assertThat(refused(zip(with(entries, "manifest.json", manifest.replace("\"version\": 1", "\"version\": 2")))))
                .contains("newer-version", "use the Offshoot that wrote it");
        assertThat(refused(zip(
                        with(entries, "manifest.json", manifest.replace("offshoot-backup", "offshoot-definitions")))))
                .contains("not a backup");
        Map<String, byte[]> without = new TreeMap<>(entries);
        without.remove("repositories/team.git/objects/pack/objects.pack");
        assertThat(refused(zip(without))).contains("does not hold this file");
        assertThat(at("escaped.txt")).doesNotExist();
    }

    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, String text) {
        Map<String, byte[]> changed = new TreeMap<>(entries);
        changed.put(name, text.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    /** Of a hostile archive whose list is right: nothing but what a backup holds gets in. */
    @Test
    void aListThatAgreesDoesNotMakeAnArchiveABackup() throws Exception {
        Map<String, byte[]> entries = entries(small());
        String head = "repositories/team.git/HEAD";
        assertThat(refused(listed(with(entries, "repositories/team.git/hooks/post-update", "#!/bin/sh"))))
                .contains("a backup has no such file");
        assertThat(refused(listed(with(entries, "store.lock", "")))).contains("a backup has no such file");
        assertThat(refused(listed(with(entries, head, "ref: refs/heads/none\n"))))
                .contains("names no branch");
        assertThat(refused(listed(
                        with(entries, "repositories/team.git/packed-refs", "0".repeat(39) + "1 refs/heads/main\n"))))
                .contains("its history is not whole");
        assertThat(refused(listed(with(entries, "repositories/team.git/config", "[core]\n\tfsmonitor = evil\n"))))
                .contains("neither id nor creation time");
        assertThat(refused(listed(with(entries, "repositories/team.git/objects/pack/objects.pack", "PACK"))))
                .contains("its pack cannot be read");
        assertThat(refused(listed(with(entries, "vault/" + new UUID(1, 2) + ".json", "{}"))))
                .contains("of no workspace");
    }

    /** Archives the entries anew, with the list that belongs to them. */
    private Path listed(Map<String, byte[]> entries) throws IOException {
        Path file = Files.createTempFile(folder, "listed", ".zip");
        try (OutputStream out = Files.newOutputStream(file);
                var archive = new dev.offshoot.archive.ArchiveWriter(out, dev.offshoot.archive.ArchiveFormat.BACKUP)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                if (!entry.getKey().equals("manifest.json")) {
                    archive.add(TreePath.of(entry.getKey()), to -> to.write(entry.getValue()));
                }
            }
            archive.finish();
        }
        return file;
    }

    @Test
    void aDamagedBackupIsRefusedOrRestoresTheSame() throws IOException {
        Path archive = small();
        byte[] whole = Files.readAllBytes(archive);
        succeeds("restore", archive, "--data", at("right"));
        Map<String, String> right = files(at("right"));
        RestoreInstance restore = new RestoreInstance(new LayoutEngine(Layouts.bundled()), Clock.systemUTC());
        Random random = new Random(20261128);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bytes = i % 5 == 0 ? java.util.Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int flips = i % 5 == 0 ? 0 : 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path damaged = Files.write(at("damaged.zip"), bytes);
            Path target = at("target");
            try {
                restore.run(damaged, target, false);
                assertThat(files(target)).isEqualTo(right);
                delete(target);
            } catch (Failure e) {
                assertThat(e.reason()).as(i + ": " + e.getMessage()).isIn(Reason.INVALID_ARCHIVE, Reason.NEWER_VERSION);
                assertThat(target).doesNotExist();
                refused++;
            }
        }
        assertThat(refused).isBetween(300, 499);
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(
                        root.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }

    @Test
    void aDefinitionThatCouldNotBeExportedInTheOriginalIsSaid() throws Exception {
        Path data = at("data");
        try (TestServer server = TestServer.start(data).with("team")) {
            server.post("/api/workspaces/team/imports", TinyApp.bytes("orders", 1, "Go"))
                    .expect(201);
        }
        Path clone = at("clone");
        new GitClient(folder)
                .run("clone", "-q", data.resolve("repositories/team.git").toString(), clone.toString());
        Files.writeString(clone.resolve("tooljet/apps/orders/versions/v1/version.yaml"), "a: @{queries/none}\n: : :\n");
        GitClient git = new GitClient(clone);
        git.run("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "Break it");
        git.run("push", "-q", "origin", "HEAD:main"); // past the service, which would refuse it
        succeeds("backup", "--data", data, at("all.zip"));
        assertThat(refused(at("all.zip"))).contains("undamaged", "team main tooljet/apps/orders", "--accept-findings");
        succeeds("restore", at("all.zip"), "--data", at("copy"), "--accept-findings");
    }
}
