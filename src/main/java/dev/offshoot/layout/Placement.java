package dev.offshoot.layout;

import java.util.List;
import java.util.Optional;

/** One way to give a record a place: who owns it, and where below the owner it goes. */
record Placement(Owner owner, Target target) {

    sealed interface Owner {
        /**
         * The record of one of these kinds whose id stands in a field, of several the first that leads to one. A single field is implied by
         * the place and not written; of several, the layout has to say what is implied.
         */
        record ByField(List<Pointer> fields, List<String> kinds) implements Owner {
            /** The field that the place implies. */
            Optional<Pointer> implied() {
                return fields.size() == 1 ? Optional.of(fields.get(0)) : Optional.empty();
            }
        }

        /** The record of one of these kinds that lists this record's id. */
        record ByList(List<Pointer> lists, List<String> kinds) implements Owner {}

        /** The record this one is cut from. */
        record Container() implements Owner {}

        /** Nobody: shared in the platform's folder. */
        record Root() implements Owner {}
    }

    sealed interface Target {
        /** A file of its own; children cannot be placed below it. */
        record File(Template path, Optional<String> flatten) implements Target {}

        /** A folder with a main file; children go below the folder. */
        record Folder(Template path, String file) implements Target {}

        /**
         * Inside the owner's own content: a list at a key, or a map when {@code by} says what the key is.
         *
         * @param position a field that only repeats the place in the list, not written while it does
         */
        record Embed(String key, Optional<By> by, Optional<String> position) implements Target {}

        /** One line of a side file that the owner shares among records: a name, and the record in flow style. */
        record Entry(String file) implements Target {}
    }

    /** The key of an embedded record: a field of it, or the file name of the record that the field refers to. */
    record By(Pointer field, Optional<String> kind) {}
}
