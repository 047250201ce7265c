package dev.offshoot.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that nobody may see by accident: its text comes out through {@link #reveal()} alone, so every place that shows one can be found.
 * At most {@value #MAX_BYTES} bytes of UTF-8.
 */
public final class Secret {
    public static final int MAX_BYTES = 256 << 10;

    private final byte[] utf8;

    private Secret(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** @throws Failure {@code LIMIT_EXCEEDED}, or {@code INVALID_PARAMETER} for half a surrogate pair, which would not come back */
    public static Secret of(String text) {
        byte[] bytes;
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
        } catch (CharacterCodingException e) {
            throw Failure.of(Reason.INVALID_PARAMETER, "", "the secret is not valid Unicode text");
        }
        if (bytes.length > MAX_BYTES) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED, "", "the secret is longer than the limit of " + MAX_BYTES + " bytes");
        }
        return new Secret(bytes);
    }

    /** The value itself: only for whom it is meant. */
    public String reveal() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret s && MessageDigest.isEqual(utf8, s.utf8);
    }

    /** The same for all: a hash would tell something. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
