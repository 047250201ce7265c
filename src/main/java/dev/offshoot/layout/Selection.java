package dev.offshoot.layout;

import java.util.Optional;
import java.util.Set;

/**
 * Which part of a document an export asks for.
 *
 * @param version only the version of this name (or id); empty: all
 * @param without kinds to leave out, for example {@code table}
 * @param with kinds to carry when something refers to them, even where the imported document left them out
 */
public record Selection(Optional<String> version, Set<String> without, Set<String> with) {
    public static final Selection ALL = new Selection(Optional.empty(), Set.of(), Set.of());
}
