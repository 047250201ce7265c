package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Another repository that branches of a workspace are pushed to, and how the last pushes went. Its password is in the vault.
 *
 * @param user shown to the other server; empty when it wants none
 * @param attempt the last one of any branch, whether it is over or not
 * @param success the last one of any branch
 * @param trouble why the last attempt failed; empty when it did not
 * @param publish branches that are pushed after each commit
 * @param publications how far these have come; a branch that is missing was never tried
 */
public record Remote(
        RemoteName name,
        RemoteUrl.Http url,
        String user,
        Optional<Attempt> attempt,
        Optional<Success> success,
        Optional<Problem> trouble,
        BranchSelection publish,
        SortedMap<BranchName, Publication> publications) {
    private static final int LONGEST_USER = 200;

    public record Attempt(BranchName branch, Instant at) {}

    public record Success(BranchName branch, ObjectName commit, Instant at) {}

    public Remote {
        if (user.length() > LONGEST_USER || user.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == ':')) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/user",
                    "not a user that can be sent",
                    "use at most " + LONGEST_USER + " characters, no colon and no control characters");
        }
        publications = Collections.unmodifiableSortedMap(new TreeMap<>(publications));
        if (!publications.keySet().stream().allMatch(publish::contains)) {
            throw new IllegalArgumentException("only branches that are published by themselves are kept account of");
        }
    }

    /** One that nothing has been pushed to yet. */
    public static Remote of(RemoteName name, RemoteUrl.Http url, String user) {
        return new Remote(
                name,
                url,
                user,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BranchSelection.NONE,
                Collections.emptySortedMap());
    }

    /** Whether a password given for one may be shown to the other. */
    public boolean isSamePlace(Remote other) {
        return url.equals(other.url) && user.equals(other.user);
    }

    public Publication publication(BranchName branch) {
        return publications.getOrDefault(branch, Publication.NONE);
    }

    /** With these branches pushed after each commit; what waited for a change is worth a try again. */
    public Remote publishing(BranchSelection branches) {
        SortedMap<BranchName, Publication> kept = new TreeMap<>();
        publications.forEach((branch, publication) -> {
            if (branches.contains(branch)) {
                kept.put(branch, publication.withoutSetback());
            }
        });
        return new Remote(name, url, user, attempt, success, trouble, branches, kept);
    }

    /** Without the account of branches that are no more. */
    public Remote keeping(Set<BranchName> branches) {
        SortedMap<BranchName, Publication> kept = new TreeMap<>(publications);
        kept.keySet().retainAll(branches);
        return new Remote(name, url, user, attempt, success, trouble, publish, kept);
    }

    public Remote attempted(BranchName branch, Instant at) {
        return new Remote(
                name, url, user, Optional.of(new Attempt(branch, at)), success, trouble, publish, publications);
    }

    public Remote succeeded(Success last) {
        return new Remote(
                name,
                url,
                user,
                attempt,
                Optional.of(last),
                Optional.empty(),
                publish,
                with(
                        last.branch(),
                        publication(last.branch()).arrived(new Publication.Arrival(last.commit(), last.at()))));
    }

    public Remote failed(BranchName branch, Publication.Setback why) {
        return new Remote(
                name,
                url,
                user,
                attempt,
                success,
                Optional.of(why.why()),
                publish,
                with(branch, publication(branch).failed(why)));
    }

    private SortedMap<BranchName, Publication> with(BranchName branch, Publication publication) {
        if (!publish.contains(branch)) {
            return publications;
        }
        SortedMap<BranchName, Publication> all = new TreeMap<>(publications);
        all.put(branch, publication);
        return all;
    }
}
