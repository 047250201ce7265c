package dev.offshoot.access;

import dev.offshoot.model.Secret;
import dev.offshoot.people.Email;
import dev.offshoot.people.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Tells who is calling: from an {@code Authorization} header, from a password, or anew from how they showed it before. Immutable. */
public final class Gate {
    /** Longer headers are refused unread: no token of ours comes near. */
    private static final int MAX_HEADER = 4096;

    private final InstanceToken own;
    private final Holders holders;

    public Gate(InstanceToken own, Holders holders) {
        this.own = own;
        this.holders = holders;
    }

    /** What a {@code Basic} header holds. */
    public record Login(String name, String password) {}

    /**
     * Who is calling: {@code Bearer <token>}, or {@code Basic} with the token as password and any user name, as Git clients send it.
     *
     * @return empty when the header is missing, malformed or holds no token that is good now
     */
    public Optional<Caller> admit(Optional<String> authorization) {
        return authorization
                .filter(header -> header.length() <= MAX_HEADER)
                .flatMap(Gate::tokenIn)
                .flatMap(this::holderOf);
    }

    /** Whose token this is; empty for one that is not good now. */
    public Optional<Caller> holderOf(String token) {
        if (token.isEmpty() || token.length() > MAX_HEADER) {
            return Optional.empty();
        }
        return own.is(token)
                ? Optional.of(Caller.ofInstance(own.owner()))
                : holders.ofToken(token).map(Gate::caller);
    }

    private static Caller caller(dev.offshoot.people.Tokens.Holder holder) {
        return Caller.of(
                new Caller.Proof.Token(holder.grant().id()),
                holder.profile(),
                holder.grant().scope(),
                holder.grant().workspace());
    }

    /** Who has this password; slow on purpose. */
    public Optional<Caller> signIn(Login login) {
        return Email.isValid(login.name())
                ? holders.ofPassword(new Email(login.name()), Secret.of(login.password()))
                        .map(profile -> Caller.of(
                                new Caller.Proof.Password(profile.account().id()),
                                profile,
                                Scope.ADMIN,
                                Optional.empty()))
                : Optional.empty();
    }

    /** The same caller as they stand now; empty when what they showed is no longer good. */
    public Optional<Caller> again(Caller.Proof proof) {
        if (proof instanceof Caller.Proof.Token token) {
            return holders.ofToken(token.id()).map(Gate::caller);
        }
        if (proof instanceof Caller.Proof.Password password) {
            return holders.account(password.id())
                    .map(profile -> Caller.of(proof, profile, Scope.ADMIN, Optional.empty()));
        }
        return Optional.of(Caller.ofInstance(own.owner()));
    }

    /** User name and password of a {@code Basic} header; empty for anything else. */
    public static Optional<Login> login(Optional<String> authorization) {
        return authorization
                .filter(header -> header.length() <= MAX_HEADER)
                .filter(header -> header.regionMatches(true, 0, "Basic ", 0, 6))
                .flatMap(header -> decoded(header.substring(6).strip()));
    }

    private static Optional<String> tokenIn(String header) {
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String scheme = header.substring(0, space);
        return scheme.equalsIgnoreCase("Bearer")
                ? Optional.of(header.substring(space + 1).strip())
                : login(Optional.of(header)).map(Login::password);
    }

    private static Optional<Login> decoded(String credentials) {
        String plain;
        try {
            plain = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = plain.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Login(plain.substring(0, colon), plain.substring(colon + 1)));
    }
}
