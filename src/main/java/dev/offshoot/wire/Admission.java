package dev.offshoot.wire;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the documents in work within the heap: each is admitted by its size, large ones wait for each other, small ones pass.
 * First come, first served.
 */
public final class Admission {
    /** Heap that a document in work may take, as a multiple of its bytes: the text, its value, its files. */
    private static final int FACTOR = 10;

    private final Semaphore kilobytes;
    private final int total;
    private final Duration patience;

    /** With room by the heap of this process; who finds none waits for a minute. */
    public static Admission ofHeap() {
        return new Admission(Runtime.getRuntime().maxMemory(), Duration.ofSeconds(60));
    }

    public Admission(long heapBytes, Duration patience) {
        this.total = (int) Math.min(Integer.MAX_VALUE, Math.max(1, heapBytes / 1024 / 2));
        this.kilobytes = new Semaphore(total, true);
        this.patience = patience;
    }

    /**
     * Waits for room; give it back by closing the pass.
     *
     * @throws Failure {@code BUSY} when there was none in time
     */
    public Pass admit(long documentBytes) {
        int needed = (int) Math.min(total, 1 + documentBytes * FACTOR / 1024);
        try {
            if (!kilobytes.tryAcquire(needed, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Failure.of(Reason.BUSY, "", "too many large documents are in work", "try again in a few seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Reason.BUSY, "", "the server is stopping", "try again in a few seconds");
        }
        return () -> kilobytes.release(needed);
    }

    /** Room taken until it is closed. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }
}
