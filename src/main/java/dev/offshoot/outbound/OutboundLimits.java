package dev.offshoot.outbound;

import java.time.Duration;

/**
 * What one conversation with another server may take.
 *
 * @param connect until a connection stands, name look-up included
 * @param idle without a byte from the other side
 * @param total from the first look-up to the last byte
 * @param bytes received altogether, as they came over the wire
 */
public record OutboundLimits(Duration connect, Duration idle, Duration total, long bytes) {
    /** 10 s to connect, 60 s of silence, 10 minutes and 1 GB altogether. */
    public static final OutboundLimits DEFAULT =
            new OutboundLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(10), 1L << 30);

    public OutboundLimits {
        if (connect.toMillis() < 1 || idle.toMillis() < 1 || total.toMillis() < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
