package dev.offshoot.layout;

/** What ids of an instance look like inside text. Found by hand-written scanners: this runs over every string of a document. */
enum IdShape {
    /** 8-4-4-4-12 hexadecimal digits, any case. */
    UUID(36) {
        @Override
        int next(String text, int from) {
            return nextUuid(text, from);
        }
    },
    /** The same; ids that Offshoot makes are in upper case. */
    UPPER_UUID(36) {
        @Override
        int next(String text, int from) {
            return nextUuid(text, from);
        }
    },
    /** 24 hexadecimal digits that no further digit touches. */
    HEX24(24) {
        @Override
        int next(String text, int from) {
            int run = 0;
            for (int i = from; i <= text.length(); i++) {
                if (i < text.length() && isHex(text.charAt(i))) {
                    run++;
                } else {
                    if (run == 24) {
                        return i - 24;
                    }
                    run = 0;
                }
            }
            return -1;
        }
    };

    private final int length;

    IdShape(int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    /** Start of the first id at or after a position, or -1. */
    abstract int next(String text, int from);

    private static int nextUuid(String text, int from) {
        int last = text.length() - 36;
        int dash = text.indexOf('-', from + 8);
        while (dash >= 0) {
            int start = dash - 8;
            if (start > last) {
                return -1;
            }
            if (start >= from
                    && text.charAt(start + 13) == '-'
                    && text.charAt(start + 18) == '-'
                    && text.charAt(start + 23) == '-'
                    && isUuid(text, start)) {
                return start;
            }
            dash = text.indexOf('-', dash + 1);
        }
        return -1;
    }

    private static boolean isUuid(String text, int start) {
        for (int i = 0; i < 36; i++) {
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                continue;
            }
            if (!isHex(text.charAt(start + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
