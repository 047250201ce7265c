package dev.offshoot.diff;

import dev.offshoot.diff.Hunk.Line;
import dev.offshoot.diff.Hunk.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/** Compares lists of texts, lines above all, by JGit's histogram algorithm. */
final class TextDiff {
    private static final int CONTEXT = 2;

    private TextDiff() {}

    /** What two lists have in common, and what not. */
    static EditList edits(List<String> before, List<String> after) {
        return new HistogramDiff().diff(Same.ITEMS, new Items(before), new Items(after));
    }

    static List<String> lines(String text) {
        return text.lines().toList();
    }

    /**
     * The changed lines with some around them.
     *
     * @param before as they are compared, a line of which stands at the same place in {@code shownBefore}
     * @param shown what a reader sees of a line
     * @param most lines in all hunks
     */
    static Detail.Text text(
            Optional<String> half,
            String of,
            List<String> before,
            List<String> after,
            List<String> shownBefore,
            List<String> shownAfter,
            UnaryOperator<String> shown,
            int most) {
        EditList edits = edits(before, after);
        int added = 0;
        int removed = 0;
        for (Edit edit : edits) {
            removed += edit.getLengthA();
            added += edit.getLengthB();
        }
        List<Hunk> hunks = new ArrayList<>();
        int room = most;
        int left = 0;
        for (int i = 0; i < edits.size(); ) {
            int end = i + 1;
            while (end < edits.size()
                    && edits.get(end).getBeginA() - edits.get(end - 1).getEndA() <= 2 * CONTEXT) {
                end++;
            }
            Hunk hunk = hunk(edits.subList(i, end), shownBefore, shownAfter, shown);
            if (hunk.lines().size() <= room) {
                hunks.add(hunk);
                room -= hunk.lines().size();
            } else {
                List<Line> some = hunk.lines().subList(0, room);
                if (!some.isEmpty()) {
                    hunks.add(new Hunk(hunk.before(), hunk.after(), some));
                }
                left += hunk.lines().size() - room;
                room = 0;
            }
            i = end;
        }
        return new Detail.Text(half, of, added, removed, hunks, left);
    }

    private static Hunk hunk(List<Edit> edits, List<String> before, List<String> after, UnaryOperator<String> shown) {
        List<Line> lines = new ArrayList<>();
        int a = Math.max(0, edits.get(0).getBeginA() - CONTEXT);
        int b = Math.max(0, edits.get(0).getBeginB() - (edits.get(0).getBeginA() - a));
        int from = a;
        for (Edit edit : edits) {
            while (from < edit.getBeginA()) {
                lines.add(new Line(Sign.BOTH, shown.apply(before.get(from++))));
            }
            for (; from < edit.getEndA(); from++) {
                lines.add(new Line(Sign.REMOVED, shown.apply(before.get(from))));
            }
            for (int to = edit.getBeginB(); to < edit.getEndB(); to++) {
                lines.add(new Line(Sign.ADDED, shown.apply(after.get(to))));
            }
        }
        int end = Math.min(before.size(), from + CONTEXT);
        while (from < end) {
            lines.add(new Line(Sign.BOTH, shown.apply(before.get(from++))));
        }
        return new Hunk(a + 1, b + 1, lines);
    }

    private static final class Items extends Sequence {
        final List<String> all;

        Items(List<String> all) {
            this.all = all;
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    private static final class Same extends SequenceComparator<Items> {
        static final Same ITEMS = new Same();

        @Override
        public boolean equals(Items a, int ai, Items b, int bi) {
            return a.all.get(ai).equals(b.all.get(bi));
        }

        @Override
        public int hash(Items items, int at) {
            return items.all.get(at).hashCode();
        }
    }
}
