package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits. Shows its id, never itself. */
final class VaultKey {
    static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=?");
    private static final int ID_BYTES = 8;

    private final SecretKey key;
    private final KeyId id;

    private VaultKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = idOf(bytes);
    }

    /**
     * Reads base64 (either alphabet) or hexadecimal digits.
     *
     * @param where the option or variable it comes from
     * @throws Failure {@code INVALID_PARAMETER}; says nothing about the text
     */
    static VaultKey parse(String text, String where) {
        String digits = text.strip();
        String standard = digits.replace('-', '+').replace('_', '/');
        byte[] bytes;
        if (HEX.matcher(digits).matches()) {
            bytes = HexFormat.of().parseHex(digits);
        } else if (BASE64.matcher(standard).matches()) {
            bytes = decode(standard, where);
        } else {
            throw notAKey(where);
        }
        byte[] same = new byte[BYTES];
        Arrays.fill(same, bytes[0]);
        if (Arrays.equals(bytes, same)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, where, "the vault's key is one byte repeated", "make a random one");
        }
        return new VaultKey(bytes);
    }

    private static byte[] decode(String base64, String where) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) { // its message would show a character of the key
            throw notAKey(where);
        }
    }

    private static Failure notAKey(String where) {
        return Failure.of(
                Reason.INVALID_PARAMETER,
                where,
                "the vault's key is not 32 bytes written as base64 (44 characters) or hexadecimal digits (64)",
                "make one, for example with: openssl rand -base64 32");
    }

    /** The text of a new key, as {@link #parse} reads it. */
    static String make(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static KeyId idOf(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            byte[] whole = mac.doFinal("offshoot vault key id".getBytes(StandardCharsets.UTF_8));
            return new KeyId(HexFormat.of().formatHex(whole, 0, ID_BYTES));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    SecretKey key() {
        return key;
    }

    KeyId id() {
        return id;
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
