package dev.offshoot.service;

import dev.offshoot.format.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A definition that can be had from a repository.
 *
 * @param path what it is called by in a request: its address in a tree of definitions, the file of an export, the key that a platform's
 *     own repository gives it
 * @param kind for example {@code app}
 * @param id at the origin, if it has one that a copy could know
 * @param document its export; made when it is asked for
 */
public record Offer(
        String path, Form form, String kind, String name, Optional<String> id, Supplier<JsonValue> document) {

    /** What it was found in. */
    public enum Form {
        /** A tree of definitions as Offshoot writes it. */
        OFFSHOOT,
        /** A repository that a platform wrote. */
        NATIVE,
        /** A file with an export. */
        EXPORT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
