package dev.offshoot.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The two times of one round: ours, and that of what it is compared with. Both run within one JMH invocation, so that whatever else
 * the machine does meets both alike; who goes first alternates.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Duel {
    /** In microseconds. */
    public long ours;

    /** In microseconds. */
    public long baseline;

    private int rounds;

    /** Times both. Results are thrown away after a look at them, so that nothing of the work can be left out. */
    void fight(Callable<?> our, Callable<?> other) throws Exception {
        if (rounds++ % 2 == 0) {
            baseline = micros(other);
            ours = micros(our);
        } else {
            ours = micros(our);
            baseline = micros(other);
        }
    }

    private static long micros(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        Object result = work.call();
        long micros = (System.nanoTime() - start) / 1_000;
        if (result == null) {
            throw new IllegalStateException("no result");
        }
        return micros;
    }
}
