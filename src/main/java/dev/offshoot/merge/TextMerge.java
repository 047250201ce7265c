package dev.offshoot.merge;

import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Content;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;

/** Merges texts line by line, by JGit's algorithm. A line is what it is with its end, so that no line end is made up or lost. */
final class TextMerge {

    private final MergeResult<Lines> result;

    private TextMerge(MergeResult<Lines> result) {
        this.result = result;
    }

    static TextMerge of(Content base, Content ours, Content theirs) {
        return new TextMerge(new MergeAlgorithm().merge(Same.LINES, Lines.of(base), Lines.of(ours), Lines.of(theirs)));
    }

    /** The merged text, if no line is in question. */
    Optional<Content> text() {
        if (result.containsConflicts()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (MergeChunk chunk : result) {
            text.append(textOf(chunk));
        }
        return Optional.of(Content.utf8(text.toString()));
    }

    FileMerge.Result result(TreePath path) {
        return text().map(FileMerge.Result::of).orElseGet(() -> FileMerge.Result.of(conflicts(path)));
    }

    private List<Conflict> conflicts(TreePath path) {
        List<Conflict> conflicts = new ArrayList<>();
        MergeChunk ours = null;
        MergeChunk base = null;
        for (MergeChunk chunk : result) {
            switch (chunk.getConflictState()) {
                case FIRST_CONFLICTING_RANGE -> ours = chunk;
                case BASE_CONFLICTING_RANGE -> base = chunk;
                case NEXT_CONFLICTING_RANGE -> conflicts.add(conflict(path, base, ours, chunk));
                case NO_CONFLICT -> {}
            }
        }
        return conflicts;
    }

    private Conflict conflict(TreePath path, MergeChunk base, MergeChunk ours, MergeChunk theirs) {
        return new Conflict(
                path,
                new Place.Lines(base.getBegin() + 1, ours.getBegin() + 1, theirs.getBegin() + 1),
                What.CHANGED_TWICE,
                Optional.of(textOf(base)),
                Optional.of(textOf(ours)),
                Optional.of(textOf(theirs)),
                Suggestion.DECIDE);
    }

    private String textOf(MergeChunk chunk) {
        Lines lines = result.getSequences().get(chunk.getSequenceIndex());
        return String.join("", lines.all.subList(chunk.getBegin(), chunk.getEnd()));
    }

    /** A text as the algorithm sees it. */
    private static final class Lines extends Sequence {
        final List<String> all;

        private Lines(List<String> all) {
            this.all = all;
        }

        static Lines of(Content content) {
            String text = content.utf8();
            List<String> lines = new ArrayList<>();
            for (int from = 0; from < text.length(); ) {
                int end = text.indexOf('\n', from);
                end = end < 0 ? text.length() : end + 1;
                lines.add(text.substring(from, end));
                from = end;
            }
            return new Lines(lines);
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    private static final class Same extends SequenceComparator<Lines> {
        static final Same LINES = new Same();

        @Override
        public boolean equals(Lines a, int ai, Lines b, int bi) {
            return a.all.get(ai).equals(b.all.get(bi));
        }

        @Override
        public int hash(Lines lines, int at) {
            return lines.all.get(at).hashCode();
        }
    }
}
