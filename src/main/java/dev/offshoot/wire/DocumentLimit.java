package dev.offshoot.wire;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;

/**
 * The size of the largest document that is accepted. What only makes one readable is not counted: the export of one that was just small
 * enough is indented, and must be accepted again.
 *
 * @param bytes without line breaks, indentation and blanks after colons
 */
public record DocumentLimit(int bytes) {
    /** How much larger a document is at most for being indented. */
    private static final int INDENTED = 3;

    /** Bytes that a document may have with everything in it; whoever reads one stops there. */
    public int most() {
        return (int) Math.min(Integer.MAX_VALUE - 8, (long) bytes * INDENTED);
    }

    /** @throws Failure {@code BODY_TOO_LARGE} */
    public void check(byte[] document) {
        if (document.length > bytes && isLarger(document)) {
            throw tooLarge();
        }
    }

    private boolean isLarger(byte[] document) {
        int counted = 0;
        boolean atStart = true;
        for (int i = 0; i < document.length; i++) {
            byte b = document[i];
            boolean blank = b == ' ' || b == '\t';
            if (b == '\n' || b == '\r') {
                // A string has none that is not escaped.
                atStart = true;
            } else if (!(blank && (atStart || i >= 2 && document[i - 1] == ':' && document[i - 2] == '"'))) {
                atStart = false;
                counted++;
            }
        }
        return counted > bytes;
    }

    public Failure tooLarge() {
        return tooLarge(bytes);
    }

    /** What is said of any body that is larger than so many bytes. */
    public static Failure tooLarge(int limit) {
        return Failure.of(
                Reason.BODY_TOO_LARGE,
                "",
                "the body is larger than the limit of " + limit + " bytes",
                "export fewer versions at once, or raise the limit of the server");
    }
}
