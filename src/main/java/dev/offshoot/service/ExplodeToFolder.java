package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.format.Limits;
import dev.offshoot.layout.Exploded;
import dev.offshoot.layout.KnownDefinitions;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.MemorySource;
import dev.offshoot.layout.ReadDocument;
import dev.offshoot.layout.Selection;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.FirstFiles;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Takes a document apart into a folder that can become a repository. The folder appears whole or not at all; the ledger goes to
 * {@code .offshoot/} in it, readable for its owner only and ignored by Git.
 */
public final class ExplodeToFolder {
    static final String PRIVATE = ".offshoot";
    static final String LEDGER = "ledger";
    /** Ids of entities that no ledger knows are made from this, alike on every machine. */
    static final UUID NAMESPACE = UUID.fromString("0ff5e700-0000-5000-8000-000000000001");

    private final LayoutEngine engine;

    public ExplodeToFolder(LayoutEngine engine) {
        this.engine = engine;
    }

    /** What was written. */
    public record Result(List<TreePath> documents, int files, List<Problem> findings, List<String> withheld) {}

    /**
     * Explodes.
     *
     * @param folder must not exist, or be empty
     * @throws Failure {@code ALREADY_EXISTS} for a folder with something in it; everything that an import refuses
     */
    public Result run(byte[] document, Path folder) {
        requireRoom(folder);
        ReadDocument read = engine.read(document, Limits.DEFAULT.withMaxBytes(Math.max(1, document.length)));
        JsonValue value = read.value();
        Exploded exploded = engine.explode(value, KnownDefinitions.NONE);
        // An import would refuse what lacks something; files can be looked at all the same.
        List<Problem> findings = new ArrayList<>(read.findings());
        findings.addAll(engine.missing(value, Optional.empty()));
        findings.addAll(engine.newer(value));
        findings.addAll(exploded.findings());
        new RoundTrip(engine)
                .verify(
                        exploded.expected(),
                        new MemorySource(exploded.files()),
                        exploded.ledger(),
                        exploded.document(),
                        NAMESPACE,
                        Selection.ALL);
        write(exploded.files(), exploded.ledger().toFiles(), folder);
        return new Result(List.of(exploded.document()), exploded.files().size(), findings, exploded.withheld());
    }

    /**
     * Explodes everything in a folder that a platform wrote itself, such as a clone of its own Git repository.
     *
     * @param source read only
     * @param folder must not exist, or be empty
     * @throws Failure {@code UNKNOWN_PLATFORM} when no platform wrote the source, {@code INVALID_REPOSITORY} naming a file that cannot be
     *     read; and like {@link #run(byte[], Path)}
     */
    public Result run(Path source, Path folder) {
        requireRoom(folder);
        try (ScratchWorkspace scratch = new ScratchWorkspace(engine)) {
            ScratchWorkspace.Result all = scratch.take(NativeFolder.documents(source));
            write(all.files(), all.ledger(), folder);
            return new Result(all.documents(), all.files().size(), all.findings(), all.withheld());
        }
    }

    private static void requireRoom(Path folder) {
        boolean taken = Files.exists(folder) && !(Files.isDirectory(folder) && isEmpty(folder));
        if (taken) {
            throw Failure.of(
                    Reason.ALREADY_EXISTS,
                    folder.toString(),
                    "the folder is not empty",
                    "name one that does not exist yet");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static void write(FileTree files, FileTree ledger, Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        Path half = target.resolveSibling("." + target.getFileName() + ".half-" + UUID.randomUUID());
        try {
            Files.createDirectories(half);
            write(files.with(FirstFiles.TREE), half);
            Path hidden = half.resolve(PRIVATE);
            Files.createDirectory(hidden);
            if (Files.getFileStore(hidden).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
            }
            Files.writeString(hidden.resolve(".gitignore"), "*\n");
            write(ledger, hidden.resolve(LEDGER));
            Files.deleteIfExists(target);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteAll(half);
            throw failed(folder, e);
        }
    }

    private static void write(FileTree files, Path folder) throws IOException {
        Path known = null;
        for (Map.Entry<TreePath, Content> e : files.files().entrySet()) {
            Path file = folder.resolve(e.getKey().value());
            if (!file.getParent().equals(known)) {
                known = file.getParent();
                Files.createDirectories(known);
            }
            Files.write(file, e.getValue().bytes());
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            // What is left has a name that says what it is; the first failure is the one to report.
        }
    }

    private static Failure failed(Path folder, IOException e) {
        return new Failure(
                Problem.of(
                        Reason.STORAGE,
                        folder.toString(),
                        "cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage()),
                e);
    }
}
