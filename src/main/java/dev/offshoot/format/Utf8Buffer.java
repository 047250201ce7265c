package dev.offshoot.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A growing array of bytes that text is encoded into. Fields are open to the two writers beside it, whose inner loops work
 * on the array itself.
 */
final class Utf8Buffer {
    private static final int DRAIN_FROM = 1 << 16;

    byte[] bytes;
    int size;
    /** The string being looked at; copying it once is much faster than asking a string for each character. */
    char[] chars = new char[128];

    private final OutputStream target;
    private long drained;

    Utf8Buffer(int capacity) {
        this.bytes = new byte[capacity];
        this.target = null;
    }

    Utf8Buffer(OutputStream target) {
        this.bytes = new byte[DRAIN_FROM + (DRAIN_FROM >> 2)];
        this.target = target;
    }

    void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }

    void put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    void ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void spaces(int count) {
        room(count);
        Arrays.fill(bytes, size, size + count, (byte) ' ');
        size += count;
    }

    /** Copies a string to {@link #chars} and answers its length. */
    int load(String text) {
        int length = text.length();
        if (chars.length < length) {
            chars = new char[Math.max(length, (int) Math.min(Integer.MAX_VALUE - 8L, chars.length * 2L))];
        }
        text.getChars(0, length, chars, 0);
        return length;
    }

    /** Encodes characters without lone surrogates as they are. Room must have been made: three bytes a character. */
    void encode(char[] from, int start, int end) {
        byte[] to = bytes;
        int n = size;
        for (int i = start; i < end; i++) {
            char c = from[i];
            if (c < 0x80) {
                to[n++] = (byte) c;
            } else if (c < 0x800) {
                to[n++] = (byte) (0xc0 | c >> 6);
                to[n++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, from[++i]);
                to[n++] = (byte) (0xf0 | point >> 18);
                to[n++] = (byte) (0x80 | point >> 12 & 0x3f);
                to[n++] = (byte) (0x80 | point >> 6 & 0x3f);
                to[n++] = (byte) (0x80 | point & 0x3f);
            } else {
                to[n++] = (byte) (0xe0 | c >> 12);
                to[n++] = (byte) (0x80 | c >> 6 & 0x3f);
                to[n++] = (byte) (0x80 | c & 0x3f);
            }
        }
        size = n;
    }

    /** The escape {@code \}{@code uXXXX}, with the digits given. */
    void unicodeEscape(char c, byte[] digits) {
        room(6);
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = digits[c >> 12];
        bytes[size++] = digits[c >> 8 & 0xf];
        bytes[size++] = digits[c >> 4 & 0xf];
        bytes[size++] = digits[c & 0xf];
    }

    /** Hands full buffers to the stream, when there is one. Called between values. */
    void drainIfFull() throws IOException {
        if (size >= DRAIN_FROM && target != null) {
            drain();
        }
    }

    /** Puts another buffer's bytes behind these; where there is a stream, all go there. */
    void append(Utf8Buffer other) throws IOException {
        if (target == null) {
            room(other.size);
            System.arraycopy(other.bytes, 0, bytes, size, other.size);
            size += other.size;
        } else {
            drain();
            target.write(other.bytes, 0, other.size);
            drained += other.size;
        }
    }

    /** How many bytes there are, those that went to the stream among them. */
    long position() {
        return drained + size;
    }

    void drain() throws IOException {
        target.write(bytes, 0, size);
        drained += size;
        size = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
