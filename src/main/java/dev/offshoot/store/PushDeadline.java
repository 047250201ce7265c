package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectChecker;

/** When one push has to be over. Asked wherever a push can make the server work: reading, unpacking, walking, looking through. */
final class PushDeadline {
    private final PushTime time;
    private final long began;

    private final String what;

    PushDeadline(PushTime time, long began, String what) {
        this.what = what;
        this.time = time;
        this.began = began;
    }

    boolean isOver() {
        return time.nanos().getAsLong() - began > time.longest().toNanos();
    }

    /** @throws Failure {@code LIMIT_EXCEEDED} when the time is up */
    void check() {
        if (isOver()) {
            throw new Failure(problem());
        }
    }

    private Problem problem() {
        return new Problem(
                Reason.LIMIT_EXCEEDED,
                "",
                what + " takes at most " + words() + " in all, and nothing of it is kept",
                "push fewer commits at a time, or over a faster line");
    }

    private String words() {
        long seconds = Math.max(1, time.longest().toSeconds());
        return seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds";
    }

    /** A client's bytes, as long as there is time. */
    InputStream over(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                requireTime();
                return in.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                requireTime();
                return in.read(into, from, length);
            }

            @Override
            public long skip(long n) throws IOException {
                requireTime();
                return in.skip(n);
            }
        };
    }

    /** JGit tells the client what a protocol exception says, at every stage. */
    private void requireTime() throws PackProtocolException {
        if (isOver()) {
            Problem problem = problem();
            throw new PackProtocolException(problem.message() + "; " + problem.hint());
        }
    }

    /** Looks at every object of a pack, those of deltas too: a few bytes can ask for a long unpacking. */
    ObjectChecker objectChecker() {
        return new ObjectChecker() {
            @Override
            public void check(AnyObjectId id, int type, byte[] raw) throws CorruptObjectException {
                PushDeadline.this.check();
                super.check(id, type, raw);
            }
        };
    }
}
