package dev.offshoot.access;

import dev.offshoot.model.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Somebody who signed in with a browser.
 *
 * @param caller who, as they stand now
 * @param formToken 256 random bits that every form of this session carries, and that no other site can know
 * @param since when they signed in
 */
public record Session(Caller caller, String formToken, Instant since) {
    /** Whose name commits carry that come of this session. */
    public Person person() {
        return caller.author();
    }

    /** The same session of somebody who stands differently now. */
    Session of(Caller now) {
        return new Session(now, formToken, since);
    }

    /** True for what a form of this session sent along. Takes the same time for all answers. */
    public boolean wroteForm(String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
    }

    /** The same session, whatever became of its caller meanwhile. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Session session && wroteForm(session.formToken);
    }

    @Override
    public int hashCode() {
        return since.hashCode();
    }

    /** Without the token: it is for forms alone. */
    @Override
    public String toString() {
        return "Session[" + person() + ", " + since + "]";
    }
}
