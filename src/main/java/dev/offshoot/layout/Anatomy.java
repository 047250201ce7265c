package dev.offshoot.layout;

import java.util.List;
import java.util.Optional;

/**
 * How a record is taken apart beyond its main file.
 *
 * @param outer rules for what stands outside the halves; its texts are those of the kind
 * @param half rules for each half
 * @param arrangement those of the derived places outside the halves that say where a record stands for people: their line is in the
 *     arrangement
 */
record Anatomy(Halves halves, Rules outer, Rules half, List<Pointer> arrangement) {
    static final Anatomy PLAIN = new Anatomy(Halves.NONE, Rules.NONE, Rules.NONE, List.of());

    /** Names of the line files of a folder. */
    static final String DERIVED = "derived";

    static final String ARRANGEMENT = "arrangement";

    /**
     * @param derived what the platform works out again by itself: kept in the folder's derived file, one line per entity
     */
    record Rules(List<Kind.Text> texts, List<Pointer> derived, Optional<TreeRule> tree) {
        static final Rules NONE = new Rules(List.of(), List.of(), Optional.empty());

        Rules {
            texts = List.copyOf(texts);
            derived = List.copyOf(derived);
        }

        boolean isNone() {
            return texts.isEmpty() && derived.isEmpty() && tree.isEmpty();
        }
    }

    boolean isPlain() {
        return halves.isNone() && outer.isNone() && half.isNone();
    }

    /** True when absences of implied fields are written among the derived facts, and not in the ledger. */
    boolean hasDerived() {
        return outer.derived().size() > arrangement.size() || !half.derived().isEmpty();
    }

    /** True when records of the kind are lines of a file of their folder. */
    boolean hasLines() {
        return !outer.derived().isEmpty() || !half.derived().isEmpty() || tree().isPresent();
    }

    /** The tree inside a half, or in the record itself. */
    Optional<TreeRule> tree() {
        return half.tree().or(outer::tree);
    }
}
