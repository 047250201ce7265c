package dev.offshoot.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one file. Immutable by agreement: neither side changes the array after handing it over. */
public final class Content {
    private final byte[] bytes;
    private ObjectName blobName;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps without copying; the caller gives the array away. */
    public static Content of(byte[] bytes) {
        return new Content(bytes);
    }

    public static Content utf8(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The array itself, not a copy: read only. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    /** The name Git gives to a file with this content; worked out once. */
    public ObjectName blobName() {
        if (blobName == null) {
            blobName = ObjectName.ofBlob(bytes); // every thread makes the same
        }
        return blobName;
    }

    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** True for UTF-8 without NUL, as Git and we tell texts from other files. */
    public boolean isText() {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content c && Arrays.equals(bytes, c.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
