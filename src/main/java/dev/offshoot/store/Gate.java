package dev.offshoot.store;

import java.time.Duration;

/** Counts who is inside, so that a workspace is only taken away when nobody uses it. */
final class Gate {
    private int inside;
    private boolean closed;

    /** @return false when closed; otherwise {@link #leave} must follow, from any thread */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Lets nobody in any more and waits for those inside, at most the given time. */
    synchronized void close(Duration atMost) {
        closed = true;
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        for (long left; inside > 0 && (left = end - System.nanoTime()) > 0 && !interrupted; ) {
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
