package dev.offshoot.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks that bytes are UTF-8, strictly: no overlong forms, no encoded surrogates, nothing past U+10FFFF. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    /** First position at or after {@code from} that is not ASCII, or {@code end}. */
    static int skipAscii(byte[] bytes, int from, int end) {
        int i = from;
        while (i + 8 <= end && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += 8;
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Position of the first byte that is not part of valid UTF-8, or -1. */
    static int firstInvalid(byte[] bytes, int from, int end) {
        int i = skipAscii(bytes, from, end);
        while (i < end) {
            int length = sequenceLength(bytes, i, end);
            if (length == 0) {
                return i;
            }
            i += length;
            if (i < end && bytes[i] >= 0) {
                i = skipAscii(bytes, i, end);
            }
        }
        return -1;
    }

    /** Bytes of the valid multi-byte sequence at a position, or 0. */
    static int sequenceLength(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return continued(bytes, i, 2, end) ? 2 : 0;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            if (!continued(bytes, i, 3, end)) {
                return 0;
            }
            int second = bytes[i + 1] & 0xff;
            return lead == 0xe0 && second < 0xa0 || lead == 0xed && second > 0x9f ? 0 : 3;
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            if (!continued(bytes, i, 4, end)) {
                return 0;
            }
            int second = bytes[i + 1] & 0xff;
            return lead == 0xf0 && second < 0x90 || lead == 0xf4 && second > 0x8f ? 0 : 4;
        }
        return 0;
    }

    private static boolean continued(byte[] bytes, int i, int length, int end) {
        if (i + length > end) {
            return false;
        }
        for (int k = 1; k < length; k++) {
            if ((bytes[i + k] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
