package dev.offshoot.model;

import java.util.regex.Pattern;

/**
 * Name of a branch without {@code refs/heads/}: Git's own rules, narrowed to what is portable as a file and cannot be taken
 * for an option, a revision expression or an object name.
 */
public record BranchName(String value) implements Comparable<BranchName> {
    private static final Pattern SEGMENT = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}._+=,-]*");
    private static final int MAX = 200;

    public BranchName {
        requireRefName(value, "branch");
    }

    static void requireRefName(String value, String where) {
        if (!isValid(value)) {
            throw Failure.of(
                    Reason.INVALID_NAME,
                    where,
                    "not a valid " + where + " name",
                    "use letters, digits, . _ + = , - in segments separated by /, at most " + MAX + " characters");
        }
    }

    public static boolean isValid(String value) {
        if (value.isEmpty()
                || value.length() > MAX
                || ObjectName.isValid(value)
                || value.contains("..")
                || value.equals("HEAD")) {
            return false;
        }
        for (String segment : value.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches() || segment.endsWith(".lock") || !FileName.isPortable(segment)) {
                return false;
            }
        }
        return true;
    }

    public String ref() {
        return "refs/heads/" + value;
    }

    @Override
    public int compareTo(BranchName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
