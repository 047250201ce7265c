package dev.offshoot.store;

import dev.offshoot.model.WorkspaceName;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What the workspaces of one store share. */
record StoreContext(
        Path data,
        StoreOptions options,
        Background folding,
        Background checkouts,
        ExecutorService forcing,
        TreeCache trees,
        FaultPoint faults,
        AtomicReference<Consumer<WorkspaceName>> watcher) {
    /** Folders with these prefixes are leftovers of a crash; workspace names never start with a dot. */
    static final String NEW = ".new-";

    static final String DELETED = ".deleted-";

    static StoreContext of(Path data, StoreOptions options, FaultPoint faults) {
        return new StoreContext(
                data.toAbsolutePath(),
                options,
                new Background("folding"),
                new Background("checkouts"),
                // Short-lived threads: as many as there are workspaces being written at this moment.
                new ThreadPoolExecutor(
                        0,
                        256,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        job -> {
                            Thread thread = new Thread(job, "offshoot-forcing");
                            thread.setDaemon(true);
                            return thread;
                        },
                        new ThreadPoolExecutor.CallerRunsPolicy()),
                new TreeCache(),
                faults,
                new AtomicReference<>(name -> {}));
    }

    /** The branches of a workspace have moved. */
    void moved(WorkspaceName name) {
        watcher.get().accept(name);
    }

    Path repositories() {
        return data.resolve("repositories");
    }

    Path repository(WorkspaceName name) {
        return repositories().resolve(name + ".git");
    }

    Path workspaces() {
        return data.resolve("workspaces");
    }

    Path checkout(WorkspaceName name) {
        return workspaces().resolve(name.value());
    }

    Path beginning(WorkspaceName name) {
        return workspaces().resolve(NEW + name);
    }
}
