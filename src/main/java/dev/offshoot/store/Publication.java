package dev.offshoot.store;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a branch has come that is published to a remote by itself. What is still to be pushed is not written down: it is what the branch stands at,
 * if that is not what has arrived.
 *
 * @param arrival what the remote accepted last, or had already
 * @param setback why the last attempt failed; empty when it did not
 */
public record Publication(Optional<Arrival> arrival, Optional<Setback> setback) {
    public static final Publication NONE = new Publication(Optional.empty(), Optional.empty());

    public record Arrival(ObjectName commit, Instant at) {}

    /**
     * A failed attempt.
     *
     * @param commit that was to be pushed
     * @param failures one after the other, this one included
     * @param next not tried before that
     * @param byItself whether it is tried then without any change; otherwise somebody has to change or ask something
     */
    public record Setback(ObjectName commit, Instant at, int failures, Instant next, boolean byItself, Problem why) {
        public Setback {
            if (failures < 1) {
                throw new IllegalArgumentException("a setback is a failure");
            }
        }
    }

    public int failures() {
        return setback.map(Setback::failures).orElse(0);
    }

    Publication arrived(Arrival at) {
        return new Publication(Optional.of(at), Optional.empty());
    }

    Publication failed(Setback why) {
        return new Publication(arrival, Optional.of(why));
    }

    Publication withoutSetback() {
        return new Publication(arrival, Optional.empty());
    }
}
