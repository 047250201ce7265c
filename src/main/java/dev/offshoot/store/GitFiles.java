package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** The files of one tree. Every call opens its own readers, so that many threads may share one. */
final class GitFiles implements Snapshot.Files {
    /** From here on two readers are faster than one: inflating is most of the work. */
    private static final int WORTH_THREADS = 500;

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

    @Override
    public SortedMap<TreePath, ObjectName> list(TreePath folder) {
        SortedMap<TreePath, ObjectName> names = new TreeMap<>();
        reading.read(view -> {
            ids(view.trees(), folder).forEach((path, id) -> names.put(path, new ObjectName(id.name())));
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
            TreeMap<TreePath, ObjectId> ids = new TreeMap<>();
            for (TreePath folder : folders) {
                ids.putAll(ids(view.trees(), folder));
            }
            List<Map.Entry<TreePath, ObjectId>> wanted = new ArrayList<>(ids.entrySet());
            Content[] contents = new Content[wanted.size()];
            if (contents.length < WORTH_THREADS) {
                load(view.reader(), wanted, contents, 0, contents.length);
            } else {
                // Contiguous halves: neighbours in the tree are neighbours in the pack.
                int half = contents.length / 2;
                IntStream.range(0, 2).parallel().forEach(part -> {
                    try (ObjectReader own = view.reader().newReader()) {
                        load(own, wanted, contents, part == 0 ? 0 : half, part == 0 ? half : contents.length);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }
            TreeMap<TreePath, Content> files = new TreeMap<>();
            for (int i = 0; i < contents.length; i++) {
                files.put(wanted.get(i).getKey(), contents[i]);
            }
            return FileTree.of(files);
        });
    }

    private static void load(
            ObjectReader reader, List<Map.Entry<TreePath, ObjectId>> wanted, Content[] into, int from, int to)
            throws IOException {
        for (int i = from; i < to; i++) {
            into[i] = content(reader, wanted.get(i).getValue());
        }
    }

    private static Content content(ObjectReader reader, ObjectId blob) throws IOException {
        return Content.of(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(GitSetup.LARGEST_IN_MEMORY));
    }

    private SortedMap<TreePath, ObjectId> ids(TreeSource trees, TreePath at) throws IOException {
        SortedMap<TreePath, ObjectId> ids = new TreeMap<>();
        Optional<TreeSource.Found> found = trees.find(root, at);
        if (found.isPresent() && found.get().isFolder()) {
            collect(trees, found.get().id(), at, ids);
        } else if (found.isPresent() && found.get().isFile()) {
            ids.put(at, found.get().id());
        }
        return ids;
    }

    private static void collect(TreeSource trees, ObjectId folder, TreePath at, SortedMap<TreePath, ObjectId> ids)
            throws IOException {
        TreeCursor cursor = new TreeCursor(trees.rawOrEmpty(folder));
        while (cursor.next()) {
            TreePath path = below(at, cursor);
            if (cursor.isFolder()) {
                collect(trees, cursor.id(), path, ids);
            } else {
                ids.put(path, cursor.id());
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
