package dev.offshoot.access;

import java.util.Arrays;
import java.util.Optional;

/**
 * The cookie that carries a session's id: out of reach for scripts, sent by no other site's requests, and over https never in the clear nor set
 * by a neighbour ({@code __Host-}). Cookies do not keep ports apart, so the port is in the name: two instances on one machine do not
 * sign each other's people out.
 *
 * @param secure the browser came over https
 * @param port the browser came to
 */
public record SessionCookie(boolean secure, int port) {

    public String name() {
        return (secure ? "__Host-" : "") + "offshoot-" + port;
    }

    /** The id in a {@code Cookie} header. Two of the name are none: one of them is not ours. */
    public Optional<SessionId> in(String header) {
        String prefix = name() + "=";
        String[] found = Arrays.stream(header.split(";"))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(prefix))
                .map(cookie -> cookie.substring(prefix.length()))
                .toArray(String[]::new);
        return found.length == 1 ? SessionId.parse(found[0]) : Optional.empty();
    }

    /** The {@code Set-Cookie} that hands an id over. */
    public String set(SessionId id) {
        return name() + "=" + id.value() + attributes(Sessions.LONGEST.toSeconds());
    }

    /** The {@code Set-Cookie} that takes it back. */
    public String clear() {
        return name() + "=" + attributes(0);
    }

    private String attributes(long seconds) {
        return "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}
