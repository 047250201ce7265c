package dev.offshoot.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Where the objects of a push are until it is accepted: a folder of its own, from which the repository's objects can be read, and not the
 * other way round. What is refused goes with the folder; a crash leaves the folder, which goes when the repository is opened again.
 */
final class Quarantine implements AutoCloseable {
    private static final String FOLDER = "incoming";

    private final Path folder;
    private final FileRepository repository;
    private final FileRepository target;
    private List<Path> arrived = List.of();

    private Quarantine(Path folder, FileRepository repository, FileRepository target) {
        this.folder = folder;
        this.repository = repository;
        this.target = target;
    }

    static Quarantine of(FileRepository target) throws IOException {
        Path all = Files.createDirectories(target.getDirectory().toPath().resolve(FOLDER));
        Path folder = Files.createTempDirectory(all, "push-");
        Files.createDirectories(folder.resolve("pack"));
        Files.createDirectories(folder.resolve("info"));
        FileRepository repository = new IncomingRepository(new FileRepositoryBuilder()
                .setGitDir(target.getDirectory())
                .setBare()
                .setObjectDirectory(folder.toFile())
                .addAlternateObjectDirectory(target.getObjectDatabase().getDirectory())
                .setup());
        return new Quarantine(folder, repository, target);
    }

    /** Removes what a crash left. */
    static void recover(Path repository) throws IOException {
        Durable.deleteTree(repository.resolve(FOLDER));
    }

    FileRepository repository() {
        return repository;
    }

    /** A place for a file that goes with the quarantine. */
    Path room(String name) {
        return folder.resolve(name);
    }

    /** Moves the packs to where everybody reads them. May be called again. */
    void release() throws IOException {
        if (!arrived.isEmpty()) {
            return;
        }
        ObjectDirectory objects = target.getObjectDatabase();
        Path packs = objects.getPackDirectory().toPath();
        List<Path> moved = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("pack"), "*.pack")) {
            for (Path pack : files) {
                Path index = sibling(pack, ".idx");
                Path to = packs.resolve(nameOfItsOwn(pack));
                Durable.forceReadOnly(pack);
                Durable.forceReadOnly(index);
                Files.move(pack, to, StandardCopyOption.ATOMIC_MOVE);
                // The index last: readers take a pack for present when they see its index.
                Files.move(index, sibling(to, ".idx"), StandardCopyOption.ATOMIC_MOVE);
                moved.add(to);
            }
        }
        Durable.forceFolder(packs);
        for (Path pack : moved) {
            objects.openPack(pack.toFile());
        }
        arrived = List.copyOf(moved);
    }

    /**
     * Two pushes may send the very same pack, and the one that loses takes its own away: with one name for both it would take the winner's.
     */
    private String nameOfItsOwn(Path pack) {
        String text = folder.getFileName() + "/" + pack.getFileName();
        byte[] hash = PackedObject.sha1().digest(text.getBytes(StandardCharsets.UTF_8));
        return "pack-" + ObjectId.fromRaw(hash).name() + ".pack";
    }

    /** Takes back what was moved and is nobody's. */
    void withdraw() throws IOException {
        for (Path pack : arrived) {
            PackStore.remove(pack);
        }
    }

    private static Path sibling(Path pack, String extension) {
        return pack.resolveSibling(pack.getFileName().toString().replaceFirst("\\.pack$", extension));
    }

    @Override
    public void close() {
        repository.close();
        try {
            Durable.deleteTree(folder);
        } catch (IOException e) {
            Log.warn("the folder of a push could not be removed; it goes at the next start", e);
        }
    }
}
