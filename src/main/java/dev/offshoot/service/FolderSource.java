package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import dev.offshoot.layout.TreeSource;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folder on the disk as the layout engine reads it. Follows no links; what starts with a dot at the top is not looked at. */
final class FolderSource implements TreeSource {
    private final Path root;
    private final Map<TreePath, SortedSet<TreePath>> listed = new HashMap<>();

    FolderSource(Path root) {
        this.root = root;
    }

    @Override
    public SortedSet<TreePath> list(TreePath folder) {
        return listed.computeIfAbsent(folder, f -> {
            TreeSet<TreePath> found = new TreeSet<>();
            Path start = root.resolve(f.value());
            if (Files.isRegularFile(start, LinkOption.NOFOLLOW_LINKS)) {
                found.add(f);
            } else if (Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
                walk(start, f, found);
            }
            return found;
        });
    }

    private void walk(Path folder, TreePath at, SortedSet<TreePath> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (at.isRoot() && name.startsWith(".")) {
                    continue;
                }
                TreePath path = child(at, name);
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    walk(entry, path, found);
                } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(path);
                } else {
                    throw Failure.of(
                            Reason.INVALID_REPOSITORY,
                            path.value(),
                            "neither a file nor a folder",
                            "links are not followed");
                }
            }
        } catch (IOException e) {
            throw unreadable(at, e);
        }
    }

    private static TreePath child(TreePath at, String name) {
        try {
            return at.child(name);
        } catch (Failure e) {
            throw Failure.of(
                    Reason.INVALID_PATH, at + "/" + name, "this name does not work on every system", "rename the file");
        }
    }

    @Override
    public Content read(TreePath path) {
        try {
            return Content.of(Files.readAllBytes(root.resolve(path.value())));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public JsonValue yaml(TreePath path) {
        return YamlFiles.parse(path, read(path));
    }

    /** Everything below a folder, with paths from that folder. */
    static FileTree load(Path folder) {
        FolderSource source = new FolderSource(folder);
        Map<TreePath, Content> files = new TreeMap<>();
        source.list(TreePath.ROOT).forEach(path -> files.put(path, source.read(path)));
        return FileTree.of(files);
    }

    private static Failure unreadable(TreePath path, IOException e) {
        return new Failure(
                Problem.of(
                        Reason.STORAGE,
                        path.value(),
                        "cannot be read: " + e.getClass().getSimpleName()),
                e);
    }
}
