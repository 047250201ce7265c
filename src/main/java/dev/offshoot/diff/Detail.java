package dev.offshoot.diff;

import dev.offshoot.format.JsonValue;
import java.util.List;
import java.util.Optional;

/** One thing that changed inside an entity. */
public sealed interface Detail {
    /** Folder of the half in which it changed, where not in what people edit. */
    Optional<String> half();

    default boolean isNoise() {
        return false;
    }

    /**
     * A field.
     *
     * @param pointer a JSON pointer into the entity's file
     * @param before empty: it was not there
     * @param after empty: it is gone
     */
    record Field(Optional<String> half, String pointer, Optional<JsonValue> before, Optional<JsonValue> after)
            implements Detail {}

    /**
     * Lines of a source text.
     *
     * @param of suffix of its file, or pointer of the field that holds it
     * @param added number of lines that are new
     * @param removed number of lines that are gone
     * @param hunks the lines; empty when there are too many
     * @param more lines that were left out of the hunks
     */
    record Text(Optional<String> half, String of, int added, int removed, List<Hunk> hunks, int more)
            implements Detail {
        public Text {
            hunks = List.copyOf(hunks);
        }
    }

    /**
     * The same things in another order.
     *
     * @param of pointer of the list, or the folder
     */
    record Order(Optional<String> half, String of, List<String> before, List<String> after) implements Detail {
        public Order {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** It stands elsewhere on its page, or is larger or smaller. */
    record Placed(Optional<String> half, List<Field> fields) implements Detail {
        public Placed {
            fields = List.copyOf(fields);
        }

        @Override
        public boolean isNoise() {
            return true;
        }
    }

    /** What the platform works out by itself. */
    record Derived(Optional<String> half, List<Field> fields) implements Detail {
        public Derived {
            fields = List.copyOf(fields);
        }

        @Override
        public boolean isNoise() {
            return true;
        }
    }

    /** References that followed what was renamed or moved. */
    record References(Optional<String> half, int count) implements Detail {
        @Override
        public boolean isNoise() {
            return true;
        }
    }

    /** Other bytes that say the same: comments, quotes, line ends. */
    record Formatting(Optional<String> half, String of) implements Detail {
        @Override
        public boolean isNoise() {
            return true;
        }
    }

    /** What is edited is deployed now, or the other way round: the half is what the base is. */
    record Deployed(Optional<String> half) implements Detail {}

    /**
     * A file that is no text.
     *
     * @param before bytes; empty: it was not there
     */
    record Attachment(Optional<String> half, String of, Optional<Integer> before, Optional<Integer> after)
            implements Detail {}
}
