package dev.offshoot.access;

import dev.offshoot.people.TokenText;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in with a browser: in memory only, by the hash of the id that the browser holds. Ids are made here and nowhere else, a
 * new one at each sign-in, so nobody can bring one along. A restart signs everybody out. Safe for use by many threads.
 */
public final class Sessions {
    /** Without a request for so long, a session is over. */
    public static final Duration IDLE = Duration.ofMinutes(30);
    /** So long after the sign-in it is over in any case. */
    public static final Duration LONGEST = Duration.ofHours(8);
    /** When there are more, the one that was quiet for longest is signed out. */
    static final int MOST = 1000;

    private final Clock clock;
    private final SecureRandom random;
    /** In the order of use, the least recently used first. */
    private final LinkedHashMap<String, Entry> byHash = new LinkedHashMap<>(16, 0.75f, true);

    public Sessions(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    private record Entry(Session session, Instant lastUse) {
        boolean isOver(Instant now) {
            return now.isAfter(lastUse.plus(IDLE))
                    || now.isAfter(session.since().plus(LONGEST));
        }
    }

    /** A session that has just begun, with the id that only the browser gets to keep. */
    public record Opened(SessionId id, Session session) {}

    /** Signs somebody in. */
    public synchronized Opened open(Caller caller) {
        Instant now = clock.instant();
        byHash.values().removeIf(entry -> entry.isOver(now));
        Iterator<Map.Entry<String, Entry>> quietest = byHash.entrySet().iterator();
        while (byHash.size() >= MOST) {
            quietest.next();
            quietest.remove();
        }
        SessionId id = SessionId.make(random);
        Session session = new Session(caller, SessionId.randomText(random), now);
        byHash.put(hash(id), new Entry(session, now));
        return new Opened(id, session);
    }

    /** The session that an id belongs to, if it is not over; it counts as used now. */
    public synchronized Optional<Session> find(SessionId id) {
        String hash = hash(id);
        Instant now = clock.instant();
        Entry entry = byHash.get(hash);
        if (entry == null || entry.isOver(now)) {
            byHash.remove(hash);
            return Optional.empty();
        }
        byHash.put(hash, new Entry(entry.session(), now));
        return Optional.of(entry.session());
    }

    /** True while somebody may still come back to it. */
    public synchronized boolean lasts(Session session) {
        Instant now = clock.instant();
        return byHash.values().stream().anyMatch(entry -> entry.session().equals(session) && !entry.isOver(now));
    }

    /** Signs out; an id that is not known is fine. */
    public synchronized void end(SessionId id) {
        byHash.remove(hash(id));
    }

    private static String hash(SessionId id) {
        return HexFormat.of().formatHex(TokenText.hash(id.value()));
    }
}
