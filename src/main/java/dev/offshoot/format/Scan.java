package dev.offshoot.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the next byte that matters, eight at a time: the inner loops of the readers. Per eight bytes, each test sets the high bit of
 * the bytes it finds; bits above the lowest one may be wrong (a borrow), so only the lowest is used.
 */
final class Scan {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Scan() {}

    static long word(byte[] in, int at) {
        return (long) WORDS.get(in, at);
    }

    /** First byte from a place on that is the quote, a backslash, a control character or DEL, or the end of the array. */
    static int quoted(byte[] in, int from, byte quote) {
        long quotes = quote * ONES;
        int i = from;
        for (int last = in.length - 8; i <= last; i += 8) {
            long w = word(in, i);
            long found = (zero(w ^ quotes) | zero(w ^ '\\' * ONES) | zero(w ^ 0x7f * ONES) | below(w)) & HIGH;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < in.length; i++) {
            byte c = in[i];
            if (c == quote || c == '\\' || c == 0x7f || c < ' ' && c >= 0) {
                break;
            }
        }
        return i;
    }

    /** First byte from a place on that is a colon, a number sign, a control character or DEL, or the end of the array. */
    static int plain(byte[] in, int from) {
        int i = from;
        for (int last = in.length - 8; i <= last; i += 8) {
            long w = word(in, i);
            long found = (zero(w ^ ':' * ONES) | zero(w ^ '#' * ONES) | zero(w ^ 0x7f * ONES) | below(w)) & HIGH;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < in.length; i++) {
            byte c = in[i];
            if (c == ':' || c == '#' || c == 0x7f || c < ' ' && c >= 0) {
                break;
            }
        }
        return i;
    }

    /** First byte from a place on that is a control character (a tab too) or DEL, or the end of the array. */
    static int line(byte[] in, int from) {
        int i = from;
        for (int last = in.length - 8; i <= last; i += 8) {
            long w = word(in, i);
            long found = (zero(w ^ 0x7f * ONES) | below(w)) & HIGH;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < in.length; i++) {
            byte c = in[i];
            if (c == 0x7f || c < ' ' && c >= 0) {
                break;
            }
        }
        return i;
    }

    /** A hash of a range, good in its high bits. */
    static int hash(byte[] in, int from, int end) {
        long hash = end - from;
        int i = from;
        for (; i + 8 <= end; i += 8) {
            hash = (hash ^ word(in, i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        if (i < end) {
            if (i + 8 <= in.length) {
                hash ^= word(in, i) & -1L >>> (8 - (end - i) << 3);
            } else {
                for (int shift = 0; i < end; i++, shift += 8) {
                    hash ^= (in[i] & 0xffL) << shift;
                }
            }
            hash *= 0x9e3779b97f4a7c15L;
        }
        return (int) (hash >>> 32);
    }

    private static long zero(long w) {
        return w - ONES & ~w;
    }

    private static long below(long w) {
        return w - ' ' * ONES & ~w;
    }
}
