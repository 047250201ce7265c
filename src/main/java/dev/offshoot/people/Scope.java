package dev.offshoot.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of what its holder may do a token may do; each includes the ones before it. */
public enum Scope {
    READ,
    WRITE,
    ADMIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
