package dev.offshoot.diff;

import java.util.List;
import java.util.Optional;

/** How much of one entity is told. What is left out is counted. */
final class Budget {
    /** Details of one entity. */
    static final int DETAILS = 200;
    /** Lines in the hunks of one text. */
    static final int LINES = 400;
    /** Texts longer than this are compared as wholes, in characters. */
    static final int CHARACTERS = 4_000_000;
    /** Files that are looked into. */
    static final int FILES = 20_000;

    private int details = DETAILS;
    private int more;

    /** False when there is no room left; the detail counts as left out. */
    boolean takeDetail() {
        if (details == 0) {
            more++;
            return false;
        }
        details--;
        return true;
    }

    int more() {
        return more;
    }

    /** Lines of a text. {@code was} and {@code is} are compared, the others shown. */
    Detail.Text text(Optional<String> half, String of, String was, String is, String shownWas, String shownIs) {
        List<String> before = TextDiff.lines(was);
        List<String> after = TextDiff.lines(is);
        if (was.length() + is.length() > CHARACTERS) {
            return new Detail.Text(half, of, after.size(), before.size(), List.of(), before.size() + after.size());
        }
        return TextDiff.text(
                half, of, before, after, TextDiff.lines(shownWas), TextDiff.lines(shownIs), Mask::text, LINES);
    }
}
