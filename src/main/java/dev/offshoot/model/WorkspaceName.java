package dev.offshoot.model;

import java.util.regex.Pattern;

/** Name of a workspace: 1 to 64 lower-case letters, digits and inner dashes or underscores; it is also a folder name and part of URLs. */
public record WorkspaceName(String value) implements Comparable<WorkspaceName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?");

    public WorkspaceName {
        if (!isValid(value)) {
            throw Failure.of(
                    Reason.INVALID_NAME,
                    "workspace",
                    "not a workspace name",
                    "use 1 to 64 of a-z, 0-9, - and _, starting and ending with a letter or digit");
        }
    }

    public static boolean isValid(String value) {
        return VALID.matcher(value).matches() && FileName.isPortable(value);
    }

    @Override
    public int compareTo(WorkspaceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
