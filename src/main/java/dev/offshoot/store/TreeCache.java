package dev.offshoot.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Raw trees that were read lately, of all workspaces: every look at a path reads the folders above it, and most looks are at the same few.
 * Bounded by bytes; what was not used for longest goes first. Safe for use by many threads.
 */
final class TreeCache {
    private static final long MOST_BYTES = 4 * 1024 * 1024;
    /** A larger folder would push everything else out. */
    private static final int LARGEST = 512 * 1024;
    /** Heap of an entry beside the tree's bytes. */
    private static final int OVERHEAD = 128;

    private final LinkedHashMap<ObjectId, byte[]> trees = new LinkedHashMap<>(64, 0.75f, true);
    private long size;

    /** The same trees, read once. */
    TreeSource over(TreeSource source) {
        return id -> {
            byte[] known = find(id);
            if (known != null) {
                return known;
            }
            byte[] read = source.raw(id);
            put(id, read);
            return read;
        };
    }

    private synchronized byte[] find(ObjectId id) {
        return trees.get(id);
    }

    private synchronized void put(ObjectId id, byte[] raw) {
        if (raw.length > LARGEST || trees.putIfAbsent(id.copy(), raw) != null) {
            return;
        }
        size += raw.length + OVERHEAD;
        Iterator<Map.Entry<ObjectId, byte[]>> oldest = trees.entrySet().iterator();
        while (size > MOST_BYTES) {
            size -= oldest.next().getValue().length + OVERHEAD;
            oldest.remove();
        }
    }
}
