package dev.offshoot.web;

import dev.offshoot.access.Session;
import dev.offshoot.access.Sessions;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.WorkspaceName;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Keeps what was sent between a dry run and the decision, so that it is sent once. In memory only, because documents can hold secrets; for
 * half an hour, for the session that sent it and no longer than that lasts, within a fixed share of the heap. Safe for use by many
 * threads.
 */
final class Drafts {
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int MOST_OF_ONE = 5;

    private final Sessions sessions;
    private final Clock clock;
    private final SecureRandom random;
    private final long mostBytes;
    /** The oldest first. */
    private final Map<DraftId, Entry> byId = new LinkedHashMap<>();

    Drafts(Sessions sessions, Clock clock, SecureRandom random, long mostBytes) {
        this.sessions = sessions;
        this.clock = clock;
        this.random = random;
        this.mostBytes = mostBytes;
    }

    private record Entry(Session owner, WorkspaceName workspace, Draft draft, Instant until) {}

    /**
     * Keeps one.
     *
     * @throws Failure {@code BUSY} when too much is kept for others
     */
    synchronized DraftId keep(Session owner, WorkspaceName workspace, Draft draft) {
        Instant now = clock.instant();
        byId.values().removeIf(entry -> now.isAfter(entry.until()) || !sessions.lasts(entry.owner()));
        Predicate<Entry> own = entry -> entry.owner().equals(owner);
        while (byId.values().stream().filter(own).count() >= MOST_OF_ONE || isFull(draft)) {
            if (!removeOldest(own)) {
                throw Failure.of(
                        Reason.BUSY,
                        "",
                        "too many documents are being looked at on this server",
                        "try again in a few minutes, or use the command line: offshoot import");
            }
        }
        DraftId id = DraftId.make(random);
        byId.put(id, new Entry(owner, workspace, draft, now.plus(KEPT)));
        return id;
    }

    private boolean isFull(Draft another) {
        long kept = byId.values().stream().mapToLong(e -> e.draft().bytes()).sum();
        return !byId.isEmpty() && kept + another.bytes() > mostBytes;
    }

    private boolean removeOldest(Predicate<Entry> which) {
        for (Iterator<Entry> entries = byId.values().iterator(); entries.hasNext(); ) {
            if (which.test(entries.next())) {
                entries.remove();
                return true;
            }
        }
        return false;
    }

    /**
     * One that this session sent for this workspace.
     *
     * @throws Failure {@code NOT_FOUND}
     */
    synchronized Draft find(Session owner, WorkspaceName workspace, DraftId id) {
        Entry entry = byId.get(id);
        if (entry == null
                || !entry.owner().equals(owner)
                || !entry.workspace().equals(workspace)
                || clock.instant().isAfter(entry.until())) {
            throw DraftId.unknown();
        }
        return entry.draft();
    }

    /** Puts something else in the place of one that is there. */
    synchronized void replace(DraftId id, Draft draft) {
        byId.computeIfPresent(id, (i, old) -> new Entry(old.owner(), old.workspace(), draft, old.until()));
    }

    synchronized void remove(DraftId id) {
        byId.remove(id);
    }
}
