package dev.offshoot.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Content;
import dev.offshoot.model.Person;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first commit of a workspace packs its refs: nobody may see the branch vanish meanwhile. */
class FirstCommitRaceTest {
    private static final Person ANNA = new Person("Anna", "anna@example.org");

    @TempDir
    Path data;

    @Test
    void theBranchIsThereWhileItsFirstCommitLands() throws Exception {
        AtomicInteger missing = new AtomicInteger();
        try (FileRepositoryStore store = FileRepositoryStore.open(
                data, StoreOptions.of(Clock.systemUTC()).withoutCheckouts())) {
            for (int i = 0; i < 60; i++) {
                WorkspaceRepository workspace = store.create(new WorkspaceName("w" + i), UUID.randomUUID(), ANNA);
                AtomicBoolean landed = new AtomicBoolean();
                List<Thread> readers = new ArrayList<>();
                for (int r = 0; r < 3; r++) {
                    Thread reader = new Thread(() -> {
                        while (!landed.get()) {
                            missing.addAndGet(
                                    workspace.snapshot(Revision.DEFAULT).isEmpty() ? 1 : 0);
                        }
                    });
                    reader.start();
                    readers.add(reader);
                }
                workspace.update(firstCommit(workspace));
                landed.set(true);
                for (Thread reader : readers) {
                    reader.join();
                }
            }
        }
        assertThat(missing).hasValue(0);
    }

    private static UpdateRequest firstCommit(WorkspaceRepository workspace) {
        TreeMap<TreePath, Optional<Content>> file = new TreeMap<>();
        file.put(TreePath.of("a"), Optional.of(Content.utf8("x")));
        TreeEdit edit = new TreeEdit(file);
        return new UpdateRequest(
                workspace.defaultBranch(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                edit,
                edit,
                "m",
                ANNA,
                Instant.now(),
                "{}");
    }
}
