package dev.offshoot.diff;

import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What happened to one entity. */
public sealed interface Change {
    /** As it is now; as it was, when it is gone. */
    Who who();

    /** The changed files that this change accounts for, in both states. */
    SortedSet<TreePath> files();

    /** True when a reader who asks for nothing special is not shown it: nothing in it is something that a person meant. */
    default boolean isNoise() {
        return false;
    }

    /**
     * It was not there.
     *
     * @param with numbers of what came with it, by kind
     * @param copy what it is a copy of, if it is one
     */
    record Added(Who who, SortedMap<String, Integer> with, Optional<Copy> copy, SortedSet<TreePath> files)
            implements Change {}

    /**
     * It is gone.
     *
     * @param with numbers of what went with it, by kind
     */
    record Removed(Who who, SortedMap<String, Integer> with, SortedSet<TreePath> files) implements Change {}

    /**
     * It has another name, or its files have.
     *
     * @param references references that followed it, in this and other files
     */
    record Renamed(Who before, Who who, int references, SortedSet<TreePath> files) implements Change {
        /** Twins change places, and a file can have another name than what is in it. */
        @Override
        public boolean isNoise() {
            return before.name().equals(who.name());
        }
    }

    /** It belongs to something else. */
    record Moved(Who before, Who who, int references, SortedSet<TreePath> files) implements Change {}

    /**
     * It is another inside.
     *
     * @param more details that were left out, because there are too many
     */
    record Changed(Who who, List<Detail> details, int more, SortedSet<TreePath> files) implements Change {
        public Changed {
            details = List.copyOf(details);
        }

        @Override
        public boolean isNoise() {
            return details.stream().allMatch(Detail::isNoise);
        }
    }

    /**
     * What an added entity is a copy of.
     *
     * @param different what is not the same in the copy, the first of it
     * @param more what else is not
     */
    record Copy(Who of, List<String> different, int more) {
        public Copy {
            different = List.copyOf(different);
        }
    }
}
