package dev.offshoot.model;

import java.util.Optional;

/**
 * Something that two sides did differently since their common base, for a person to decide. A value: nothing of it is ever written into a
 * file.
 *
 * @param path the file
 * @param place where in it
 * @param base the text at that place in the common base, a field's value as JSON; empty: nothing stood there
 * @param ours the same here; empty: it is not here any more
 * @param theirs the same on the other side
 * @param suggestion what most people would do
 */
public record Conflict(
        TreePath path,
        Place place,
        What what,
        Optional<String> base,
        Optional<String> ours,
        Optional<String> theirs,
        Suggestion suggestion) {

    /** Where in a file two sides meet. */
    public sealed interface Place {
        /** The file as a whole. */
        record File() implements Place {}

        /** A field. @param pointer a JSON pointer into the file; in a file of lines it begins with the line's key */
        record Field(String pointer) implements Place {}

        /** Lines of a text, from 1, by side; what stands there are the conflict's texts. */
        record Lines(int base, int ours, int theirs) implements Place {}
    }

    /** What happened. */
    public enum What {
        /** Both sides changed it, differently. */
        CHANGED_TWICE("changed here and there, differently"),
        /** Both sides added something of this name, and not the same. */
        ADDED_TWICE("added here and there under one name, and not the same"),
        /** One side removed what the other changed. */
        CHANGED_AND_REMOVED("changed on one side, removed on the other"),
        /** One side added something to what the other removed. */
        ADDED_TO_REMOVED("added on one side to what the other removed"),
        /** Two names that many file systems cannot tell apart. */
        NAMES_TOO_ALIKE("its name is too like that of another file that the other side added"),
        /** Both sides gave it another name, or another place, and not the same. */
        RENAMED_TWICE("renamed or moved here and there, and not the same"),
        /** Both sides put the same things in another order, and not the same. */
        ORDERED_TWICE("put in another order here and there, and not the same"),
        /** One side refers to what the other removed or renamed. */
        REFERS_TO_REMOVED("refers to what the other side removed or renamed");

        private final String words;

        What(String words) {
            this.words = words;
        }

        /** For a person. */
        public String words() {
            return words;
        }
    }

    /** What most people would do. */
    public enum Suggestion {
        KEEP_OURS("keep what is here"),
        KEEP_THEIRS("take what the other side has"),
        RENAME("give one of the two another name"),
        DECIDE("choose one, or write what both want");

        private final String words;

        Suggestion(String words) {
            this.words = words;
        }

        /** For a person. */
        public String words() {
            return words;
        }
    }

    /** The same for those who read problems: the place, what happened, what to do. */
    public Problem problem() {
        return new Problem(Reason.CONFLICT, path + where(), what.words(), suggestion.words());
    }

    private String where() {
        if (place instanceof Place.Field f) {
            return "#" + f.pointer();
        }
        return place instanceof Place.Lines l ? ":" + l.ours() : "";
    }
}
