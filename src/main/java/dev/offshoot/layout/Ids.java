package dev.offshoot.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Deterministic ids for what the ledger does not know: UUID version 5 (RFC 9562) of a namespace and a name. */
final class Ids {
    private Ids() {}

    static UUID uuid5(UUID namespace, String name) {
        byte[] hash = sha1(namespace, name);
        hash[6] = (byte) (hash[6] & 0x0f | 0x50);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(hash);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static String of(IdShape shape, UUID namespace, String name) {
        return switch (shape) {
            case UUID -> uuid5(namespace, name).toString();
            case UPPER_UUID -> uuid5(namespace, name).toString().toUpperCase(Locale.ROOT);
            case HEX24 -> HexFormat.of().formatHex(sha1(namespace, name), 0, 12);
        };
    }

    private static byte[] sha1(UUID namespace, String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            return sha.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
