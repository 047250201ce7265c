package dev.offshoot.layout;

/** The order of names that count: runs of digits by their number, everything else by code units, so that 10 comes after 9. */
final class VersionNames {
    private VersionNames() {}

    static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                String x = number(a, i);
                String y = number(b, j);
                i += digits(a, i);
                j += digits(b, j);
                int c = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
                if (c != 0) {
                    return c;
                }
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int c = Integer.compare(a.length() - i, b.length() - j);
        return c != 0 ? c : a.compareTo(b);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /** A run of digits without leading zeros. */
    private static String number(String text, int from) {
        int end = from + digits(text, from);
        int start = from;
        while (start < end - 1 && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, end);
    }
}
