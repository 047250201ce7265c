package dev.offshoot.service;

import dev.offshoot.model.ObjectName;
import dev.offshoot.store.Publication;
import dev.offshoot.store.Publication.Setback;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a branch stands with a remote that it is published to by itself: found out each time, from what is stored and what the branch stands at. */
public sealed interface Standing {
    /** What clients see. */
    String word();

    /** The workspace has no such branch. */
    record Missing() implements Standing {
        @Override
        public String word() {
            return "missing";
        }
    }

    /** Its newest commit is there. */
    record Published() implements Standing {
        @Override
        public String word() {
            return "published";
        }
    }

    /** It is to be pushed as soon as may be. */
    record Pending() implements Standing {
        @Override
        public String word() {
            return "pending";
        }
    }

    /** The last attempt failed, and the next one is at this time. */
    record Retrying(Instant next) implements Standing {
        @Override
        public String word() {
            return "retrying";
        }
    }

    /** The last attempt failed in a way that waiting does not mend: the branch or the remote's settings must change, or somebody must ask. */
    record Waiting() implements Standing {
        @Override
        public String word() {
            return "waiting";
        }
    }

    /**
     * Finds it out.
     *
     * @param head what the branch stands at; none when there is no such branch
     * @param started when this server began: what an earlier one waited for, an operator may have changed since
     * @param longest no time to wait is longer; a next attempt that is further off comes from a clock that went wrong
     */
    static Standing of(
            Optional<ObjectName> head, Publication publication, Instant now, Instant started, Duration longest) {
        if (head.isEmpty()) {
            return new Missing();
        }
        if (publication.arrival().map(Publication.Arrival::commit).equals(head)) {
            return new Published();
        }
        if (publication.setback().isEmpty()) {
            return new Pending();
        }
        Setback last = publication.setback().get();
        if (!last.byItself() && last.commit().equals(head.get()) && !last.at().isBefore(started)) {
            return new Waiting();
        }
        boolean due = !last.next().isAfter(now) || last.next().isAfter(now.plus(longest));
        return due ? new Pending() : new Retrying(last.next());
    }
}
