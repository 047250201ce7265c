package dev.offshoot.platform;

import java.util.Arrays;
import java.util.List;

/**
 * A file of somebody else's repository. Unlike our own paths it may have any name that Git can keep: spaces at the end, names that
 * differ in case alone. Never used to write.
 */
public record NativePath(List<String> segments) implements Comparable<NativePath> {
    public NativePath {
        segments = List.copyOf(segments);
        if (segments.isEmpty() || segments.stream().anyMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."))) {
            throw new IllegalArgumentException("not the path of a file: " + segments);
        }
    }

    public static NativePath of(String path) {
        return new NativePath(Arrays.asList(path.split("/", -1)));
    }

    /** The last segment. */
    public String name() {
        return segments.get(segments.size() - 1);
    }

    /** The name without its last extension. */
    String stem() {
        int dot = name().lastIndexOf('.');
        return dot <= 0 ? name() : name().substring(0, dot);
    }

    String segment(int index) {
        return index < segments.size() ? segments.get(index) : "";
    }

    int depth() {
        return segments.size();
    }

    boolean hasExtension(String extension) {
        return name().endsWith("." + extension);
    }

    /** The folder it is in, as text; empty at the root. */
    String folder() {
        return String.join("/", segments.subList(0, segments.size() - 1));
    }

    @Override
    public int compareTo(NativePath other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
