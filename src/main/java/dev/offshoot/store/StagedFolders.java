package dev.offshoot.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Folders that are new in a checkout are put together elsewhere on the same file system and get their place in one step: a reader sees all of
 * a new app or nothing, and a thousand files cost one rename.
 */
final class StagedFolders implements AutoCloseable {
    private final Path stage;
    private final Map<Path, Optional<Path>> staged = new HashMap<>();
    private final Map<Path, Path> tops = new LinkedHashMap<>();
    private int names;

    StagedFolders(Path stage) {
        this.stage = stage;
    }

    /** Where the files of a folder are written meanwhile; empty when the folder exists. */
    Optional<Path> of(Path folder) throws IOException {
        Optional<Path> known = staged.get(folder);
        if (known == null) {
            known = place(folder);
            staged.put(folder, known);
        }
        return known;
    }

    private Optional<Path> place(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Optional<Path> parent = of(folder.getParent());
        Path place = parent.isPresent() ? parent.get().resolve(folder.getFileName()) : file();
        Files.createDirectory(place);
        if (parent.isEmpty()) {
            tops.put(folder, place);
        }
        return Optional.of(place);
    }

    /** A new name in the stage, for a file that gets its place on its own. */
    Path file() {
        return stage.resolve("staged-" + names++);
    }

    /** Gives every new folder its place. Nothing that stands there by now is replaced. */
    void show() throws IOException {
        for (Map.Entry<Path, Path> top : tops.entrySet()) {
            if (Files.exists(top.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(top.getKey() + " appeared in the meantime");
            }
            Files.move(top.getValue(), top.getKey(), StandardCopyOption.ATOMIC_MOVE);
        }
        tops.clear();
    }

    @Override
    public void close() throws IOException {
        for (Path unused : tops.values()) {
            Durable.deleteTree(unused);
        }
    }
}
