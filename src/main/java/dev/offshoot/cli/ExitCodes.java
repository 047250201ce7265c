package dev.offshoot.cli;

import dev.offshoot.model.Reason;

/** The one place where reasons become exit codes. */
final class ExitCodes {
    static final int FINE = 0;
    /** Not an error: what was compared is not the same. */
    static final int DIFFERENT = 1;

    static final int USAGE = 2;
    static final int UNFORESEEN = 70;

    private ExitCodes() {}

    static int of(Reason reason) {
        return reason == Reason.INVALID_PARAMETER ? USAGE : of(reason.category());
    }

    private static int of(Reason.Category category) {
        return switch (category) {
            case INVALID -> 3;
            case TOO_LARGE -> 4;
            case NOT_FOUND -> 5;
            case CONFLICT -> 6;
            case STALE -> 7;
            case UNAUTHENTICATED, FORBIDDEN -> 8;
            case NOT_SUPPORTED -> 9;
            case THROTTLED, BUSY -> 10;
            case INTERNAL -> 11;
            case FINDING -> UNFORESEEN;
        };
    }
}
