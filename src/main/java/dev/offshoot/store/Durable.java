package dev.offshoot.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** File operations that hold across a power failure, and the removal of trees. */
final class Durable {
    private static final boolean WINDOWS = java.io.File.separatorChar == '\\';

    private Durable() {}

    /** Forces a file's bytes and length to the disk. */
    static void force(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** A file that nobody may write any more. */
    static void forceReadOnly(Path file) throws IOException {
        force(file, StandardOpenOption.READ);
    }

    /** Forces the names in a folder to the disk: what makes a rename or a new file survive. */
    static void forceFolder(Path folder) throws IOException {
        if (!WINDOWS) { // folders cannot be opened there, and NTFS journals its names
            force(folder, StandardOpenOption.READ);
        }
    }

    /**
     * An interrupt closes a channel in the middle of forcing. Somebody's impatience must not decide whether a state that is visible already
     * is durable as well, so this starts over.
     */
    private static void force(Path file, StandardOpenOption how) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(file, how)) {
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

    /** Renames within one file system, in one step, and makes the new name durable. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(to.getParent());
    }

    /** Forces every file and folder of a small tree. */
    static void forceTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (Files.isWritable(file)) { // read-only files are packs, forced when they were written
                    force(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                forceFolder(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes a file or a whole tree; links are removed, never followed. Nothing there is fine. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
