package dev.offshoot.model;

import java.util.List;

/**
 * The one way an operation is refused. Carries every problem found, the first being the one that decides status and exit
 * code. Nothing was written when it is thrown.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient FailureDetails details;

    public Failure(List<Problem> problems) {
        this(problems, FailureDetails.NONE);
    }

    public Failure(List<Problem> problems, FailureDetails details) {
        super(problems.get(0).toString());
        this.problems = List.copyOf(problems);
        this.details = details;
    }

    public Failure(Problem problem) {
        this(List.of(problem));
    }

    public Failure(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problems = List.of(problem);
        this.details = FailureDetails.NONE;
    }

    public static Failure of(Reason reason, String where, String message) {
        return new Failure(Problem.of(reason, where, message));
    }

    public static Failure of(Reason reason, String where, String message, String hint) {
        return new Failure(new Problem(reason, where, message, hint));
    }

    /** Two sides did something differently. */
    public static Failure of(List<Conflict> conflicts) {
        return new Failure(conflicts.stream().map(Conflict::problem).toList(), new FailureDetails.Conflicts(conflicts));
    }

    public FailureDetails details() {
        return details;
    }

    public List<Problem> problems() {
        return problems;
    }

    public Reason reason() {
        return problems.get(0).reason();
    }
}
