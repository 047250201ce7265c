package dev.offshoot.archive;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is there whole and durable, or not at all; readable for its owner alone. Never replaces one. */
public final class NewFile implements AutoCloseable {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path target;
    private final Path unfinished;
    private final FileOutputStream file;
    private final OutputStream out;

    private NewFile(Path target, Path unfinished) throws IOException {
        this.target = target;
        this.unfinished = unfinished;
        this.file = new FileOutputStream(unfinished.toFile());
        this.out = new BufferedOutputStream(file, 128 * 1024);
    }

    /** @throws Failure {@code ALREADY_EXISTS}, or {@code NOT_FOUND} when there is no folder for it */
    public static NewFile at(Path path) throws IOException {
        Path target = path.toAbsolutePath();
        requireFree(target);
        if (!Files.isDirectory(target.getParent())) {
            throw Failure.of(Reason.NOT_FOUND, path.toString(), "there is no folder for it", "make the folder first");
        }
        return new NewFile(target, Files.createTempFile(target.getParent(), ".unfinished-", ".tmp", onlyForUs()));
    }

    private static void requireFree(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(
                    Reason.ALREADY_EXISTS,
                    target.toString(),
                    "there is such a file already",
                    "name one that is not there yet");
        }
    }

    private static FileAttribute<?>[] onlyForUs() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    public OutputStream out() {
        return out;
    }

    /**
     * Gives the file its name.
     *
     * @return its length in bytes
     */
    public long show() throws IOException {
        out.flush();
        file.getFD().sync();
        file.close();
        requireFree(target); // it may have taken long
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        if (POSIX) {
            try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
        return Files.size(target);
    }

    /** Removes what has not been shown. */
    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(unfinished);
    }
}
