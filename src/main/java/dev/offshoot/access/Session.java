package dev.offshoot.access;

import dev.offshoot.model.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Somebody who signed in with a browser.
 *
 * @param person who
 * @param formToken 256 random bits that every form of this session carries, and that no other site can know
 * @param since when they signed in
 */
public record Session(Person person, String formToken, Instant since) {
    /** True for what a form of this session sent along. Takes the same time for all answers. */
    public boolean wroteForm(String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the token: it is for forms alone. */
    @Override
    public String toString() {
        return "Session[" + person + ", " + since + "]";
    }
}
