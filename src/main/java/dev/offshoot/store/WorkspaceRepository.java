package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.Revision;
import dev.offshoot.model.TagName;
import dev.offshoot.model.TreePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** One workspace: branches of definitions, each with its ledger. Safe for use by many threads. */
public interface WorkspaceRepository {
    WorkspaceInfo info();

    BranchName defaultBranch();

    /**
     * Chooses the branch that is meant when nobody names one, that clones check out and that the checkout follows. Durable when this
     * returns.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND} when there is no such branch
     */
    void setDefaultBranch(BranchName name);

    List<BranchName> branches();

    /** Every branch with the commit it stands at. */
    SortedMap<BranchName, ObjectName> heads();

    /** Every tag with the commit it leads to. */
    SortedMap<TagName, ObjectName> tags();

    /**
     * Starts a branch, with a ledger of its own from then on.
     *
     * @return the commit it starts from
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND} for the revision, {@code ALREADY_EXISTS}, or {@code NAME_TAKEN} when a clone could
     *     not hold it beside one that is there
     */
    ObjectName createBranch(BranchName name, Revision from);

    /**
     * Removes a branch; commits that other branches and tags lead to keep their ledger.
     *
     * @throws dev.offshoot.model.Failure {@code NOT_FOUND}; {@code CONFLICT} for the default branch
     */
    void deleteBranch(BranchName name);

    /** Like {@link #createBranch}, for a tag. */
    ObjectName createTag(TagName name, Revision at);

    /** @throws dev.offshoot.model.Failure {@code NOT_FOUND} */
    void deleteTag(TagName name);

    /**
     * The state a revision names: branch commit and the ledger that belongs to it, read together.
     *
     * @return empty when there is no such branch, tag or commit
     */
    Optional<Snapshot> snapshot(Revision revision);

    /**
     * The one way to change a workspace. Branch and ledger move together to a durable state, or nothing changes.
     *
     * @throws dev.offshoot.model.Failure {@code STALE_PLAN} when an expectation of the request does not hold any more
     */
    default UpdateResult update(UpdateRequest request) {
        return update(request, () -> {});
    }

    /**
     * The same, when something else has to be true as well that is still being found out.
     *
     * @param condition waits for it; called when everything is prepared and before anything is written. What it throws comes back, and
     *     nothing has changed then
     */
    UpdateResult update(UpdateRequest request, Runnable condition);

    /**
     * Takes the history of a commit of another repository over as a branch: its commits as they are, each looked at as one of a push is, and a
     * ledger made.
     *
     * @param review decides about every commit, and says what the ledger has to say
     * @throws dev.offshoot.model.Failure with all that is wrong with any commit; {@code ALREADY_EXISTS}, {@code NAME_TAKEN} for the branch,
     *     {@code LIMIT_EXCEEDED} when it is too much, {@code STALE_PLAN} when somebody else was faster; nothing is changed then
     */
    KeptHistory keepHistory(FetchedRepository from, HistoryUpdate update, PushReview review);

    /** Commits that changed a path, newest first, at most {@code limit}, starting after {@code after} when given. */
    List<CommitInfo> history(Revision revision, TreePath path, Optional<ObjectName> after, int limit);

    /** A commit, if a revision leads to it. */
    Optional<CommitInfo> inHistory(Revision revision, ObjectName commit);

    /**
     * For each of some files and folders the newest commit that left it otherwise than all its parents had it.
     *
     * @param most commits that are looked at, newest first; what was changed before them is missing in the answer
     */
    Map<TreePath, CommitInfo> lastChanges(Revision revision, Set<TreePath> places, int most);

    /** Other repositories that branches are pushed to, by name. */
    SortedMap<RemoteName, Remote> remotes();

    /**
     * Changes them, one change after the other; durable when this returns.
     *
     * @param change makes the new ones of those there are
     * @throws dev.offshoot.model.Failure {@code LIMIT_EXCEEDED} when they are too many
     */
    void changeRemotes(UnaryOperator<SortedMap<RemoteName, Remote>> change);

    /** How the checkout that follows the default branch stands. Never waits. */
    CheckoutState checkout();

    /**
     * Waits until the checkout has followed what has landed before this call, or turned out to be unable to.
     *
     * @return how it stands then, or when the time is over
     */
    CheckoutState awaitCheckout(Duration atMost);
}
