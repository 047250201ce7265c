package dev.offshoot.layout;

import java.util.Optional;

/**
 * What a file is in the tree.
 *
 * @param entity the record it belongs to; of a line file, the one whose folder it is in
 * @param half folder of the half that it speaks for; empty for the base, and where a kind has no halves
 */
public record FilePlace(Entity entity, Part part, Optional<String> half) {

    /** Which piece of its entity a file holds. */
    public sealed interface Part {
        /** The record itself, as YAML. */
        record Main() implements Part {}

        /** One text of the record. */
        record Text(String suffix) implements Part {}

        /**
         * A member of the record with a file of its own, as YAML.
         *
         * @param lines true when each line is an item of a list, in the list's order
         */
        record Side(String name, boolean lines) implements Part {}

        /** Records without files of their own, each a line. */
        record Entries(String name) implements Part {}

        /** A line for each record below: what the platform works out by itself. */
        record Derived() implements Part {}

        /** A line for each record below: where it stands for people. */
        record Arrangement() implements Part {}

        /** Names in the order of a folder: {@code pages}. */
        record Order(String folder) implements Part {}

        /** Anything else, such as a decoded file. */
        record Attachment(String suffix) implements Part {}
    }
}
