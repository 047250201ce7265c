package dev.offshoot.service;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.ConfirmToken;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.store.Snapshot;
import dev.offshoot.store.UpdateRequest;
import dev.offshoot.store.UpdateResult;
import dev.offshoot.store.WorkspaceRepository;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/** Lands plans of several definitions as one change, one after the other on each branch. */
final class LandJoined {
    private static final int MOST_ROUNDS = 50;

    private final KeyedLocks branches = new KeyedLocks();
    private final Dependents dependents;

    LandJoined(Dependents dependents) {
        this.dependents = dependents;
    }

    /**
     * What is to be done.
     *
     * @param confirm agrees to a loss of data, as a plan listed it
     * @param fixed to the state that the caller knows: it is not planned again when that has moved
     */
    record Work(
            Function<Snapshot, JoinedPlan> planner,
            Function<JoinedPlan, UpdateRequest> update,
            Optional<ConfirmToken> confirm,
            boolean fixed) {}

    /** Plans and lands, again from the new state when somebody else changed something that the plan was made from. */
    JoinedPlan.Done run(WorkspaceRepository repository, BranchName branch, Work work) {
        Lock turn = branches.of(repository.info().id() + " " + branch);
        turn.lock();
        try {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                Snapshot state = Workspaces.require(repository, branch);
                JoinedPlan plan = work.planner().apply(state);
                if (!plan.consent().isGiven(work.confirm())) {
                    throw plan.consent()
                            .refusal(
                                    work.confirm(),
                                    plan.telling(state, dependents).removals());
                }
                try {
                    UpdateResult result = repository.update(work.update().apply(plan));
                    return new JoinedPlan.Done(plan, result.commit(), result.before(), result.moved());
                } catch (Failure e) {
                    if (e.reason() != Reason.STALE_PLAN || work.fixed()) {
                        throw e;
                    }
                }
            }
            throw Failure.of(Reason.BUSY, "", "too many others change the same files", "try again in a few seconds");
        } finally {
            turn.unlock();
        }
    }
}
