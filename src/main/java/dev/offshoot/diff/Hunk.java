package dev.offshoot.diff;

import java.util.List;

/**
 * Changed lines with those around them.
 *
 * @param before number of the first line in the text as it was, from 1
 * @param after number of the first line in the text as it is
 */
public record Hunk(int before, int after, List<Line> lines) {
    public Hunk {
        lines = List.copyOf(lines);
    }

    /** Where a line is. */
    public enum Sign {
        BOTH(' '),
        REMOVED('-'),
        ADDED('+');

        private final char mark;

        Sign(char mark) {
            this.mark = mark;
        }

        public char mark() {
            return mark;
        }
    }

    public record Line(Sign sign, String text) {}
}
