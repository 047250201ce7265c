package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;

/** How this package says that something went wrong. */
final class Problems {
    private Problems() {}

    /** The disk or the repository failed us: never the caller's fault. Paths of the server stay in the cause, for the log. */
    static Failure storage(String doing, IOException cause) {
        return new Failure(
                Problem.of(Reason.STORAGE, "", "the repository could not be " + doing)
                        .withHint("see the server's log"),
                cause);
    }

    static Failure notFound(String what) {
        return Failure.of(Reason.NOT_FOUND, "", "no such " + what);
    }

    static Failure foreign(String path, String what) {
        return Failure.of(Reason.INVALID_REPOSITORY, path, what, "remove it from the repository");
    }
}
