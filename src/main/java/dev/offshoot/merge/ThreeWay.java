package dev.offshoot.merge;

import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreeEdit;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings together what two sides did to trees of definitions since a common base. What one side changed is taken; where both changed one
 * file, entities are merged field by field, texts line by line, order files and files of lines by what their readers understand. What
 * cannot be decided is a {@link Conflict}; no mark is written into a file. Which side is called ours changes nothing but the names.
 */
public final class ThreeWay {
    private final Layouts layouts;
    private final FileMerge files;

    public ThreeWay(Layouts layouts) {
        this.layouts = layouts;
        this.files = new FileMerge(layouts);
    }

    /**
     * Merges what two sides did when they also gave things other names: everything is brought under the names that things have in the end, with
     * the references to them, and then merged.
     */
    public Merged merge(Side base, Side ours, Side theirs, Renames renames) {
        if (renames.isEmpty()) {
            return merge(base, ours, theirs);
        }
        RenamedSide before = RenamedSide.of(base, renames.ofBase(), layouts);
        RenamedSide here = RenamedSide.of(ours, renames.ofOurs(), layouts);
        RenamedSide there = RenamedSide.of(theirs, renames.ofTheirs(), layouts);
        Merged merged = merge(before.side(), here.side(), there.side());
        TreeMap<TreePath, Optional<Content>> edits = new TreeMap<>();
        ours.files().keySet().stream()
                .filter(path -> !here.side().has(path))
                .forEach(path -> edits.put(path, Optional.empty()));
        here.side().files().keySet().stream()
                .filter(path -> !here.side().name(path).equals(ours.name(path)))
                .forEach(path -> edits.put(path, here.side().load(path)));
        edits.putAll(merged.edits().changes());
        List<Conflict> conflicts = new ArrayList<>(renames.conflicts());
        conflicts.addAll(here.conflicts());
        conflicts.addAll(there.conflicts().stream().map(ThreeWay::turned).toList());
        conflicts.addAll(merged.conflicts());
        return new Merged(new TreeEdit(edits), merged.ours(), merged.theirs(), merged.both(), conflicts);
    }

    /** Merges. Pure, but for what the sides load. */
    public Merged merge(Side base, Side ours, Side theirs) {
        Run run = new Run(base, ours, theirs);
        SortedSet<TreePath> paths = new TreeSet<>(base.files().keySet());
        paths.addAll(ours.files().keySet());
        paths.addAll(theirs.files().keySet());
        paths.forEach(run::take);
        run.conflicts.addAll(addedToRemoved(base, ours, theirs));
        run.conflicts.addAll(addedToRemoved(base, theirs, ours).stream()
                .map(ThreeWay::turned)
                .toList());
        run.conflicts.addAll(Clashes.between(base, ours, theirs));
        return run.merged();
    }

    /** One merge on its way. */
    private final class Run {
        final Side base;
        final Side ours;
        final Side theirs;
        final TreeMap<TreePath, Optional<Content>> edits = new TreeMap<>();
        final SortedSet<TreePath> changedHere = new TreeSet<>();
        final SortedSet<TreePath> changedThere = new TreeSet<>();
        final SortedSet<TreePath> both = new TreeSet<>();
        final List<Conflict> conflicts = new ArrayList<>();

        Run(Side base, Side ours, Side theirs) {
            this.base = base;
            this.ours = ours;
            this.theirs = theirs;
        }

        void take(TreePath path) {
            Optional<ObjectName> before = base.name(path);
            Optional<ObjectName> here = ours.name(path);
            Optional<ObjectName> there = theirs.name(path);
            if (here.equals(there)) {
                return;
            }
            if (there.equals(before)) {
                changedHere.add(path);
            } else if (here.equals(before)) {
                changedThere.add(path);
                edits.put(path, theirs.load(path));
            } else {
                bring(path, before.flatMap(n -> base.load(path)), ours.load(path), theirs.load(path));
            }
        }

        private void bring(TreePath path, Optional<Content> before, Optional<Content> here, Optional<Content> there) {
            FileMerge.Result result = files.merge(path, before, here, there);
            conflicts.addAll(result.conflicts());
            if (result.conflicts().isEmpty()) {
                both.add(path);
                if (!result.content().equals(here)) {
                    edits.put(path, result.content());
                }
            }
        }

        Merged merged() {
            return new Merged(new TreeEdit(edits), changedHere, changedThere, both, conflicts);
        }
    }

    /** What the other side put where we removed the entity that it would belong to. */
    private List<Conflict> addedToRemoved(Side base, Side remover, Side adder) {
        Set<TreePath> gone = new HashSet<>();
        for (TreePath path : base.files().keySet()) {
            if (!remover.has(path) && adder.has(path) && layouts.isMainFile(path)) {
                gone.add(path.parent());
            }
        }
        List<Conflict> found = new ArrayList<>();
        if (gone.isEmpty()) {
            return found;
        }
        for (TreePath path : adder.files().keySet()) {
            if (!base.has(path) && !remover.has(path) && isBelowAny(path, gone)) {
                found.add(new Conflict(
                        path,
                        new Place.File(),
                        What.ADDED_TO_REMOVED,
                        Optional.empty(),
                        Optional.empty(),
                        adder.load(path).map(FileMerge::text),
                        Suggestion.KEEP_THEIRS));
            }
        }
        return found;
    }

    private static boolean isBelowAny(TreePath path, Set<TreePath> folders) {
        for (TreePath at = path.parent(); !at.isRoot(); at = at.parent()) {
            if (folders.contains(at)) {
                return true;
            }
        }
        return false;
    }

    /** The same as the other side sees it. */
    private static Conflict turned(Conflict c) {
        Suggestion suggestion = switch (c.suggestion()) {
            case KEEP_OURS -> Suggestion.KEEP_THEIRS;
            case KEEP_THEIRS -> Suggestion.KEEP_OURS;
            case RENAME, DECIDE -> c.suggestion();
        };
        return new Conflict(c.path(), c.place(), c.what(), c.base(), c.theirs(), c.ours(), suggestion);
    }
}
