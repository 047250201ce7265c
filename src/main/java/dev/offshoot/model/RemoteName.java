package dev.offshoot.model;

import java.util.regex.Pattern;

/** Name of a remote of a workspace: 1 to 40 lower-case letters, digits and inner dashes. */
public record RemoteName(String value) implements Comparable<RemoteName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    public RemoteName {
        if (!VALID.matcher(value).matches() || !FileName.isPortable(value)) {
            throw Failure.of(
                    Reason.INVALID_NAME,
                    "remote",
                    "not a name of a remote",
                    "use 1 to 40 of a-z, 0-9 and -, starting and ending with a letter or digit");
        }
    }

    @Override
    public int compareTo(RemoteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
