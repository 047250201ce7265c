package dev.offshoot.web;

/** How numbers and sentences are put. */
final class Words {
    private Words() {}

    /** A message of ours as a sentence of its own. */
    static String sentence(String message) {
        if (message.isEmpty()) {
            return message;
        }
        int first = message.codePointAt(0);
        String begun = new StringBuilder().appendCodePoint(Character.toUpperCase(first))
                + message.substring(Character.charCount(first));
        return begun.matches("(?s).*[.!?:…]") ? begun : begun + ".";
    }

    static String count(int n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }
}
