package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.IntStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The files of a checkout and their entries in its index, and how they become those of another commit. */
final class WorkingTree {
    private static final int MOST_AT_ONCE = 256;

    private final CheckoutFolder folder;
    private final ObjectReader objects;
    private final FaultPoint faults;
    /** True while nobody can see the folder yet: files need not appear whole. */
    private final boolean hidden;

    private final RealFolders realFolders;
    private final Set<Path> made = new HashSet<>();

    WorkingTree(CheckoutFolder folder, ObjectReader objects, boolean hidden, FaultPoint faults) {
        this.folder = folder;
        this.objects = objects;
        this.hidden = hidden;
        this.faults = faults;
        this.realFolders = new RealFolders(folder.tree());
    }

    /**
     * What changes at one path; ids are zero where there is no file.
     *
     * @param mode of the new file
     */
    record Change(TreePath path, ObjectId before, ObjectId after, FileMode modeBefore, FileMode mode) {
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
                changes.add(new Change(
                        safe(walk.getPathString()),
                        walk.getObjectId(0),
                        walk.getObjectId(1),
                        walk.getFileMode(0),
                        mode));
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

    /** Whether a file is as it was when it was looked at. */
    interface Guard {
        Guard NOBODY_ELSE = path -> true;

        boolean isStill(TreePath path);
    }

    /** Somebody wrote a file after it had been looked at. What had been done by then is undone. */
    static final class Touched extends IOException {
        private static final long serialVersionUID = 1L;

        Touched(TreePath path) {
            super("changed here: " + path);
        }
    }

    /**
     * Writes and removes files, then records them in the locked index, which the caller commits.
     *
     * @param guard asked just before a file is replaced or removed
     * @throws Touched with everything as before
     */
    void apply(List<Change> changes, DirCache index, Guard guard) throws IOException {
        WorkingTreeUndo done = new WorkingTreeUndo(folder);
        try {
            apply(changes, index, guard, done);
        } catch (Touched e) {
            done.undo(objects);
            throw e;
        }
    }

    private void apply(List<Change> changes, DirCache index, Guard guard, WorkingTreeUndo done) throws IOException {
        // Removals first: a file may make place for a folder of its name.
        for (Change change : changes) {
            if (change.isRemoval()) {
                require(guard, change);
                remove(path(change.path()));
                done.removed(change);
            }
        }
        List<NewFile> news = new ArrayList<>();
        DirCacheEditor editor = index.editor();
        try (StagedFolders staged = new StagedFolders(hidden ? folder.tree() : folder.unfinished())) {
            for (Change change : changes) {
                if (change.isRemoval()) {
                    editor.add(new DirCacheEditor.DeletePath(change.path().value()));
                    continue;
                }
                Path file = path(change.path());
                Optional<Path> newFolder =
                        hidden ? Optional.of(existing(file.getParent())) : staged.of(file.getParent());
                if (newFolder.isPresent()) {
                    news.add(new NewFile(change, newFolder.get().resolve(file.getFileName())));
                } else {
                    Path written = staged.file();
                    editor.add(new Recorded(change, write(objects, change, written)));
                    require(guard, change);
                    replace(file, written);
                    done.written(change);
                    faults.reached(FaultPoint.Step.CHECKOUT_FILE);
                }
            }
            write(news).forEach(editor::add);
            staged.show();
        }
        editor.finish();
    }

    private static void require(Guard guard, Change change) throws Touched {
        if (!guard.isStill(change.path())) {
            throw new Touched(change.path());
        }
    }

    /** A file in a folder that nobody sees yet. */
    private record NewFile(Change change, Path file) {}

    /** Many are written at once: a large import must not keep everybody's checkouts waiting for one core. */
    private List<Recorded> write(List<NewFile> files) throws IOException {
        int parts = (files.size() + MOST_AT_ONCE - 1) / MOST_AT_ONCE;
        try {
            return IntStream.range(0, parts)
                    .parallel()
                    .mapToObj(i ->
                            writeSome(files.subList(i * MOST_AT_ONCE, Math.min(files.size(), (i + 1) * MOST_AT_ONCE))))
                    .flatMap(List::stream)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<Recorded> writeSome(List<NewFile> files) {
        List<Recorded> written = new ArrayList<>(files.size());
        try (ObjectReader reader = objects.newReader()) {
            for (NewFile file : files) {
                written.add(new Recorded(file.change(), write(reader, file.change(), file.file())));
                faults.reached(FaultPoint.Step.CHECKOUT_FILE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written;
    }

    private Path path(TreePath path) {
        return folder.tree().resolve(path.value());
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
        if (realFolders.throughLink(file)) {
            return; // gone already, or not ours
        }
        Files.deleteIfExists(file);
        faults.reached(FaultPoint.Step.CHECKOUT_FILE);
        for (Path parent = file.getParent(); !parent.equals(folder.tree()); parent = parent.getParent()) {
            try {
                Files.deleteIfExists(parent);
                realFolders.forget(parent);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private static BasicFileAttributes write(ObjectReader objects, Change change, Path file) throws IOException {
        return write(objects, change.after(), change.mode(), file);
    }

    static BasicFileAttributes write(ObjectReader objects, ObjectId blob, FileMode mode, Path file) throws IOException {
        byte[] content = objects.open(blob, Constants.OBJ_BLOB).getCachedBytes(GitSetup.LARGEST_IN_MEMORY);
        Files.write(file, content);
        if (mode == FileMode.EXECUTABLE_FILE) {
            makeExecutable(file);
        }
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private Path existing(Path parent) throws IOException {
        if (made.add(parent)) {
            Files.createDirectories(parent);
        }
        return parent;
    }

    private void replace(Path file, Path written) throws IOException {
        if (realFolders.throughLink(file)) {
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
