package dev.offshoot.http;

import java.time.Duration;

/** Counts requests under way, so that a stop can let them finish. Safe for use by many threads. */
final class Traffic {
    private int underWay;
    private boolean closed;

    /** Begins a request; false when the server is stopping. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void leave() {
        underWay--;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Lets nobody in any more and waits for those inside, at most so long. */
    synchronized void drain(Duration patience) throws InterruptedException {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); underWay > 0 && left > 0; left = end - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
        }
    }
}
