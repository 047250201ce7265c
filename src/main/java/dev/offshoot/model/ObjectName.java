package dev.offshoot.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a Git object: 40 lower-case hexadecimal digits. Commits, trees and blobs alike. */
public record ObjectName(String value) {
    private static final int DIGITS = 40;

    public ObjectName {
        if (!isValid(value)) {
            throw Failure.of(Reason.INVALID_PARAMETER, "", "not a Git object name", "use the full 40 digits");
        }
    }

    public static boolean isValid(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return value.length() == DIGITS;
    }

    /** The name Git gives to a file with this content. */
    static ObjectName ofBlob(byte[] content) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return new ObjectName(HexFormat.of().formatHex(sha1.digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    public String abbreviated() {
        return value.substring(0, 10);
    }

    @Override
    public String toString() {
        return value;
    }
}
