package dev.offshoot.store;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Walks the commits that changed a path. */
final class History {
    private History() {}

    static List<CommitInfo> of(
            RepositoryView view, ObjectId start, TreePath path, Optional<ObjectName> after, int limit)
            throws IOException {
        List<CommitInfo> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(view.reader())) {
            walk.markStart(walk.parseCommit(start));
            if (!path.isRoot()) {
                walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path.value()), TreeFilter.ANY_DIFF));
                walk.setRewriteParents(false);
            }
            boolean skipping = after.isPresent();
            for (RevCommit commit; found.size() < limit && (commit = walk.next()) != null; ) {
                if (!skipping) {
                    found.add(info(view, commit));
                } else if (commit.name().equals(after.get().value())) {
                    skipping = false;
                }
            }
        }
        return found;
    }

    /** A commit that another one leads to, or is. */
    static Optional<CommitInfo> find(RepositoryView view, ObjectId start, ObjectName wanted) throws IOException {
        ObjectId id = ObjectId.fromString(wanted.value());
        if (!view.reader().has(id, Constants.OBJ_COMMIT)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(view.reader())) {
            RevCommit commit = walk.parseCommit(id);
            return walk.isMergedInto(commit, walk.parseCommit(start))
                    ? Optional.of(info(view, commit))
                    : Optional.empty();
        }
    }

    /** The newest commit that left a place otherwise than all its parents had it, for each place; looks at so many commits. */
    static Map<TreePath, CommitInfo> last(RepositoryView view, ObjectId start, Set<TreePath> places, int most)
            throws IOException {
        Map<TreePath, CommitInfo> found = new HashMap<>();
        Set<String> open = places.stream().map(TreePath::value).collect(Collectors.toCollection(TreeSet::new));
        try (RevWalk walk = new RevWalk(view.reader())) {
            walk.markStart(walk.parseCommit(start));
            RevCommit commit;
            for (int seen = 0; seen < most && !open.isEmpty() && (commit = walk.next()) != null; seen++) {
                Set<String> changed = changedBy(walk, commit, open);
                if (!changed.isEmpty()) {
                    CommitInfo info = info(view, commit);
                    changed.forEach(path -> found.put(TreePath.of(path), info));
                    open.removeAll(changed);
                }
            }
        }
        return found;
    }

    private static Set<String> changedBy(RevWalk walk, RevCommit commit, Set<String> places) throws IOException {
        Set<String> changed = new HashSet<>();
        try (TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                walk.parseHeaders(parent);
                trees.addTree(parent.getTree());
            }
            if (commit.getParentCount() == 0) {
                trees.addTree(new EmptyTreeIterator());
            }
            trees.setFilter(AndTreeFilter.create(PathFilterGroup.createFromStrings(places), TreeFilter.ANY_DIFF));
            while (trees.next()) {
                boolean other = true;
                for (int parent = 1; parent < trees.getTreeCount(); parent++) {
                    other &= !trees.idEqual(0, parent);
                }
                if (places.contains(trees.getPathString())) {
                    if (other) {
                        changed.add(trees.getPathString());
                    }
                } else if (other && trees.isSubtree()) {
                    trees.enterSubtree();
                }
            }
        }
        return changed;
    }

    /** The walk may have rewritten or dropped parents; the commit itself knows them. */
    private static CommitInfo info(RepositoryView view, RevCommit walked) throws IOException {
        RevCommit commit = view.walk().parseCommit(walked);
        PersonIdent author = commit.getAuthorIdent();
        return new CommitInfo(
                new ObjectName(commit.name()),
                Arrays.stream(commit.getParents())
                        .map(parent -> new ObjectName(parent.name()))
                        .toList(),
                new Person(author.getName(), author.getEmailAddress()),
                author.getWhenAsInstant(),
                commit.getFullMessage());
    }
}
