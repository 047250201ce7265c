package dev.offshoot.model;

import java.util.Locale;
import java.util.Set;

/**
 * The rule for names of files and folders, used by every read and write path: valid on Linux, macOS and Windows, no look-alike of
 * {@code .git}, nothing to quote in a shell.
 */
public final class FileName {
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "conin$", "conout$");

    private FileName() {}

    /** Refuses a segment that is not portable. */
    public static void require(String segment) {
        if (!isPortable(segment)) {
            throw Failure.of(Reason.INVALID_PATH, "", "not a portable file name: " + segment);
        }
    }

    public static boolean isPortable(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.length() > 255) {
            return false;
        }
        char last = segment.charAt(segment.length() - 1);
        if (last == '.' || last == ' ') {
            return false;
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < 32 || c == 127 || "/\\:*?\"<>|".indexOf(c) >= 0) {
                return false;
            }
        }
        String lower = segment.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return !DEVICES.contains(dot < 0 ? lower : lower.substring(0, dot))
                && !lower.equals(".git")
                && !lower.startsWith("git~");
    }
}
