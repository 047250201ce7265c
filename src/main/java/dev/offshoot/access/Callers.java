package dev.offshoot.access;

import java.util.Optional;

/**
 * The two ways to be known: programs show the token with each request, browsers a session that the token began.
 *
 * @param gate for the API and for Git
 * @param sessions for the page, and for nothing else
 */
public record Callers(Gate gate, Sessions sessions) {
    /** The session that an id belongs to, with its caller as they stand now: who may no longer come in has none. */
    public Optional<Session> session(SessionId id) {
        return sessions.find(id).flatMap(session -> {
            Optional<Caller> now = gate.again(session.caller().proof());
            if (now.isEmpty()) {
                sessions.end(id);
            }
            return now.map(session::of);
        });
    }
}
