package dev.offshoot.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at any moment has kept everything it acknowledged, and nobody needs to repair anything. */
class KillTest {
    private static final long SEED = 20261121;
    private static final int KILLS = 6;
    private static final int WRITERS = 3;
    private static final WorkspaceName NAME = new WorkspaceName("killed");

    @TempDir
    Path data;

    /** What the killed process said was done. */
    private record Acknowledged(ObjectName commit, TreePath path, String value) {}

    @Test
    void everythingAcknowledgedIsThereAfterAKill() throws Exception {
        Random random = new Random(SEED);
        List<Acknowledged> all = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            all.addAll(runAndKill(5 + random.nextInt(60), kill));
            try (FileRepositoryStore store = FileRepositoryStore.open(data, Clock.systemUTC())) {
                verify(store.find(NAME).orElseThrow(), all);
            }
            assertThat(new Git(data.resolve("repositories/killed.git"))
                            .run("fsck", "--strict", "--full")
                            .lines()
                            .filter(line -> !line.startsWith("dangling")))
                    .isEmpty();
        }
    }

    private void verify(WorkspaceRepository workspace, List<Acknowledged> all) {
        for (Acknowledged done : all) {
            Snapshot then =
                    workspace.snapshot(new Revision.Commit(done.commit())).orElseThrow();
            assertThat(then.files().read(done.path())).contains(Content.utf8(done.value()));
            assertThat(then.ledger().read(done.path())).contains(Content.utf8(done.value()));
        }
        Map<TreePath, Integer> last = new TreeMap<>();
        all.forEach(done -> last.merge(done.path(), Integer.valueOf(done.value()), Math::max));
        Snapshot now = workspace.snapshot(Revision.DEFAULT).orElseThrow();
        last.forEach((path, value) -> assertThat(
                        Integer.parseInt(now.files().read(path).orElseThrow().utf8()))
                .isGreaterThanOrEqualTo(value));
        CheckoutState checkout = workspace.awaitCheckout(Duration.ofMinutes(1));
        assertThat(checkout).isEqualTo(new CheckoutState(CheckoutState.Status.CURRENT, Optional.of(now.commit()), ""));
        assertThat(new Git(data.resolve("workspaces/killed")).run("status", "--porcelain"))
                .isEmpty();
    }

    private List<Acknowledged> runAndKill(int acknowledgements, int run) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        data.toString(),
                        Integer.toString(run * 100_000))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Acknowledged> seen = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; seen.size() < acknowledgements && (line = lines.readLine()) != null; ) {
                seen.add(parse(line));
            }
            process.toHandle().destroyForcibly(); // unlike the process's own method this leaves us its output
            // What it had said before it died counts as well.
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.endsWith(".")) {
                    seen.add(parse(line));
                }
            }
        }
        assertThat(process.waitFor()).isNotZero();
        assertThat(seen).hasSizeGreaterThanOrEqualTo(acknowledgements);
        return seen;
    }

    private static Acknowledged parse(String line) {
        String[] words = line.split(" ");
        return new Acknowledged(new ObjectName(words[0]), TreePath.of(words[1]), words[2]);
    }

    /** The process that is killed: writes as fast as it can and says what is done. */
    static final class Victim {
        public static void main(String[] args) throws Exception {
            FileRepositoryStore store = FileRepositoryStore.open(Path.of(args[0]), Clock.systemUTC());
            WorkspaceRepository workspace = Files.exists(Path.of(args[0], "repositories/killed.git"))
                    ? store.find(NAME).orElseThrow()
                    : store.create(NAME, new UUID(0, 7), new Person("Victim", "v@example.org"));
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                writers.add(new Thread(() -> write(workspace, writer, Integer.parseInt(args[1]))));
            }
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
        }

        private static void write(WorkspaceRepository workspace, int writer, int start) {
            for (int i = start; ; i++) {
                TreePath path = TreePath.of("w" + writer + "/f" + i % 7);
                TreeMap<TreePath, Optional<Content>> change = new TreeMap<>();
                change.put(path, Optional.of(Content.utf8("" + i)));
                UpdateResult result = workspace.update(new UpdateRequest(
                        new BranchName("main"),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        new TreeEdit(change),
                        new TreeEdit(change),
                        "Change " + path,
                        new Person("Victim", "v@example.org"),
                        Instant.now(),
                        "{}"));
                System.out.println(result.commit() + " " + path + " " + i + " .");
            }
        }
    }
}
