package dev.offshoot.store;

import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Where raw trees come from: the repository, or what a group of updates has made but not yet written. */
@FunctionalInterface
interface TreeSource {
    ObjectId EMPTY = Constants.EMPTY_TREE_ID;

    byte[] raw(ObjectId tree) throws IOException;

    /** The empty tree need not exist as an object. */
    default byte[] rawOrEmpty(ObjectId tree) throws IOException {
        return tree.equals(EMPTY) ? new byte[0] : raw(tree);
    }

    static TreeSource of(ObjectReader reader) {
        return tree -> reader.open(tree, Constants.OBJ_TREE).getCachedBytes(GitSetup.LARGEST_IN_MEMORY);
    }

    /** What stands at a path. */
    record Found(ObjectId id, int mode) {
        boolean isFolder() {
            return FileMode.TREE.equals(mode);
        }

        boolean isFile() {
            return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
        }
    }

    default Optional<Found> find(ObjectId root, TreePath path) throws IOException {
        Found at = new Found(root, FileMode.TREE.getBits());
        for (String segment : path.segments()) {
            if (!at.isFolder()) {
                return Optional.empty();
            }
            Optional<Found> below = child(at.id(), segment);
            if (below.isEmpty()) {
                return below;
            }
            at = below.get();
        }
        return Optional.of(at);
    }

    private Optional<Found> child(ObjectId folder, String name) throws IOException {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        TreeCursor entries = new TreeCursor(rawOrEmpty(folder));
        while (entries.next()) {
            if (java.util.Arrays.equals(
                    entries.raw(), entries.nameStart(), entries.nameEnd(), wanted, 0, wanted.length)) {
                return Optional.of(new Found(entries.id(), entries.mode()));
            }
        }
        return Optional.empty();
    }
}
