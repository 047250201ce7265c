package dev.offshoot.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner can read, replaced in one step and durable. */
final class OwnFiles {
    /** What a write that was cut short leaves behind; nobody reads it. */
    static final String UNFINISHED = ".new";

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private OwnFiles() {}

    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, only("rwx------"));
        }
    }

    /** Replaces a file: whoever reads it, even after a crash, sees the old or the new content, whole. */
    static void replace(Path file, byte[] content, VaultFaults faults) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel out = open(unfinished)) {
                faults.reached(VaultFaults.Step.OPENED);
                write(out, content);
                faults.reached(VaultFaults.Step.WRITTEN);
                out.force(true);
            }
            faults.reached(VaultFaults.Step.FORCED);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException left) { // removed when the vault is opened next
                e.addSuppressed(left);
            }
            throw e;
        }
        faults.reached(VaultFaults.Step.RENAMED);
        forceFolder(file.toAbsolutePath().getParent());
    }

    /** Writes a file that is not there yet. */
    static void create(Path file, byte[] content) throws IOException {
        try (FileChannel out = open(file)) {
            write(out, content);
            out.force(true);
        }
    }

    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(to.toAbsolutePath().getParent());
    }

    /** Removes a file for good; none there is fine. */
    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder(file.toAbsolutePath().getParent());
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"));
    }

    private static void write(FileChannel out, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }

    /** The new name is visible by now, so an interrupt must not decide whether it is durable. */
    private static void forceFolder(Path folder) throws IOException {
        if (!POSIX) { // folders cannot be opened on Windows, and NTFS journals its names
            return;
        }
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
