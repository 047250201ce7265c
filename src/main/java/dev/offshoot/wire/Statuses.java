package dev.offshoot.wire;

import dev.offshoot.model.Reason;

/** The one place where reasons become HTTP statuses. */
public final class Statuses {
    private Statuses() {}

    public static int of(Reason reason) {
        return switch (reason.category()) {
            case INVALID -> isMalformedRequest(reason) ? 400 : 422;
            case TOO_LARGE -> 413;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_SUPPORTED -> 501;
            case THROTTLED -> 429;
            case BUSY -> 503;
            case INTERNAL, FINDING -> 500;
        };
    }

    /** 400 for what no server could read, 422 for what was read and is refused. */
    private static boolean isMalformedRequest(Reason reason) {
        return switch (reason) {
            case MALFORMED_JSON, INVALID_PARAMETER, INVALID_NAME, INVALID_PATH -> true;
            default -> false;
        };
    }

    public static String title(int status) {
        return switch (status) {
            case 400 -> "The request cannot be read";
            case 401 -> "A token is needed";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "The method is not allowed here";
            case 409 -> "In conflict with what exists";
            case 412 -> "The target has changed";
            case 413 -> "Too large";
            case 422 -> "The content is refused";
            case 429 -> "Too many tries";
            case 501 -> "Not supported";
            case 503 -> "Busy";
            default -> status < 500 ? "The request is refused" : "Something went wrong here";
        };
    }
}
