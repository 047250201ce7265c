package dev.offshoot.store;

import dev.offshoot.model.Failure;
import dev.offshoot.model.FileNames;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** Modes and names in trees that came from outside. A tree that was looked at once, or is part of an accepted one, is not looked at again. */
final class PushedTrees {
    private static final int MOST_ENTRIES = 100_000;
    private static final int DEEPEST = 64;

    private final TreeSource trees;
    private final List<Problem> problems;
    private final Set<ObjectId> seen = new HashSet<>();

    PushedTrees(TreeSource trees, List<Problem> problems) {
        this.trees = trees;
        this.problems = problems;
    }

    /** Looks at a tree where it differs from an accepted one. */
    void check(ObjectId accepted, ObjectId tree) throws IOException {
        check(accepted, tree, TreePath.ROOT, 0);
    }

    private void check(ObjectId accepted, ObjectId tree, TreePath at, int depth) throws IOException {
        if (tree.equals(accepted) || !seen.add(tree)) {
            return;
        }
        if (depth > DEEPEST) {
            problems.add(Problem.of(
                    Reason.LIMIT_EXCEEDED, at.value(), "folders are nested deeper than " + DEEPEST + " levels"));
            return;
        }
        Map<String, ObjectId> before = new HashMap<>();
        for (TreeCursor c = new TreeCursor(trees.rawOrEmpty(accepted)); c.next(); ) {
            if (c.isFolder()) {
                before.put(c.key(), c.id());
            }
        }
        Map<String, String> folded = new HashMap<>();
        int entries = 0;
        for (TreeCursor c = new TreeCursor(trees.rawOrEmpty(tree)); c.next(); ) {
            if (++entries > MOST_ENTRIES) {
                problems.add(Problem.of(
                        Reason.LIMIT_EXCEEDED, at.value(), "a folder has at most " + MOST_ENTRIES + " entries"));
                return;
            }
            entry(c, at, folded, before, depth);
        }
    }

    private void entry(TreeCursor c, TreePath at, Map<String, String> folded, Map<String, ObjectId> before, int depth)
            throws IOException {
        String name = c.name();
        String where = at.isRoot() ? name : at.value() + "/" + name;
        if (FileMode.SYMLINK.equals(c.mode())) {
            refuse(where, "symbolic links are not supported");
        } else if (FileMode.GITLINK.equals(c.mode())) {
            refuse(where, "submodules are not supported");
        } else if (name.toLowerCase(Locale.ROOT).equals(".gitmodules")) {
            refuse(where, "submodules are not supported, so neither is this file");
        } else if (!TreeCursor.key(name.getBytes(StandardCharsets.UTF_8)).equals(c.key())) {
            refuse(where, "the name is not UTF-8");
        } else {
            TreePath path;
            try {
                path = at.child(name);
            } catch (Failure e) {
                Problem why = e.problems().get(0);
                problems.add(
                        new Problem(why.reason(), where, why.message(), "give it a name that every system can hold"));
                return;
            }
            String other = folded.put(FileNames.fold(name), name);
            if (other != null) {
                refuse(where, "it differs from " + other + " only in letter case or accents' form");
            }
            if (c.isFolder()) {
                check(before.getOrDefault(c.key(), TreeSource.EMPTY), c.id(), path, depth + 1);
            }
        }
    }

    private void refuse(String where, String message) {
        problems.add(
                Problem.of(Reason.INVALID_PATH, where, message).withHint("remove or rename it in every new commit"));
    }
}
