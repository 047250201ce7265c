package dev.offshoot.model;

import java.util.List;

/** What a refusal carries beside its problems, for a caller that wants to act on it rather than to show it. */
public sealed interface FailureDetails {
    /** Nothing: the problems say it all. */
    FailureDetails NONE = new None();

    record None() implements FailureDetails {}

    /** What two sides did differently, for a person to decide. */
    record Conflicts(List<Conflict> conflicts) implements FailureDetails {
        public Conflicts {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** The platform would lose data, and nobody has agreed to that: what, and the token that agrees. */
    record DataLoss(ConfirmToken confirm, List<Removal> losses) implements FailureDetails {
        public DataLoss {
            losses = List.copyOf(losses);
        }
    }
}
