package dev.offshoot.access;

import dev.offshoot.model.Person;
import dev.offshoot.people.TokenText;
import java.security.MessageDigest;

/** The instance's own token, which may do everything: its hash, never itself. Compares in constant time. */
public final class InstanceToken {
    private final byte[] hash;
    private final Person owner;

    InstanceToken(byte[] hash, Person owner) {
        this.hash = hash.clone();
        this.owner = owner;
    }

    public static InstanceToken of(String token, Person owner) {
        return new InstanceToken(TokenText.hash(token), owner);
    }

    boolean is(String token) {
        return MessageDigest.isEqual(TokenText.hash(token), hash);
    }

    Person owner() {
        return owner;
    }
}
