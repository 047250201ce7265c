package dev.offshoot.layout;

import java.util.Optional;
import java.util.Set;

/**
 * Which part of a document an export asks for.
 *
 * @param version only the version of this name (or id); empty: all
 * @param without kinds to leave out, for example {@code table}
 */
public record Selection(Optional<String> version, Set<String> without) {
    public static final Selection ALL = new Selection(Optional.empty(), Set.of());
}
