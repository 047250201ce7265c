package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Edits of one tree, arranged like the tree: what happens in each folder. A node may be removed and have children: the old
 * content goes first, then the children are written.
 */
final class PathEdits {
    private static final ObjectChecker CHECKER =
            new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
    /** Files that make Git itself do something, and their short names on Windows. */
    private static final Pattern GIT_MODULES = Pattern.compile("\\.gitmodules[. ]*|gitmod~\\d+|gi7eba~\\d+");

    private final Map<String, PathEdits> children = new LinkedHashMap<>();
    private final byte[] name;
    private boolean removed;
    private ObjectId blob;

    private PathEdits(byte[] name) {
        this.name = name;
    }

    static PathEdits none() {
        return new PathEdits(new byte[0]);
    }

    void remove(TreePath path) {
        descend(path).removed = true;
    }

    /** @throws Failure {@code INVALID_PATH} when no clone on every system could hold such a file */
    void write(TreePath path, ObjectId content) {
        if (path.isRoot()) {
            throw Failure.of(Reason.INVALID_PATH, "", "the root is not a file");
        }
        requireSafe(path);
        descend(path).blob = content;
    }

    /** Stricter than {@link TreePath}: what Git or a file system would take for something of its own. */
    static void requireSafe(TreePath path) {
        for (String segment : path.segments()) {
            requireSafe(segment, path);
        }
    }

    private PathEdits descend(TreePath path) {
        PathEdits node = this;
        for (String segment : path.segments()) {
            byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
            node = node.children.computeIfAbsent(TreeCursor.key(bytes), key -> new PathEdits(bytes));
        }
        return node;
    }

    private static void requireSafe(String segment, TreePath path) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != segment.length()
                && !StandardCharsets.UTF_8.newEncoder().canEncode(segment)) {
            throw refused(path, "not valid Unicode");
        }
        try {
            CHECKER.checkPathSegment(bytes, 0, bytes.length);
        } catch (CorruptObjectException e) {
            throw refused(path, e.getMessage());
        }
        char first = segment.charAt(0);
        boolean suspicious = first == '.' || first == 'g' || first == 'G' || first >= 128;
        if (suspicious && GIT_MODULES.matcher(fold(segment)).matches()) {
            throw refused(path, "submodules are not supported");
        }
    }

    private static Failure refused(TreePath path, String why) {
        return Failure.of(Reason.INVALID_PATH, path.value(), "not a path for a repository: " + why);
    }

    /** Two names with one fold are one file on Windows or macOS. */
    static String fold(String name) {
        boolean ascii = true;
        for (int i = 0; i < name.length() && ascii; i++) {
            ascii = name.charAt(i) < 128;
        }
        return ascii
                ? name.toLowerCase(Locale.ROOT)
                : withoutIgnorable(Normalizer.normalize(name, Normalizer.Form.NFC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT));
    }

    /** macOS ignores these in file names. */
    private static String withoutIgnorable(String name) {
        StringBuilder kept = new StringBuilder();
        name.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    Map<String, PathEdits> children() {
        return children;
    }

    byte[] name() {
        return name;
    }

    boolean isRemoved() {
        return removed;
    }

    /** What is written here, or null when this is not a file to write. */
    ObjectId blob() {
        return blob;
    }

    /** True when something is written here or below; otherwise there are only removals. */
    boolean writes() {
        return blob != null || writesBelow();
    }

    boolean writesBelow() {
        for (PathEdits child : children.values()) {
            if (child.writes()) {
                return true;
            }
        }
        return false;
    }
}
