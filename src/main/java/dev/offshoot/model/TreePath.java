package dev.offshoot.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A path inside a repository tree, segments joined by {@code /}; the root is the empty path. Every segment is a portable
 * name ({@link FileName}), so a value of this type can be written on Linux, macOS and Windows. Ordered by code units.
 */
public final class TreePath implements Comparable<TreePath> {
    /** The longest path that Linux and JGit take, counted in UTF-8. */
    public static final int MAX_BYTES = 4096;

    public static final TreePath ROOT = new TreePath("");

    private final String value;

    /** Only for what is known to be valid: part of a valid path, or checked before. */
    private TreePath(String value) {
        this.value = value;
    }

    /** @throws Failure {@code INVALID_PATH} */
    public static TreePath of(String value) {
        if (value.isEmpty()) {
            return ROOT;
        }
        requireSegments(value);
        return ofChecked(value);
    }

    private static void requireSegments(String value) {
        int start = 0;
        for (int slash; (slash = value.indexOf('/', start)) >= 0; start = slash + 1) {
            FileName.require(value.substring(start, slash));
        }
        FileName.require(value.substring(start));
    }

    private static TreePath ofChecked(String value) {
        if (value.length() * 3 > MAX_BYTES && value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Failure.of(Reason.INVALID_PATH, "", "path longer than " + MAX_BYTES + " bytes");
        }
        return new TreePath(value);
    }

    public String value() {
        return value;
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    public TreePath child(String relative) {
        if (relative.isEmpty()) {
            return this;
        }
        requireSegments(relative);
        return ofChecked(isRoot() ? relative : value + "/" + relative);
    }

    /** The folder this path is in; the root's parent is the root. */
    public TreePath parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? ROOT : new TreePath(value.substring(0, slash));
    }

    /** The last segment; empty for the root. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** True for the path itself and everything below it. */
    public boolean isWithin(TreePath folder) {
        return folder.isRoot()
                || value.startsWith(folder.value)
                        && (value.length() == folder.value.length() || value.charAt(folder.value.length()) == '/');
    }

    /** True for what stands in the folder itself, not deeper. */
    public boolean isDirectlyIn(TreePath folder) {
        int slash = value.lastIndexOf('/');
        return slash < 0
                ? folder.isRoot() && !isRoot()
                : slash == folder.value.length() && value.startsWith(folder.value);
    }

    /** What remains of this path below {@code folder}; the path must be within it. */
    public String relativeTo(TreePath folder) {
        if (!isWithin(folder)) {
            throw new IllegalArgumentException(value + " is not within " + folder);
        }
        return folder.isRoot()
                ? value
                : value.length() == folder.value.length() ? "" : value.substring(folder.value.length() + 1);
    }

    public List<String> segments() {
        if (isRoot()) {
            return List.of();
        }
        int count = 1;
        for (int slash = -1; (slash = value.indexOf('/', slash + 1)) >= 0; ) {
            count++;
        }
        String[] segments = new String[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            int slash = value.indexOf('/', start);
            segments[i] = value.substring(start, slash < 0 ? value.length() : slash);
            start = slash + 1;
        }
        return Arrays.asList(segments);
    }

    @Override
    public int compareTo(TreePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePath path && value.equals(path.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
