package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** All refs of a repository and its default branch, as texts that Git itself reads. */
record RepositoryRefs(BranchName defaultBranch, SortedMap<String, ObjectId> byName) {
    private static final List<String> PREFIXES = List.of(Constants.R_HEADS, Constants.R_TAGS, "refs/offshoot/");
    private static final String TO = "ref: ";

    RepositoryRefs {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** What other programs keep elsewhere is theirs. */
    static boolean isOurs(String ref) {
        return PREFIXES.stream().anyMatch(ref::startsWith) && Repository.isValidRefName(ref);
    }

    Content head() {
        return Content.utf8(TO + defaultBranch.ref() + "\n");
    }

    /** Without peeled tags: Git and JGit peel them when they are asked for. */
    Content packed() {
        StringBuilder text = new StringBuilder("# pack-refs with: sorted \n");
        byName.forEach(
                (ref, id) -> text.append(id.name()).append(' ').append(ref).append('\n'));
        return Content.utf8(text.toString());
    }

    /**
     * Reads what {@link #head} and {@link #packed} wrote, and nothing else.
     *
     * @throws Failure {@code INVALID_ARCHIVE}
     */
    static RepositoryRefs parse(Content head, Content packed) {
        SortedMap<String, ObjectId> found = new TreeMap<>();
        for (String line : packed.utf8().split("\n")) {
            if (line.startsWith("#")) {
                continue;
            }
            int blank = line.indexOf(' ');
            String ref = line.substring(blank + 1);
            if (blank < 0 || !ObjectId.isId(line.substring(0, blank)) || !isOurs(ref)) {
                throw wrong("packed-refs", "a line is no ref of ours");
            }
            found.put(ref, ObjectId.fromString(line.substring(0, blank)));
        }
        String target = head.utf8().strip();
        String branch =
                target.startsWith(TO + Constants.R_HEADS) ? target.substring((TO + Constants.R_HEADS).length()) : "";
        if (!BranchName.isValid(branch) || !found.containsKey(Constants.R_HEADS + branch)) {
            throw wrong("HEAD", "it names no branch that is there");
        }
        return new RepositoryRefs(new BranchName(branch), found);
    }

    static Failure wrong(String where, String what) {
        return Failure.of(Reason.INVALID_ARCHIVE, where, what, "use another backup; nothing was written");
    }
}
