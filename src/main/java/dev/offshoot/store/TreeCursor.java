package dev.offshoot.store;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** Walks the entries of one raw Git tree without making objects of them. */
final class TreeCursor {
    private final byte[] raw;
    private int start;
    private int nameStart;
    private int nameEnd;
    private int end;
    private int mode;

    TreeCursor(byte[] raw) {
        this.raw = raw;
    }

    /** Moves to the next entry; false at the end. */
    boolean next() {
        if (end >= raw.length) {
            return false;
        }
        start = end;
        int at = start;
        mode = 0;
        while (raw[at] != ' ') {
            mode = (mode << 3) + (raw[at++] - '0');
        }
        nameStart = ++at;
        while (raw[at] != 0) {
            at++;
        }
        nameEnd = at;
        end = at + 1 + Constants.OBJECT_ID_LENGTH;
        return true;
    }

    byte[] raw() {
        return raw;
    }

    /** Where the entry starts in {@link #raw}. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    int mode() {
        return mode;
    }

    boolean isFolder() {
        return FileMode.TREE.equals(mode);
    }

    ObjectId id() {
        return ObjectId.fromRaw(raw, nameEnd + 1);
    }

    /** The name's bytes, one character each: cheap to make and good as a key, not for showing. */
    String key() {
        return new String(raw, nameStart, nameEnd - nameStart, StandardCharsets.ISO_8859_1);
    }

    static String key(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    String name() {
        return new String(raw, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }
}
