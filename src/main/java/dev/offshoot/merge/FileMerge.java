package dev.offshoot.merge;

import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.YamlFiles;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;

/** One file that both sides changed, each in its own way. */
final class FileMerge {
    private final Layouts layouts;

    FileMerge(Layouts layouts) {
        this.layouts = layouts;
    }

    /**
     * What came of it.
     *
     * @param content of the file; empty: it goes. Means nothing when there are conflicts
     */
    record Result(Optional<Content> content, List<Conflict> conflicts) {
        static Result of(Content content) {
            return new Result(Optional.of(content), List.of());
        }

        static Result of(List<Conflict> conflicts) {
            return new Result(Optional.empty(), conflicts);
        }
    }

    /** Merges; of the three, each differs from both others. */
    Result merge(TreePath path, Optional<Content> base, Optional<Content> ours, Optional<Content> theirs) {
        // What lies outside the platforms' folders is somebody else's text, comments, order of keys and all.
        boolean isDefinition = layouts.platforms().contains(path.segments().get(0));
        if (isDefinition && path.name().endsWith(".order")) {
            return OrderMerge.files(path, base, ours, theirs);
        }
        if (layouts.holdsLines(path)) {
            return orWhole(path, base, ours, theirs, () -> new LineFileMerge(layouts, path).merge(base, ours, theirs));
        }
        if (base.isEmpty() || ours.isEmpty() || theirs.isEmpty()) {
            return whole(path, base, ours, theirs);
        }
        if (isDefinition && YamlFiles.isYaml(path)) {
            return orWhole(
                    path,
                    base,
                    ours,
                    theirs,
                    () -> new EntityMerge(layouts, path).merge(base.get(), ours.get(), theirs.get()));
        }
        return base.get().isText() && ours.get().isText() && theirs.get().isText()
                ? TextMerge.of(base.get(), ours.get(), theirs.get()).result(path)
                : whole(path, base, ours, theirs);
    }

    private interface Attempt {
        Result run();
    }

    /** A file that somebody broke cannot be looked into, yet it can be told. */
    private static Result orWhole(
            TreePath path, Optional<Content> base, Optional<Content> ours, Optional<Content> theirs, Attempt attempt) {
        try {
            return attempt.run();
        } catch (Failure e) {
            return whole(path, base, ours, theirs);
        }
    }

    private static Result whole(
            TreePath path, Optional<Content> base, Optional<Content> ours, Optional<Content> theirs) {
        What what = base.isEmpty()
                ? What.ADDED_TWICE
                : ours.isEmpty() || theirs.isEmpty() ? What.CHANGED_AND_REMOVED : What.CHANGED_TWICE;
        Suggestion suggestion = switch (what) {
            case ADDED_TWICE -> Suggestion.RENAME;
            case CHANGED_AND_REMOVED -> ours.isEmpty() ? Suggestion.KEEP_THEIRS : Suggestion.KEEP_OURS;
            default -> Suggestion.DECIDE;
        };
        return Result.of(List.of(new Conflict(
                path,
                new Place.File(),
                what,
                base.map(FileMerge::text),
                ours.map(FileMerge::text),
                theirs.map(FileMerge::text),
                suggestion)));
    }

    /** A file as a person is shown it. */
    static String text(Content content) {
        return content.isText() ? content.utf8() : content.toString();
    }
}
