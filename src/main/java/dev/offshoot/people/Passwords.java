package dev.offshoot.people;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Hashes passwords and compares them: Argon2id with 19 MiB and two passes, the first of the settings that OWASP's Password Storage Cheat
 * Sheet names. At most two at a time, so that no crowd of sign-ins takes the memory of everything else. A password has 5 to 100
 * characters: ToolJet's limits.
 */
public final class Passwords {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 100;

    /** Of a password that nobody knows: compared when there is no such account, so that the time does not tell. */
    private static final String NOBODYS =
            "$argon2id$v=19$m=19456,t=2,p=1$17NA2XoYXnL1FHyBHBEmVg$DYwclpvztr32iE4MuTupMACXb4ySwMBKFZY0EwZesUc";

    private final Semaphore room = new Semaphore(2, true);

    /** @throws Failure {@code INVALID_PARAMETER} when it is too short or too long */
    public static void check(Secret password) {
        int length = password.reveal().length();
        if (length < SHORTEST || length > LONGEST) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "password",
                    "a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
    }

    String hash(Secret password) {
        check(password);
        return hash(password.reveal());
    }

    private String hash(String password) {
        return alone(
                () -> Password.hash(password).addRandomSalt(16).with(function()).getResult());
    }

    boolean matches(Secret password, String hash) {
        String text = password.reveal();
        return text.length() <= LONGEST
                && alone(() -> Password.check(text, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** Takes the time that a comparison takes. */
    void matchesNobody(Secret password) {
        matches(password, NOBODYS);
    }

    /** Asked for when there is something to hash, because it holds on to its 19 MiB from then on. */
    private static Argon2Function function() {
        return Argon2Function.getInstance(19 << 10, 2, 1, 32, Argon2.ID);
    }

    private <T> T alone(Supplier<T> work) {
        room.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            room.release();
        }
    }
}
