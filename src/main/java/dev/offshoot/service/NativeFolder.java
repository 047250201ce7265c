package dev.offshoot.service;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.platform.NativeDocument;
import dev.offshoot.platform.NativeFiles;
import dev.offshoot.platform.NativePath;
import dev.offshoot.platform.NativeRepositories;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A folder with the files of a platform's own repository. Follows no links and does not look into {@code .git}. */
final class NativeFolder implements NativeFiles {
    private static final String GIT = ".git";

    private final Path root;
    private final SortedSet<NativePath> paths = new TreeSet<>();

    private NativeFolder(Path root) {
        this.root = root;
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.equals(root.resolve(GIT)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        paths.add(NativePath.of(root.relativize(file).toString().replace('\\', '/')));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    /**
     * What the folder holds, as documents.
     *
     * @throws Failure {@code UNKNOWN_PLATFORM} when no platform wrote it
     */
    static List<NativeDocument> documents(Path folder) {
        NativeRepositories platforms = new NativeRepositories();
        NativeFolder files = new NativeFolder(folder);
        if (!platforms.recognise(files)) {
            throw Failure.of(
                    Reason.UNKNOWN_PLATFORM,
                    folder.toString(),
                    "is no folder that a known platform writes",
                    "name an export, or a clone of an Appsmith or ToolJet GitSync repository");
        }
        return platforms.documents(files, NativeHistory.nameOf(folder));
    }

    @Override
    public SortedSet<NativePath> paths() {
        return paths;
    }

    @Override
    public Content read(NativePath path) {
        try {
            return Content.of(Files.readAllBytes(root.resolve(path.toString())));
        } catch (IOException e) {
            throw unreadable(root.resolve(path.toString()), e);
        }
    }

    private static Failure unreadable(Path file, IOException e) {
        return new Failure(
                Problem.of(
                        Reason.STORAGE,
                        file.toString(),
                        "cannot be read: " + e.getClass().getSimpleName()),
                e);
    }
}
