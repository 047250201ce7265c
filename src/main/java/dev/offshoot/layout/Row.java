package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import java.util.Optional;

/**
 * A record where it stands in its document.
 *
 * @param pointer JSON pointer to it
 * @param name true name, may be empty
 * @param nameAt JSON pointer to where the name stands or would stand; empty when the kind has none
 * @param id id, of the instance or as content
 * @param version true for what an export can select one of
 */
public record Row(
        String kind,
        String pointer,
        JsonObject value,
        String name,
        Optional<String> nameAt,
        Optional<String> id,
        boolean version) {}
