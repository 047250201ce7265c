package dev.offshoot.merge;

import dev.offshoot.layout.Renaming;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What each side calls things otherwise than the common base, and what they are called in the end: a name or a place that one side changed is
 * taken; what both changed, and not to the same, is a conflict. Which side is called ours changes nothing.
 */
public final class Renames {
    /** Nothing has another name. */
    public static final Renames NONE = new Renames(Map.of(), Map.of());

    private final Map<TreePath, TreePath> ours;
    private final Map<TreePath, TreePath> theirs;
    private final SortedSet<TreePath> renamed = new TreeSet<>();
    private final Map<TreePath, TreePath> finals = new HashMap<>();
    private final Set<TreePath> underWay = new HashSet<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    private Renames(Map<TreePath, TreePath> ours, Map<TreePath, TreePath> theirs) {
        this.ours = own(ours);
        this.theirs = own(theirs);
        renamed.addAll(this.ours.keySet());
        renamed.addAll(this.theirs.keySet());
        renamed.forEach(this::inTheEnd);
    }

    /**
     * Brings both together.
     *
     * @param ours addresses of things on our side by those in the base
     * @param theirs the same for the other side
     */
    public static Renames of(Map<TreePath, TreePath> ours, Map<TreePath, TreePath> theirs) {
        return ours.isEmpty() && theirs.isEmpty() ? NONE : new Renames(ours, theirs);
    }

    /** Without what only goes along with a folder around it. */
    private static Map<TreePath, TreePath> own(Map<TreePath, TreePath> moves) {
        Map<TreePath, TreePath> own = new HashMap<>();
        moves.forEach((from, to) -> {
            TreePath along = Renaming.moved(from.parent(), moves).child(from.name());
            if (!along.equals(to)) {
                own.put(from, to);
            }
        });
        return Map.copyOf(own);
    }

    public boolean isEmpty() {
        return renamed.isEmpty();
    }

    /** What has to be renamed in the base. */
    public Map<TreePath, TreePath> ofBase() {
        return moves(Map.of());
    }

    /** What has to be renamed on our side. */
    public Map<TreePath, TreePath> ofOurs() {
        return moves(ours);
    }

    /** What has to be renamed on the other side. */
    public Map<TreePath, TreePath> ofTheirs() {
        return moves(theirs);
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    private Map<TreePath, TreePath> moves(Map<TreePath, TreePath> side) {
        Map<TreePath, TreePath> moves = new HashMap<>();
        boolean changes = false;
        for (TreePath base : renamed) {
            TreePath there = Renaming.moved(base, side);
            moves.put(there, finals.get(base));
            changes |= !there.equals(finals.get(base));
        }
        return changes ? Map.copyOf(moves) : Map.of();
    }

    private TreePath inTheEnd(TreePath base) {
        TreePath known = finals.get(base);
        if (known != null) {
            return known;
        }
        if (!renamed.contains(base)) {
            return base.isRoot() || base.parent().isRoot()
                    ? base
                    : inTheEnd(base.parent()).child(base.name());
        }
        if (!underWay.add(base)) {
            return base; // each side moved one of two folders into the other
        }
        TreePath here = ours.getOrDefault(base, Renaming.moved(base, ours));
        TreePath there = theirs.getOrDefault(base, Renaming.moved(base, theirs));
        TreePath folderHere = inBase(here.parent(), ours);
        TreePath folderThere = inBase(there.parent(), theirs);
        boolean folderOfTheirs = folderHere.equals(base.parent());
        boolean nameOfTheirs = here.name().equals(base.name());
        boolean folders = folderOfTheirs || folderThere.equals(base.parent()) || folderThere.equals(folderHere);
        boolean names =
                nameOfTheirs || there.name().equals(base.name()) || there.name().equals(here.name());
        if (!folders || !names) {
            conflicts.add(new Conflict(
                    base,
                    new Place.File(),
                    What.RENAMED_TWICE,
                    Optional.of(base.value()),
                    Optional.of(here.value()),
                    Optional.of(there.value()),
                    Suggestion.DECIDE));
        }
        TreePath found =
                inTheEnd(folderOfTheirs ? folderThere : folderHere).child(nameOfTheirs ? there.name() : here.name());
        finals.put(base, found);
        return found;
    }

    /** The address in the base of a folder of a side. */
    private static TreePath inBase(TreePath folder, Map<TreePath, TreePath> side) {
        Map<TreePath, TreePath> back = new HashMap<>();
        side.forEach((from, to) -> back.put(to, from));
        return Renaming.moved(folder, back);
    }
}
