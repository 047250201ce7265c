package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The files of a checkout and their entries in its index: whether they are as we left them, and how they become something else. */
final class WorkingTree {
    private static final int MOST_REASONS = 5;

    private final CheckoutFolder folder;
    private final ObjectReader objects;
    private final FaultPoint faults;
    /** True while nobody can see the folder yet: files need not appear whole. */
    private final boolean hidden;
    /** Folders that were seen to be folders, so that nothing is written through a link. */
    private final Set<Path> realFolders = new HashSet<>();

    /** Folders that were seen to be missing, with nothing in their way; only good until something is written. */
    private final Set<Path> missingFolders = new HashSet<>();

    WorkingTree(CheckoutFolder folder, ObjectReader objects, boolean hidden, FaultPoint faults) {
        this.folder = folder;
        this.objects = objects;
        this.hidden = hidden;
        this.faults = faults;
        realFolders.add(folder.tree());
    }

    /**
     * What changes at one path; ids are zero where there is no file.
     *
     * @param mode of the new file
     */
    record Change(TreePath path, ObjectId before, ObjectId after, FileMode mode) {
        boolean isRemoval() {
            return after.equals(ObjectId.zeroId());
        }
    }

    /** @throws Failure {@code INVALID_REPOSITORY} when the new tree holds something that must not be checked out */
    List<Change> changes(ObjectId before, ObjectId after) throws IOException {
        List<Change> changes = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(objects)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            addTree(walk, before);
            addTree(walk, after);
            while (walk.next()) {
                FileMode mode = walk.getFileMode(1);
                boolean regular = mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
                if (!regular && mode != FileMode.MISSING) {
                    throw Problems.foreign(walk.getPathString(), "links and submodules are not checked out");
                }
                changes.add(new Change(safe(walk.getPathString()), walk.getObjectId(0), walk.getObjectId(1), mode));
            }
        }
        return changes;
    }

    private static void addTree(TreeWalk walk, ObjectId tree) throws IOException {
        if (tree.equals(TreeSource.EMPTY)) {
            walk.addTree(new org.eclipse.jgit.treewalk.EmptyTreeIterator());
        } else {
            walk.addTree(tree);
        }
    }

    private static TreePath safe(String path) {
        try {
            TreePath safe = TreePath.of(path);
            PathEdits.requireSafe(safe);
            return safe;
        } catch (Failure e) {
            throw Problems.foreign(path, "the name is not safe to check out");
        }
    }

    /**
     * Paths among the changed ones that somebody else has changed as well, in the index or in the folder.
     *
     * @param begun whether an earlier attempt may have brought some of them to their new state already
     */
    List<String> touchedByOthers(List<Change> changes, DirCache index, boolean begun) throws IOException {
        List<String> touched = new ArrayList<>();
        for (Change change : changes) {
            if (!isIndexed(change, index, begun) || !isOnDisk(change, index, begun)) {
                touched.add(change.path().value());
                if (touched.size() == MOST_REASONS) {
                    break;
                }
            }
        }
        return touched;
    }

    private static boolean isIndexed(Change change, DirCache index, boolean begun) {
        DirCacheEntry entry = index.getEntry(change.path().value());
        if (entry != null && entry.getStage() != DirCacheEntry.STAGE_0) {
            return false;
        }
        ObjectId id = entry == null ? ObjectId.zeroId() : entry.getObjectId();
        return id.equals(change.before()) || begun && id.equals(change.after());
    }

    private boolean isOnDisk(Change change, DirCache index, boolean begun) throws IOException {
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
        if (!attributes.isRegularFile() || throughLink(file)) {
            return false;
        }
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
        return folder.tree().relativize(file).toString().replace('\\', '/');
    }

    private Path path(TreePath path) {
        return folder.tree().resolve(path.value());
    }

    /** Nothing in the way: the nearest existing parent is a folder, or a file of ours that the same move removes. */
    private boolean hasRoom(Path file, DirCache index) {
        List<Path> missing = new ArrayList<>();
        Path parent = file.getParent();
        while (!realFolders.contains(parent) && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
            missing.add(parent);
            parent = parent.getParent();
        }
        boolean room = Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)
                ? !throughLink(parent.resolve("x"))
                : index.getEntry(relative(parent)) != null;
        if (room) {
            missingFolders.addAll(missing);
        }
        return room;
    }

    private boolean throughLink(Path file) {
        Path parent = file.getParent();
        if (realFolders.contains(parent)) {
            return false;
        }
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS) || throughLink(parent)) {
            return true;
        }
        realFolders.add(parent);
        return false;
    }

    /** Writes and removes files, then records them in the locked index, which the caller commits. */
    void apply(List<Change> changes, DirCache index) throws IOException {
        // Removals first: a file may make place for a folder of its name.
        for (Change change : changes) {
            if (change.isRemoval()) {
                remove(path(change.path()));
            }
        }
        DirCacheEditor editor = index.editor();
        try (StagedFolders staged = new StagedFolders(hidden ? folder.tree() : folder.unfinished())) {
            for (Change change : changes) {
                if (change.isRemoval()) {
                    editor.add(new DirCacheEditor.DeletePath(change.path().value()));
                } else {
                    editor.add(new Recorded(change, write(path(change.path()), change, staged)));
                }
            }
            staged.show();
        }
        editor.finish();
    }

    private static final class Recorded extends DirCacheEditor.PathEdit {
        private final Change change;
        private final BasicFileAttributes attributes;

        Recorded(Change change, BasicFileAttributes attributes) {
            super(change.path().value());
            this.change = change;
            this.attributes = attributes;
        }

        @Override
        public void apply(DirCacheEntry entry) {
            entry.setFileMode(change.mode());
            entry.setObjectId(change.after());
            entry.setLength(attributes.size());
            entry.setLastModified(attributes.lastModifiedTime().toInstant());
        }
    }

    private void remove(Path file) throws IOException {
        if (throughLink(file)) {
            return; // gone already, or not ours
        }
        Files.deleteIfExists(file);
        faults.reached(FaultPoint.Step.CHECKOUT_FILE);
        for (Path parent = file.getParent(); !parent.equals(folder.tree()); parent = parent.getParent()) {
            try {
                Files.deleteIfExists(parent);
                realFolders.remove(parent);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private BasicFileAttributes write(Path file, Change change, StagedFolders staged) throws IOException {
        byte[] content = objects.open(change.after(), Constants.OBJ_BLOB).getCachedBytes(GitSetup.LARGEST_IN_MEMORY);
        Optional<Path> newFolder = hidden ? Optional.of(existing(file.getParent())) : staged.of(file.getParent());
        Path written = newFolder.isPresent() ? newFolder.get().resolve(file.getFileName()) : staged.file();
        Files.write(written, content);
        if (change.mode() == FileMode.EXECUTABLE_FILE) {
            makeExecutable(written);
        }
        BasicFileAttributes attributes =
                Files.readAttributes(written, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (newFolder.isEmpty()) {
            replace(file, written);
        }
        faults.reached(FaultPoint.Step.CHECKOUT_FILE);
        return attributes;
    }

    private Path existing(Path parent) throws IOException {
        if (realFolders.add(parent)) {
            Files.createDirectories(parent);
        }
        return parent;
    }

    private void replace(Path file, Path written) throws IOException {
        if (throughLink(file)) {
            throw new IOException("a link stands in the way of " + file);
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file); // empty by now, or the failure leaves everything as it is
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void makeExecutable(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
            Files.setPosixFilePermissions(file, permissions);
        }
    }
}
