package dev.offshoot.model;

import java.util.regex.Pattern;

/** The name of a Git object: 40 lower-case hexadecimal digits. Commits, trees and blobs alike. */
public record ObjectName(String value) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

    public ObjectName {
        if (!HEX.matcher(value).matches()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "", "not a Git object name", "use the full 40 digits");
        }
    }

    public static boolean isValid(String value) {
        return HEX.matcher(value).matches();
    }

    public String abbreviated() {
        return value.substring(0, 10);
    }

    @Override
    public String toString() {
        return value;
    }
}
