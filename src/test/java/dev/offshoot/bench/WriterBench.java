package dev.offshoot.bench;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.store.UpdateRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Writers of one branch: each change of one file, and what the ledger says of it, becomes a commit of its own; beside a lock around
 * loose objects. Repositories of 20 apps with 1,000 files each.
 */
public class WriterBench {
    static final int APPS = 20;
    static final int FOLDERS = 25;
    static final int FILES = 40;
    private static final int COMMITS = 320;
    private static final Person PERSON = new Person("Bench", "bench@example.org");

    /** Two repositories with the same files. */
    @State(Scope.Thread)
    public static class Branch {
        @Param({"1", "16"})
        public int writers;

        private LocalService ours;
        private LooseCommits theirs;
        private ExecutorService threads;
        private int number;

        @Setup(Level.Trial)
        public void fill() throws Exception {
            ours = LocalService.open(Folders.fresh("writers"));
            ours.workspace().update(request(everything(), TreeEdit.NONE));
            try (LocalService other = LocalService.open(Folders.fresh("lock"))) {
                other.workspace().update(request(everything(), TreeEdit.NONE));
                theirs = LooseCommits.open(other.repository());
            }
            threads = Executors.newFixedThreadPool(writers);
        }

        @TearDown(Level.Trial)
        public void close() {
            threads.shutdown();
            ours.close();
            theirs.close();
        }

        private interface Commit {
            void run(String path, byte[] content) throws Exception;
        }

        /** So many commits by all writers together. */
        private Object all(Commit commit) throws Exception {
            int first = number;
            number += COMMITS;
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                running.add(threads.submit(() -> {
                    for (int i = writer; i < COMMITS; i += writers) {
                        int n = first + i;
                        commit.run(path(n % APPS, n / APPS % FOLDERS, n / 7 % FILES), content(n));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
            return running;
        }

        private void ours(String path, byte[] content) {
            ours.workspace().update(request(edit(path, content), edit(path, content)));
        }
    }

    @Benchmark
    public void commits(Branch branch, Duel duel) throws Exception {
        duel.fight(() -> branch.all(branch::ours), () -> branch.all(branch.theirs::commit));
    }

    private static String path(int app, int folder, int file) {
        return "tooljet/apps/app" + app + "/pages/page" + folder + "/component" + file + ".yaml";
    }

    private static byte[] content(int n) {
        StringBuilder text = new StringBuilder("name: component" + n + "\n");
        for (int line = 0; text.length() < 1_300; line++) {
            text.append("property").append(line).append(": ").append(Integer.toHexString(n * 31 + line * 0x9E3779B9));
            text.append('\n');
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static TreeEdit everything() {
        TreeMap<TreePath, Optional<Content>> files = new TreeMap<>();
        for (int app = 0; app < APPS; app++) {
            for (int folder = 0; folder < FOLDERS; folder++) {
                for (int file = 0; file < FILES; file++) {
                    files.put(
                            TreePath.of(path(app, folder, file)),
                            Optional.of(Content.of(content(-(app * 1_000_000 + folder * 1_000 + file)))));
                }
            }
        }
        return new TreeEdit(files);
    }

    private static TreeEdit edit(String path, byte[] content) {
        return new TreeEdit(new TreeMap<>(Map.of(TreePath.of(path), Optional.of(Content.of(content)))));
    }

    private static UpdateRequest request(TreeEdit files, TreeEdit ledger) {
        return new UpdateRequest(
                new BranchName("main"),
                Optional.empty(),
                Map.of(),
                Map.of(),
                files,
                ledger,
                "Change a component",
                PERSON,
                Instant.now(),
                "{}");
    }
}
