package dev.offshoot.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slows down whoever tries wrong tokens: so many tries from one address, then one more each time a share of the period has passed. Each
 * address counts for itself, so nobody can lock others out. Safe for use by many threads.
 */
public final class Throttle {
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final int tries;
    private final Duration perTry;
    private final Map<String, Bucket> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * A throttle.
     *
     * @param tries that may be wrong at once
     * @param period in which as many become possible again
     */
    public Throttle(Clock clock, int tries, Duration period) {
        this.clock = clock;
        this.tries = tries;
        this.perTry = period.dividedBy(tries);
    }

    /** Empty at a time when all tries are possible again; each wrong one moves that time on. */
    private record Bucket(Instant fullAt) {}

    /** How long an address has to wait before its next try; zero when it may try now. */
    public synchronized Duration delayOf(String address) {
        Bucket bucket = byAddress.get(network(address));
        if (bucket == null) {
            return Duration.ZERO;
        }
        Duration wait = Duration.between(clock.instant(), bucket.fullAt().minus(perTry.multipliedBy(tries - 1L)));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Counts a wrong try. */
    public synchronized void wrong(String address) {
        Instant now = clock.instant();
        Bucket bucket = byAddress.get(network(address));
        Instant from = bucket == null || bucket.fullAt().isBefore(now) ? now : bucket.fullAt();
        byAddress.put(network(address), new Bucket(from.plus(perTry)));
    }

    /** Whoever has one IPv6 address mostly has the 2^64 beside it. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 3 ? address : String.join(":", List.of(groups).subList(0, Math.min(4, groups.length)));
    }
}
