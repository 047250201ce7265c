package dev.offshoot.store;

import dev.offshoot.model.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line of updates of one repository. Whoever comes while nobody is committing commits everything that waits, his own
 * request included; the others just wait. So there is no thread per repository, and groups grow with the load.
 */
final class CommitQueue {
    private static final int MOST = 64;

    /** Lands a group: gives every ticket its outcome. */
    interface Committer {
        void land(List<Ticket> group);
    }

    /** One request in the line. Its outcome is set by the leader and read under the lock. */
    static final class Ticket {
        private final Prepared prepared;
        private UpdateResult result;
        private Failure failure;

        Ticket(Prepared prepared) {
            this.prepared = prepared;
        }

        Prepared prepared() {
            return prepared;
        }

        void succeed(UpdateResult outcome) {
            result = outcome;
        }

        void fail(Failure outcome) {
            failure = outcome;
        }

        boolean isDecided() {
            return result != null || failure != null;
        }
    }

    private final Committer committer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition landed = lock.newCondition();
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private boolean led;

    CommitQueue(Committer committer) {
        this.committer = committer;
    }

    /** Returns when the request is durable; throws the failure that is its own. */
    UpdateResult submit(Prepared prepared) {
        Ticket own = new Ticket(prepared);
        lock.lock();
        try {
            waiting.add(own);
            while (!own.isDecided()) {
                if (led) {
                    // An interrupt cannot take a request back: its group may be on the disk already.
                    landed.awaitUninterruptibly();
                } else {
                    leadOneGroup();
                }
            }
        } finally {
            lock.unlock();
        }
        if (own.failure != null) {
            throw own.failure;
        }
        return own.result;
    }

    private void leadOneGroup() {
        List<Ticket> group = new ArrayList<>();
        while (group.size() < MOST && !waiting.isEmpty()) {
            group.add(waiting.poll());
        }
        led = true;
        lock.unlock();
        // The leader's interrupt is his own affair: it must not fail the others' requests. He finds it again
        // afterwards.
        boolean interrupted = Thread.interrupted();
        try {
            committer.land(group);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            lock.lock();
            led = false;
            landed.signalAll();
        }
    }
}
