package dev.offshoot.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum of archives. */
final class Sums {
    private Sums() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
