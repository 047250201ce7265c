package dev.offshoot.service;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.store.Publication.Setback;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When a failed push is tried again: after a wait that doubles with each failure up to a limit, and is then shortened by up to half, so that many remotes of
 * a host that comes back do not ask at once.
 *
 * @param first the wait after the first failure
 * @param longest the limit
 * @param random from 0 to 1
 */
record RetryPolicy(Duration first, Duration longest, DoubleSupplier random) {
    /** A hook may refuse because somebody else pushed at the same moment; not so often. */
    private static final int MOST_REFUSALS = 4;

    private static final int MOST_DOUBLINGS = 30;

    RetryPolicy {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits grow");
        }
    }

    /** 5 seconds to half an hour. */
    static RetryPolicy usual(DoubleSupplier random) {
        return new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(30), random);
    }

    /** @param failures one after the other, from 1 */
    Duration pause(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long most = Math.min(longest.toMillis(), doubled);
        return Duration.ofMillis(most / 2 + (long) (most / 2.0 * random.getAsDouble()));
    }

    Setback setback(ObjectName commit, Instant at, int failures, Problem why) {
        return new Setback(commit, at, failures, at.plus(pause(failures)), passes(why.reason(), failures), why);
    }

    /** Whether it may go better without anybody changing anything. */
    private static boolean passes(Reason reason, int failures) {
        return switch (reason) {
            case UNREACHABLE, BUSY, STORAGE, INTERNAL -> true;
            case REMOTE_REFUSED -> failures < MOST_REFUSALS;
            default -> false;
        };
    }
}
