package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A data folder that is put together inside the place that it will have, which may be a volume of its own and so cannot be renamed. As long as
 * the unfinished part is there no server starts on it.
 */
public final class NewDataFolder implements AutoCloseable {
    /** What an unfinished restore leaves behind. */
    static final String UNFINISHED = ".restoring";

    private static final String LOCK = "store.lock";

    private final Path target;
    private final boolean created;
    private final FileChannel lock;
    private final FaultPoint faults;
    private final List<Path> shown = new ArrayList<>();
    private boolean done;

    private NewDataFolder(Path target, boolean created, FileChannel lock, FaultPoint faults) {
        this.faults = faults;
        this.target = target;
        this.created = created;
        this.lock = lock;
    }

    /**
     * Begins one where nothing is yet; what an earlier attempt that was killed left is removed.
     *
     * @throws Failure {@code ALREADY_EXISTS} when the folder is not empty, {@code BUSY} when somebody else uses it, {@code STORAGE}
     */
    public static NewDataFolder at(Path place) {
        return at(place, FaultPoint.NONE);
    }

    static NewDataFolder at(Path place, FaultPoint faults) {
        Path target = place.toAbsolutePath().normalize();
        try {
            boolean fresh = !Files.exists(target);
            if (!fresh) {
                requireEmpty(target);
            }
            Files.createDirectories(target);
            FileChannel lock = FileRepositoryStore.lock(target);
            try {
                Durable.deleteTree(target.resolve(UNFINISHED));
                Files.createDirectory(target.resolve(UNFINISHED));
                return new NewDataFolder(target, fresh, lock, faults);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw Problems.storage("restored", e);
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            throw Failure.of(
                    Reason.ALREADY_EXISTS, target.toString(), "is a file", "name a folder that is not there yet");
        }
        try (var there = Files.list(target)) {
            List<String> names = there.map(p -> p.getFileName().toString())
                    .filter(name -> !name.equals(LOCK) && !name.equals(UNFINISHED))
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                requireFinished(target);
                throw Failure.of(
                        Reason.ALREADY_EXISTS,
                        target.toString(),
                        "the folder is not empty: it holds " + names.get(0)
                                + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : ""),
                        "restore into a folder that is empty or not there yet");
            }
        }
    }

    /** @throws Failure {@code STORAGE} for a folder with half of a backup in it */
    static void requireFinished(Path data) {
        if (Files.exists(data.resolve(UNFINISHED))) {
            throw Failure.of(
                    Reason.STORAGE,
                    data.toString(),
                    "a restore into this folder was interrupted",
                    "empty the folder and restore again");
        }
    }

    /** Where to put it together; itself a data folder that can be opened. */
    public Path unfinished() {
        return target.resolve(UNFINISHED);
    }

    /** Gives everything its place, durably. */
    public void show() {
        try {
            Durable.forceTree(unfinished());
            List<Path> parts;
            try (var there = Files.list(unfinished())) {
                parts = there.filter(p -> !p.getFileName().toString().equals(LOCK))
                        .sorted()
                        .toList();
            }
            faults.reached(FaultPoint.Step.RESTORE_SHOWING);
            for (Path part : parts) {
                Path place = target.resolve(part.getFileName());
                Durable.rename(part, place);
                shown.add(place);
                faults.reached(FaultPoint.Step.RESTORE_SHOWN);
            }
            Durable.deleteTree(unfinished());
            Durable.forceFolder(target);
            Durable.forceFolder(target.getParent());
            done = true;
        } catch (IOException e) {
            throw Problems.storage("restored", e);
        }
    }

    /** Removes everything, unless it has been shown. */
    @Override
    public void close() {
        try {
            if (!done) {
                for (Path place : shown) {
                    Durable.deleteTree(place);
                }
                Durable.deleteTree(unfinished());
                Files.deleteIfExists(target.resolve(LOCK));
                if (created) {
                    Files.deleteIfExists(target);
                }
            }
            lock.close();
        } catch (IOException e) {
            throw Problems.storage("restored", e);
        }
    }
}
