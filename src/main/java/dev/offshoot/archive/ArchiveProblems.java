package dev.offshoot.archive;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;

/** How this package says that an archive is no good. */
final class ArchiveProblems {
    private static final int LONGEST_NAME = 200;

    private ArchiveProblems() {}

    static Failure damaged(String where, String what, Throwable cause) {
        return new Failure(
                new Problem(
                        Reason.INVALID_ARCHIVE,
                        shown(where),
                        what,
                        "the archive is damaged or was changed: get it again, or use an older one; nothing was written"),
                cause);
    }

    static Failure damaged(String where, String what) {
        return damaged(where, what, null);
    }

    static Failure hostile(String name) {
        return Failure.of(
                Reason.INVALID_ARCHIVE,
                shown(name),
                "no file of an archive has such a name",
                "somebody made or changed this archive by hand; nothing was written");
    }

    static Failure tooMuch(String where, String what) {
        return Failure.of(Reason.LIMIT_EXCEEDED, shown(where), what, "split it; nothing was written");
    }

    private static String shown(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }
}
