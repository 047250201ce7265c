package dev.offshoot.service;

import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of documents and files. */
final class Digests {
    private Digests() {}

    /** SHA-256 in hexadecimal: what receipts and fingerprints call the source. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    /** The name Git gives to a file with this content, to compare without reading what is stored. */
    static ObjectName blobName(Content content) {
        MessageDigest sha1 = digest("SHA-1");
        sha1.update(("blob " + content.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        return new ObjectName(HexFormat.of().formatHex(sha1.digest(content.bytes())));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
