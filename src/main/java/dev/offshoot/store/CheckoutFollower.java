package dev.offshoot.store;

import dev.offshoot.store.CheckoutState.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs a checkout behind its workspace: many commits, one run; nobody who commits waits. */
final class CheckoutFollower {
    /** When somebody works in a checkout we look again from time to time: nothing tells us that he is done. */
    private static final long LOOK_AGAIN_MILLIS = 15_000;
    /** A busy workspace moves its checkout a few times a second, not with every commit. */
    private static final int REST = 2;

    private static final long LONGEST_REST_MILLIS = 1000;

    private final Background background;
    private final Supplier<CheckoutState> follow;
    private final Object secondLook = new Object();
    private CheckoutState state = new CheckoutState(Status.FOLLOWING, Optional.empty(), "");
    private long requested;
    private long answered;
    /** A run is waiting, running, or due after a rest. */
    private boolean scheduled;

    private boolean resting;
    private int waiting;
    private boolean closed;

    /** @param follow brings the checkout to the present head */
    CheckoutFollower(Background background, Supplier<CheckoutState> follow) {
        this.background = background;
        this.follow = follow;
    }

    /** The head has moved. */
    synchronized void headMoved() {
        requested++;
        if (state.status() == Status.CURRENT) {
            state = new CheckoutState(Status.FOLLOWING, state.commit(), "");
        }
        if (!scheduled && !closed) {
            scheduled = true;
            background.submit(this, this::run);
        }
    }

    private void run() {
        long request;
        synchronized (this) {
            request = requested;
            resting = false;
        }
        long start = System.nanoTime();
        CheckoutState now = look();
        long tookMillis = (System.nanoTime() - start) / 1_000_000;
        synchronized (this) {
            answered = request;
            scheduled = requested > request && !closed;
            state = scheduled && now.status() == Status.CURRENT
                    ? new CheckoutState(Status.FOLLOWING, now.commit(), "")
                    : now;
            notifyAll();
            if (scheduled && waiting > 0) {
                background.submit(this, this::run);
            } else if (scheduled) {
                resting = true;
                background.submitLater(this, this::run, Math.min(LONGEST_REST_MILLIS, tookMillis * REST));
            } else if (now.status() != Status.CURRENT && !closed) {
                background.submitLater(secondLook, this::lookAgain, LOOK_AGAIN_MILLIS);
            }
        }
    }

    private CheckoutState look() {
        try {
            return follow.get();
        } catch (RuntimeException e) {
            Log.warn("a checkout could not follow", e);
            return new CheckoutState(Status.FAILED, Optional.empty(), "see the server's log");
        }
    }

    private synchronized void lookAgain() {
        if (answered == requested && state.status() != Status.CURRENT) {
            headMoved();
        }
    }

    synchronized CheckoutState state() {
        return state;
    }

    /**
     * The outcome of a look that has seen the present head. One that is under way will do when it brings the checkout there; everything else
     * is the answer of a look that began after this call. While somebody waits there are no rests.
     */
    synchronized CheckoutState await(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        waiting++;
        try {
            boolean underWay = answered < requested;
            if (underWay) {
                if (resting) {
                    background.submit(this, this::run);
                }
                await(requested, end);
            }
            if (!underWay || state.status() != Status.CURRENT) {
                headMoved();
                await(requested, end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
        }
        return state;
    }

    private void await(long wanted, long end) throws InterruptedException {
        for (long left; answered < wanted && !closed && (left = end - System.nanoTime()) > 0; ) {
            wait(left / 1_000_000 + 1);
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
