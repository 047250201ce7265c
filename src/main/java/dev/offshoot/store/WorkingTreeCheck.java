package dev.offshoot.store;

import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Whether the files of a checkout and their entries in its index are as we left them. One object per look. */
final class WorkingTreeCheck {
    private static final int MOST_REASONS = 5;

    private final Path root;
    private final RealFolders realFolders;
    /** Folders that were seen to be missing, with nothing in their way. */
    private final Set<Path> missingFolders = new HashSet<>();
    /** How files were when they were looked at; what was not there has no stamp. */
    private final Map<TreePath, Stamp> stamps = new HashMap<>();

    /** What changes whenever somebody writes a file, or puts another one into its place. */
    record Stamp(long size, FileTime modified, Object key) {
        static Optional<Stamp> of(Path file) {
            try {
                return Optional.of(
                        of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
        }
    }

    WorkingTreeCheck(Path root) {
        this.root = root;
        this.realFolders = new RealFolders(root);
    }

    /**
     * Paths among the changed ones that somebody else has changed as well, in the index or in the folder.
     *
     * @param begun whether an earlier attempt may have brought some of them to their new state already
     */
    List<String> touchedByOthers(List<WorkingTree.Change> changes, DirCache index, boolean begun) throws IOException {
        List<String> touched = new ArrayList<>();
        for (WorkingTree.Change change : changes) {
            if (!isIndexed(change, index, begun) || !isOnDisk(change, index, begun)) {
                touched.add(change.path().value());
                if (touched.size() == MOST_REASONS) {
                    break;
                }
            }
        }
        return touched;
    }

    /** Whether a file is still as it was when it was looked at. */
    boolean isStill(TreePath path) {
        Path file = path(path);
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                || Stamp.of(file).equals(Optional.ofNullable(stamps.get(path)));
    }

    private static boolean isIndexed(WorkingTree.Change change, DirCache index, boolean begun) {
        DirCacheEntry entry = index.getEntry(change.path().value());
        if (entry != null && entry.getStage() != DirCacheEntry.STAGE_0) {
            return false;
        }
        ObjectId id = entry == null ? ObjectId.zeroId() : entry.getObjectId();
        return id.equals(change.before()) || begun && id.equals(change.after());
    }

    private boolean isOnDisk(WorkingTree.Change change, DirCache index, boolean begun) throws IOException {
        Path file = path(change.path());
        if (missingFolders.contains(file.getParent())) {
            return change.before().equals(ObjectId.zeroId()) || begun && change.isRemoval();
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            // There is no such file; a parent may even be a file.
            return change.before().equals(ObjectId.zeroId()) && hasRoom(file, index) || begun && change.isRemoval();
        }
        if (attributes.isDirectory()) {
            // Its files are looked at on their own; whatever else is in it keeps it in place.
            return change.before().equals(ObjectId.zeroId()) && isGoing(change.path(), index);
        }
        if (!attributes.isRegularFile() || realFolders.throughLink(file)) {
            return false;
        }
        stamps.put(change.path(), Stamp.of(attributes));
        DirCacheEntry entry = index.getEntry(change.path().value());
        if (entry != null
                && entry.getLength() == attributes.size()
                && attributes.size() > 0
                && entry.getLastModifiedInstant()
                        .equals(attributes.lastModifiedTime().toInstant())) {
            return true;
        }
        ObjectId id;
        try (PackedObject.Maker names = new PackedObject.Maker()) {
            id = names.name(Constants.OBJ_BLOB, Files.readAllBytes(file));
        }
        // A file that is already what it shall become bothers nobody, even if it is not ours.
        return id.equals(change.before()) || id.equals(change.after());
    }

    /** The folder in place of a new file holds only files of the index: they are being removed. */
    private boolean isGoing(TreePath path, DirCache index) throws IOException {
        try (java.util.stream.Stream<Path> inside = Files.walk(path(path))) {
            return inside.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .allMatch(p -> index.getEntry(relative(p)) != null);
        }
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private Path path(TreePath path) {
        return root.resolve(path.value());
    }

    /** Nothing in the way: the nearest existing parent is a folder, or a file of ours that the same move removes. */
    private boolean hasRoom(Path file, DirCache index) {
        List<Path> missing = new ArrayList<>();
        Path parent = file.getParent();
        while (!realFolders.isReal(parent) && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
            missing.add(parent);
            parent = parent.getParent();
        }
        boolean room = Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)
                ? !realFolders.throughLink(parent.resolve("x"))
                : index.getEntry(relative(parent)) != null;
        if (room) {
            missingFolders.addAll(missing);
        }
        return room;
    }
}
