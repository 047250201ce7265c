package dev.offshoot.format;

import java.util.Arrays;

/** Decodes texts in double quotes that hold escapes; JSON's escapes mean the same in YAML. */
final class Unescaper {
    private final byte[] in;
    private final boolean delete;
    private char[] chars = new char[256];
    private int end;

    /** @param delete whether the character U+007F may stand as it is: in JSON it may, our YAML escapes it */
    Unescaper(byte[] in, boolean delete) {
        this.delete = delete;
        this.in = in;
    }

    /**
     * The text that starts at a place, after the opening quote. The bytes must be valid UTF-8.
     *
     * @return null when the text is broken; then {@link #end} says where
     */
    String decode(int from) {
        byte[] in = this.in;
        int n = 0;
        int i = from;
        while (i < in.length) {
            if (n + 2 > chars.length) {
                chars = Arrays.copyOf(chars, n * 2);
            }
            byte c = in[i];
            if (c >= 0) {
                if (c == '"') {
                    end = i + 1;
                    return new String(chars, 0, n);
                }
                if (c == '\\') {
                    int escape = escape(i + 1);
                    if (escape < 0) {
                        end = i;
                        return null;
                    }
                    chars[n++] = (char) escape;
                    i += in[i + 1] == 'u' ? 6 : 2;
                    continue;
                }
                if (c < ' ' || c == 0x7f && !delete) {
                    break;
                }
                chars[n++] = (char) c;
                i++;
            } else if ((c & 0xe0) == 0xc0) {
                chars[n++] = (char) ((c & 0x1f) << 6 | in[i + 1] & 0x3f);
                i += 2;
            } else if ((c & 0xf0) == 0xe0) {
                chars[n++] = (char) ((c & 0xf) << 12 | (in[i + 1] & 0x3f) << 6 | in[i + 2] & 0x3f);
                i += 3;
            } else {
                int point = (c & 7) << 18 | (in[i + 1] & 0x3f) << 12 | (in[i + 2] & 0x3f) << 6 | in[i + 3] & 0x3f;
                chars[n++] = Character.highSurrogate(point);
                chars[n++] = Character.lowSurrogate(point);
                i += 4;
            }
        }
        end = i;
        return null;
    }

    /** After success the place after the closing quote, else that of the first byte that is wrong. */
    int end() {
        return end;
    }

    private int escape(int at) {
        if (at >= in.length) {
            return -1;
        }
        return switch (in[at]) {
            case '"', '\\', '/' -> in[at];
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode(at + 1);
            default -> -1;
        };
    }

    private int unicode(int at) {
        if (at + 4 > in.length) {
            return -1;
        }
        int c = 0;
        for (int i = at; i < at + 4; i++) {
            byte b = in[i];
            int digit =
                    b >= '0' && b <= '9' ? b - '0' : b >= 'a' && b <= 'f' ? b - 87 : b >= 'A' && b <= 'F' ? b - 55 : -1;
            if (digit < 0) {
                return -1;
            }
            c = c << 4 | digit;
        }
        return c;
    }
}
