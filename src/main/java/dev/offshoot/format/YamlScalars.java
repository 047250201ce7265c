package dev.offshoot.format;

/**
 * Which strings YAML may hold bare. Careful on purpose: what any reader of YAML 1.1 or 1.2 could take for something else
 * (a number, boolean, null, date, time in base 60, merge key) is not {@link #plain}.
 */
final class YamlScalars {
    /** How a string is written on one line, from the least to the most dressed. */
    static final int PLAIN = 0;

    static final int SINGLE = 1;
    static final int DOUBLE = 2;

    /** What a plain text is. */
    static final int STRING = 0;

    static final int NUMBER_LITERAL = 1;
    static final int TRUE = 2;
    static final int FALSE = 3;
    static final int NULL = 4;
    static final int UNSURE = 5;

    private static final int LONGEST_WORD = 8;

    // What a character below 0x80 may mean inside a scalar.
    private static final byte COLON = 1;
    private static final byte HASH = 2;
    private static final byte FLOW = 3;
    private static final byte ESCAPED = 4;

    // What it means as the first one.
    private static final byte QUOTED = 1;
    private static final byte NUMBER = 2;
    private static final byte WORD = 3;

    // What it may be in a number or date.
    private static final byte DIGIT = 1;
    private static final byte EXPONENT = 2;
    private static final byte MINUS = 3;

    private static final byte[] INSIDE = inside();
    private static final byte[] FIRST = first();
    private static final byte[] IN_NUMBER = inNumber();

    private YamlScalars() {}

    private static byte[] inside() {
        byte[] table = new byte[128];
        for (int c = 0; c < 0x20; c++) {
            table[c] = ESCAPED;
        }
        table[0x7f] = ESCAPED;
        table[':'] = COLON;
        table['#'] = HASH;
        for (char c : ",[]{}?".toCharArray()) {
            table[c] = FLOW;
        }
        return table;
    }

    private static byte[] first() {
        byte[] table = new byte[128];
        for (char c : " -?:,[]{}#&*!|>'\"%@`~=".toCharArray()) {
            table[c] = QUOTED;
        }
        for (char c : "0123456789+.".toCharArray()) {
            table[c] = NUMBER;
        }
        for (char c : "yntfoiYNTFOI<".toCharArray()) {
            table[c] = WORD;
        }
        return table;
    }

    private static byte[] inNumber() {
        byte[] table = new byte[128];
        // Digits, signs, points, separators, and the letters of dates.
        for (char c : "0123456789+._:, tTzZ".toCharArray()) {
            table[c] = DIGIT;
        }
        table['e'] = EXPONENT;
        table['E'] = EXPONENT;
        table['-'] = MINUS;
        return table;
    }

    /**
     * The least dressed one-line form that every reader takes back exactly.
     *
     * @param flow inside {@code { }} or {@code [ ]}, where more characters have a meaning
     */
    static int style(char[] chars, int length, boolean flow) {
        if (length == 0) {
            return SINGLE;
        }
        boolean plain = chars[length - 1] != ' ' && startsPlain(chars, length);
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            if (c < 0x80) {
                byte kind = INSIDE[c];
                if (kind == 0) {
                    continue;
                }
                if (kind == ESCAPED) {
                    return DOUBLE;
                }
                if (kind == COLON) {
                    plain &= !flow && i + 1 < length && chars[i + 1] != ' ';
                } else if (kind == HASH) {
                    plain &= i > 0 && chars[i - 1] != ' ';
                } else {
                    plain &= !flow;
                }
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(chars[i + 1])) {
                i++;
            } else if (!printable(c)) {
                return DOUBLE;
            }
        }
        return plain ? PLAIN : SINGLE;
    }

    private static boolean startsPlain(char[] chars, int length) {
        char c = chars[0];
        if (c >= 0x80) {
            return true;
        }
        return switch (FIRST[c]) {
            case QUOTED -> false;
            case NUMBER -> !mayBeNumber(bytes(chars, length), 0, length);
            case WORD -> length > LONGEST_WORD || !isWord(new String(chars, 0, length));
            default -> true;
        };
    }

    /** Whether an ASCII character is part of plain text in flow style wherever it stands; all others need a look around. */
    static boolean isFlowText(byte c) {
        return INSIDE[c] == 0;
    }

    /** A character from U+0080 on, not part of a surrogate pair, that needs no escape. */
    static boolean printable(char c) {
        return c >= 0xa0
                && !Character.isSurrogate(c)
                && c != '\u2028'
                && c != '\u2029'
                && c != '\ufeff'
                && c < '\ufffe';
    }

    /** A word that some YAML reader gives a meaning, in any letter case. */
    private static boolean isWord(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", "<<" -> true;
            default -> false;
        };
    }

    /**
     * Whether a string that starts with a digit, {@code +} or {@code .} could be a number or date of some YAML reader. A superset:
     * what starts as another base does, or consists of the characters of decimal numbers and dates, unless a minus stands where no
     * number has one and an exponent where no date has one (UUIDs).
     */
    private static boolean mayBeNumber(byte[] in, int from, int end) {
        if (in[from] == '.') {
            return mayBeSpecial(in, from, end);
        }
        int first = in[from] == '+' ? from + 1 : from;
        if (first == end || in[first] == '.') {
            return true;
        }
        if (in[first] == '0' && first + 1 < end) {
            int base = in[first + 1] | 0x20;
            if (base == 'x' || base == 'o' || base == 'b' && isBinary(in, first + 2, end)) {
                return true;
            }
        }
        boolean oddMinus = false;
        boolean exponent = false;
        for (int i = first; i < end; i++) {
            byte kind = in[i] < 0 ? 0 : IN_NUMBER[in[i]];
            if (kind == 0) {
                return false;
            }
            exponent |= kind == EXPONENT;
            oddMinus |= kind == MINUS && (in[i - 1] | 0x20) != 'e'; // the first is a digit or a plus
        }
        return !(exponent && oddMinus);
    }

    /** One in 256 UUIDs starts like a binary number, so this one is looked at closer. */
    private static boolean isBinary(byte[] in, int from, int end) {
        for (int i = from; i < end; i++) {
            if ((in[i] < '0' || in[i] > '9') && in[i] != '_') {
                return false;
            }
        }
        return true;
    }

    /** The same for what starts with a point: fractions, {@code .inf} and {@code .nan}, the end mark of a document. */
    private static boolean mayBeSpecial(byte[] in, int from, int end) {
        if (from + 1 == end || (in[from + 1] | 0x20) == 'i' || (in[from + 1] | 0x20) == 'n') {
            return true;
        }
        for (int i = from; i < end; i++) {
            if (in[i] < 0 || IN_NUMBER[in[i]] == 0) {
                return i - from > 2 && in[from + 1] == '.' && in[from + 2] == '.';
            }
        }
        return true;
    }

    /** What the plain text in a range means, as far as that is the same for every reader; else {@link #UNSURE}. */
    static int kindOfPlain(byte[] in, int from, int end) {
        byte c = in[from];
        if (c < 0) {
            return STRING;
        }
        byte kind = FIRST[c];
        if (kind == 0) {
            return STRING;
        }
        if (kind == NUMBER || c == '-') {
            if (isNumber(in, from, end)) {
                return NUMBER_LITERAL;
            }
            return kind == NUMBER && !mayBeNumber(in, from, end) ? STRING : UNSURE;
        }
        if (kind == QUOTED) {
            return UNSURE;
        }
        if (end - from > LONGEST_WORD) {
            return STRING;
        }
        String word = new String(chars(in, from, end));
        return switch (word) {
            case "true" -> TRUE;
            case "false" -> FALSE;
            case "null" -> NULL;
            default -> isWord(word) ? UNSURE : STRING;
        };
    }

    /** Characters as bytes; what is not ASCII becomes something that is not either. */
    private static byte[] bytes(char[] chars, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = chars[i] < 0x80 ? (byte) chars[i] : -1;
        }
        return bytes;
    }

    /** Bytes as characters; what is not ASCII becomes something that is not either. */
    private static char[] chars(byte[] in, int from, int end) {
        char[] chars = new char[end - from];
        for (int i = from; i < end; i++) {
            chars[i - from] = (char) (in[i] & 0xff);
        }
        return chars;
    }

    /** Whether text is a number as JSON writes it. The byte after the range must exist and be no digit. */
    static boolean isNumber(byte[] in, int from, int end) {
        int i = from;
        if (in[i] == '-') {
            i++;
        }
        if (in[i] == '0') {
            i++;
        } else {
            int start = i;
            i = digits(in, i);
            if (i == start) {
                return false;
            }
        }
        if (in[i] == '.') {
            int start = ++i;
            i = digits(in, i);
            if (i == start) {
                return false;
            }
        }
        if (in[i] == 'e' || in[i] == 'E') {
            i++;
            if (in[i] == '+' || in[i] == '-') {
                i++;
            }
            int start = i;
            i = digits(in, i);
            if (i == start) {
                return false;
            }
        }
        return i == end;
    }

    private static int digits(byte[] in, int from) {
        int i = from;
        while (in[i] >= '0' && in[i] <= '9') {
            i++;
        }
        return i;
    }

    /** Whether a string has several lines and keeps every character as a literal block, in every reader. */
    static boolean literal(char[] chars, int length) {
        boolean content = false;
        boolean lines = false;
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            if (c == '\n') {
                lines = true;
                continue;
            }
            if (c < 0x80 ? INSIDE[c] == ESCAPED && c != '\t' : !printable(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(chars[i + 1])) {
                    return false;
                }
                i++;
            }
            content |= c != ' ' && c != '\t';
        }
        return lines && content;
    }
}
