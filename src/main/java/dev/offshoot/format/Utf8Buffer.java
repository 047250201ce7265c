package dev.offshoot.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that text is encoded into: one array that grows, or, where the text may be long, pieces that are never copied. Fields are open to
 * the two writers beside it, whose inner loops work on the array itself.
 */
final class Utf8Buffer {
    private static final int PIECE = 1 << 16;

    byte[] bytes;
    int size;
    /** The string being looked at; copying it once is much faster than asking a string for each character. */
    char[] chars = new char[128];

    private final boolean inPieces;
    private final List<Piece> full = new ArrayList<>();
    /** Bytes of all pieces so far. */
    private long before;

    Utf8Buffer(int capacity) {
        this(capacity, false);
    }

    private Utf8Buffer(int capacity, boolean inPieces) {
        this.bytes = new byte[capacity];
        this.inPieces = inPieces;
    }

    static Utf8Buffer inPieces() {
        return new Utf8Buffer(PIECE, true);
    }

    private record Piece(byte[] bytes, int length) {}

    /** Makes room for some bytes in one array. */
    void room(int more) {
        if (bytes.length - size < more) {
            if (inPieces) {
                close();
                bytes = bytes.length < more ? new byte[more] : bytes;
            } else {
                bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                        Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
            }
        }
    }

    /** Makes a piece of what is in the array; one that is not much longer than that goes with it. */
    private void close() {
        if (size > bytes.length / 4 * 3) {
            full.add(new Piece(bytes, size));
            bytes = new byte[PIECE];
        } else if (size > 0) {
            full.add(new Piece(Arrays.copyOf(bytes, size), size));
        }
        before += size;
        size = 0;
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

    /** Puts another one's pieces behind these. */
    void append(Utf8Buffer other) {
        close();
        other.close();
        full.addAll(other.full);
        before += other.before;
    }

    /** How many bytes there are, those that were handed over among them. */
    long position() {
        return before + size;
    }

    /** Hands over the pieces that are full. */
    void drain(JsonWriter.Target target) throws IOException {
        for (Piece piece : full) {
            target.take(piece.bytes(), piece.length());
        }
        full.clear();
    }

    /** Hands over all there is. */
    void finish(JsonWriter.Target target) throws IOException {
        close();
        drain(target);
    }

    boolean hasPieces() {
        return !full.isEmpty();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
