package dev.offshoot.platform;

/**
 * A file of somebody else's repository. Unlike our own paths it may have any name that Git can keep: spaces at the end, names that
 * differ in case alone. Never used to write.
 */
public record NativePath(String value) implements Comparable<NativePath> {
    public NativePath {
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("not the path of a file: " + value);
            }
        }
    }

    public static NativePath of(String path) {
        return new NativePath(path);
    }

    /** The last segment. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The name without its last extension. */
    String stem() {
        int dot = name().lastIndexOf('.');
        return dot <= 0 ? name() : name().substring(0, dot);
    }

    /** A segment by its place, the first is 0; empty when there are fewer. */
    String segment(int index) {
        String[] segments = value.split("/");
        return index < segments.length ? segments[index] : "";
    }

    int depth() {
        return (int) value.chars().filter(c -> c == '/').count() + 1;
    }

    boolean hasExtension(String extension) {
        return value.endsWith("." + extension);
    }

    /** The folder it is in, as text; empty at the root. */
    String folder() {
        return value.substring(0, Math.max(0, value.lastIndexOf('/')));
    }

    @Override
    public int compareTo(NativePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
