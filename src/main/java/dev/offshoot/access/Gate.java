package dev.offshoot.access;

import dev.offshoot.model.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Tells who is calling from an {@code Authorization} header. Knows the hash of one token, never the token; compares in constant
 * time. Immutable.
 */
public final class Gate {
    /** Longer headers are refused unread: no token of ours comes near. */
    private static final int MAX_HEADER = 4096;

    private final byte[] tokenHash;
    private final Person owner;

    Gate(byte[] tokenHash, Person owner) {
        this.tokenHash = tokenHash.clone();
        this.owner = owner;
    }

    /** A gate that lets in whoever has this token, as its owner. */
    public static Gate of(String token, Person owner) {
        return new Gate(Hashes.sha256(token), owner);
    }

    /**
     * Who is calling: {@code Bearer <token>}, or {@code Basic} with the token as password and any user name, as Git clients send it.
     *
     * @return empty when the header is missing, malformed or holds another token
     */
    public Optional<Person> admit(Optional<String> authorization) {
        return authorization
                .filter(header -> header.length() <= MAX_HEADER)
                .flatMap(Gate::tokenIn)
                .flatMap(this::holderOf);
    }

    /** Whose token this is; empty for a wrong one. */
    public Optional<Person> holderOf(String token) {
        boolean right = token.length() <= MAX_HEADER && MessageDigest.isEqual(Hashes.sha256(token), tokenHash);
        return right ? Optional.of(owner) : Optional.empty();
    }

    private static Optional<String> tokenIn(String header) {
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String scheme = header.substring(0, space);
        String rest = header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return Optional.of(rest);
        }
        return scheme.equalsIgnoreCase("Basic") ? passwordIn(rest) : Optional.empty();
    }

    private static Optional<String> passwordIn(String credentials) {
        String plain;
        try {
            plain = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = plain.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(plain.substring(colon + 1));
    }
}
