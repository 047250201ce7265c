package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** The files of one tree. Every call opens its own readers, so that many threads may share one. */
final class GitFiles implements Snapshot.Files {
    /** Files that one thread reads in a row, at least and at most. More than one part is worth threads: inflating is most of the work. */
    private static final int SMALL_PART = 16;

    private static final int PART = 256;
    private static final int PARTS = 16;

    private final Reading reading;
    private final ObjectId root;

    GitFiles(Reading reading, ObjectId root) {
        this.reading = reading;
        this.root = root;
    }

    /** Runs something with a view into the repository, which it closes. */
    interface Reading {
        <T> T read(Task<T> task);

        interface Task<T> {
            T run(RepositoryView view) throws IOException;
        }
    }

    @Override
    public Optional<ObjectName> objectAt(TreePath path) {
        return reading.read(view -> view.trees()
                .find(root, path)
                .map(found -> new ObjectName(found.id().name())));
    }

    /** Each folder is looked through once, however many paths are in it. */
    @Override
    public Map<TreePath, Optional<ObjectName>> objectsAt(Collection<TreePath> paths) {
        Map<TreePath, Map<String, TreeSource.Found>> folders = new HashMap<>();
        Map<TreePath, Optional<ObjectName>> found = new HashMap<>();
        return reading.read(view -> {
            for (TreePath path : paths) {
                TreePath parent = path.parent();
                Map<String, TreeSource.Found> entries = folders.get(parent);
                if (entries == null) {
                    Optional<TreeSource.Found> folder = view.trees().find(root, parent);
                    entries = entries(view.trees(), folder(folder));
                    folders.put(parent, entries);
                }
                Optional<TreeSource.Found> object =
                        path.isRoot() ? view.trees().find(root, path) : Optional.ofNullable(entries.get(path.name()));
                found.put(path, object.map(o -> new ObjectName(o.id().name())));
            }
            return found;
        });
    }

    @Override
    public SortedMap<TreePath, ObjectName> list(TreePath folder) {
        SortedMap<TreePath, ObjectName> names = new TreeMap<>();
        reading.read(view -> {
            collect(view.trees(), folder, names);
            return names;
        });
        return names;
    }

    @Override
    public SortedMap<TreePath, Optional<ObjectName>> changedSince(Snapshot.Files before) {
        if (!(before instanceof GitFiles stored)) {
            return Snapshot.Files.super.changedSince(before);
        }
        ObjectId other = stored.root;
        // Only folders that differ are looked into.
        return reading.read(view -> {
            SortedMap<TreePath, Optional<ObjectName>> changes = new TreeMap<>();
            compare(view.trees(), TreePath.ROOT, Optional.of(other), Optional.of(root), changes);
            return changes;
        });
    }

    private static void compare(
            TreeSource trees,
            TreePath at,
            Optional<ObjectId> before,
            Optional<ObjectId> after,
            SortedMap<TreePath, Optional<ObjectName>> changes)
            throws IOException {
        if (before.equals(after)) {
            return;
        }
        Map<String, TreeSource.Found> old = entries(trees, before);
        Map<String, TreeSource.Found> now = entries(trees, after);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            Optional<TreeSource.Found> was = Optional.ofNullable(old.get(name));
            Optional<TreeSource.Found> is = Optional.ofNullable(now.get(name));
            if (was.equals(is)) {
                continue;
            }
            TreePath path = at.child(name);
            compare(trees, path, folder(was), folder(is), changes);
            Optional<ObjectId> file = is.filter(f -> !f.isFolder()).map(TreeSource.Found::id);
            if (file.isPresent() || was.isPresent() && !was.get().isFolder()) {
                changes.put(path, file.map(id -> new ObjectName(id.name())));
            }
        }
    }

    private static Optional<ObjectId> folder(Optional<TreeSource.Found> found) {
        return found.filter(TreeSource.Found::isFolder).map(TreeSource.Found::id);
    }

    private static Map<String, TreeSource.Found> entries(TreeSource trees, Optional<ObjectId> folder)
            throws IOException {
        Map<String, TreeSource.Found> found = new TreeMap<>();
        TreeCursor cursor = new TreeCursor(folder.isPresent() ? trees.rawOrEmpty(folder.get()) : new byte[0]);
        while (cursor.next()) {
            found.put(cursor.name(), new TreeSource.Found(cursor.id(), cursor.mode()));
        }
        return found;
    }

    @Override
    public SortedMap<String, Boolean> entries(TreePath folder) {
        return reading.read(view -> {
            SortedMap<String, Boolean> entries = new TreeMap<>();
            Optional<TreeSource.Found> found = view.trees().find(root, folder);
            if (found.isPresent() && found.get().isFolder()) {
                TreeCursor cursor =
                        new TreeCursor(view.trees().rawOrEmpty(found.get().id()));
                while (cursor.next()) {
                    entries.put(below(folder, cursor).name(), cursor.isFolder());
                }
            }
            return entries;
        });
    }

    @Override
    public Optional<Content> read(TreePath path) {
        return reading.read(view -> {
            Optional<TreeSource.Found> found = view.trees().find(root, path);
            return found.isPresent() && found.get().isFile()
                    ? Optional.of(content(view.reader(), found.get().id()))
                    : Optional.empty();
        });
    }

    @Override
    public FileTree load(Collection<TreePath> folders) {
        return reading.read(view -> {
            TreeMap<TreePath, ObjectName> names = new TreeMap<>();
            for (TreePath folder : folders) {
                collect(view.trees(), folder, names);
            }
            Map<TreePath, Content> files = new ConcurrentHashMap<>();
            each(
                    view,
                    List.copyOf(names.entrySet()),
                    part -> part.forEach(file -> files.put(file.getKey(), file.getValue())));
            return FileTree.of(files);
        });
    }

    @Override
    public void each(List<Map.Entry<TreePath, ObjectName>> files, Consumer<List<Map.Entry<TreePath, Content>>> part) {
        reading.read(view -> {
            each(view, files, part);
            return files;
        });
    }

    private static void each(
            RepositoryView view,
            List<Map.Entry<TreePath, ObjectName>> wanted,
            Consumer<List<Map.Entry<TreePath, Content>>> part)
            throws IOException {
        int size = Math.max(SMALL_PART, Math.min(PART, wanted.size() / PARTS));
        if (wanted.size() <= size) {
            part.accept(contents(view.reader(), wanted));
            return;
        }
        // Neighbours in the tree are neighbours in the pack.
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(thread -> {
                    try (ObjectReader own = view.reader().newReader()) {
                        for (int from; (from = next.getAndAdd(size)) < wanted.size(); ) {
                            part.accept(contents(own, wanted.subList(from, Math.min(from + size, wanted.size()))));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static List<Map.Entry<TreePath, Content>> contents(
            ObjectReader reader, List<Map.Entry<TreePath, ObjectName>> wanted) throws IOException {
        List<Map.Entry<TreePath, Content>> contents = new ArrayList<>(wanted.size());
        for (Map.Entry<TreePath, ObjectName> file : wanted) {
            contents.add(Map.entry(file.getKey(), content(reader, id(file.getValue()))));
        }
        return contents;
    }

    private static ObjectId id(ObjectName name) {
        byte[] digits = new byte[Constants.OBJECT_ID_STRING_LENGTH];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) name.value().charAt(i);
        }
        return ObjectId.fromString(digits, 0);
    }

    private static Content content(ObjectReader reader, ObjectId blob) throws IOException {
        return Content.of(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(GitSetup.LARGEST_IN_MEMORY));
    }

    private void collect(TreeSource trees, TreePath at, SortedMap<TreePath, ObjectName> names) throws IOException {
        Optional<TreeSource.Found> found = trees.find(root, at);
        if (found.isPresent() && found.get().isFolder()) {
            collect(trees, found.get().id(), at, names);
        } else if (found.isPresent() && found.get().isFile()) {
            names.put(at, new ObjectName(found.get().id().name()));
        }
    }

    private static void collect(TreeSource trees, ObjectId folder, TreePath at, SortedMap<TreePath, ObjectName> names)
            throws IOException {
        TreeCursor cursor = new TreeCursor(trees.rawOrEmpty(folder));
        while (cursor.next()) {
            TreePath path = below(at, cursor);
            if (cursor.isFolder()) {
                collect(trees, cursor.id(), path, names);
            } else {
                names.put(path, new ObjectName(cursor.id().name()));
            }
        }
    }

    /** The entry's path, unless this is something we would never have written. */
    private static TreePath below(TreePath folder, TreeCursor cursor) {
        if (FileMode.SYMLINK.equals(cursor.mode())) {
            throw Problems.foreign(folder.value() + "/" + cursor.name(), "symbolic links are not supported");
        }
        if (FileMode.GITLINK.equals(cursor.mode())) {
            throw Problems.foreign(folder.value() + "/" + cursor.name(), "submodules are not supported");
        }
        String name = cursor.name();
        if (!TreeCursor.key(name.getBytes(StandardCharsets.UTF_8)).equals(cursor.key())) {
            throw Problems.foreign(folder.value() + "/" + name, "the name is not UTF-8");
        }
        try {
            return folder.child(name);
        } catch (Failure e) {
            throw Problems.foreign(folder.value() + "/" + name, "the name is not portable");
        }
    }
}
