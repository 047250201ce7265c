package dev.offshoot.format;

import java.util.Arrays;

/** Turns CRLF into LF, as YAML does itself: a checkout on Windows should not cost speed. */
final class LineBreaks {
    private LineBreaks() {}

    /** The same array when it holds no CRLF. A lone CR, which YAML takes for a line break too, stays. */
    static byte[] unix(byte[] text) {
        int i = 0;
        while (i < text.length && text[i] != '\n') {
            i++;
        }
        // Our files have one kind of line break; a mixture is for the library.
        if (i == 0 || i == text.length || text[i - 1] != '\r') {
            return text;
        }
        byte[] unix = new byte[text.length];
        int n = 0;
        for (int k = 0; k < text.length; k++) {
            if (text[k] != '\r' || k + 1 == text.length || text[k + 1] != '\n') {
                unix[n++] = text[k];
            }
        }
        return Arrays.copyOf(unix, n);
    }
}
