package dev.offshoot.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** How tokens are made, and what of them is kept: 256 random bits, and their SHA-256. A slow hash is for passwords. */
public final class TokenText {
    private TokenText() {}

    public static String make(SecureRandom random) {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        return "off_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** 32 bytes. */
    public static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
