package dev.offshoot.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a push may take in all, from its first byte until it is decided: a client that drips, a pack without an end and a long look are
 * ended alike. What is accepted by then lands.
 *
 * @param longest from the start of the request
 * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
 */
public record PushTime(Duration longest, LongSupplier nanos) {
    /** Enough for the largest push over a line of 4 Mbit/s. */
    public static final PushTime DEFAULT = new PushTime(Duration.ofMinutes(10), System::nanoTime);

    public PushTime {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a push needs some time: " + longest);
        }
    }

    PushDeadline begin() {
        return begin("a push");
    }

    /** @param what is bounded, for the message */
    PushDeadline begin(String what) {
        return new PushDeadline(this, nanos.getAsLong(), what);
    }
}
