package dev.offshoot.model;

/**
 * Why something was refused or is worth a warning. The name is the stable code that clients see (lower case, with
 * dashes); the {@link Category} decides the HTTP status and the exit code in the fronts.
 */
public enum Reason {
    MALFORMED_JSON(Category.INVALID),
    MALFORMED_YAML(Category.INVALID),
    DUPLICATE_KEY(Category.INVALID),
    LIMIT_EXCEEDED(Category.INVALID),
    BODY_TOO_LARGE(Category.TOO_LARGE),
    UNKNOWN_PLATFORM(Category.INVALID),
    WRONG_ENVELOPE(Category.INVALID),
    NEWER_VERSION(Category.INVALID),
    INVALID_NAME(Category.INVALID),
    INVALID_PATH(Category.INVALID),
    INVALID_PARAMETER(Category.INVALID),
    INVALID_LAYOUT(Category.INVALID),
    INVALID_REPOSITORY(Category.INVALID),
    INVALID_ARCHIVE(Category.INVALID),
    REMOTE_DENIED(Category.INVALID),
    REMOTE_REFUSED(Category.CONFLICT),
    UNRESOLVED_REFERENCE(Category.INVALID),
    AMBIGUOUS_DEFINITION(Category.CONFLICT),
    NOT_LOSSLESS(Category.INVALID),
    NOT_FOUND(Category.NOT_FOUND),
    ALREADY_EXISTS(Category.CONFLICT),
    NAME_TAKEN(Category.CONFLICT),
    CONFLICT(Category.CONFLICT),
    DATA_LOSS(Category.CONFLICT),
    VAULT_LOCKED(Category.CONFLICT),
    STALE_PLAN(Category.STALE),
    UNAUTHENTICATED(Category.UNAUTHENTICATED),
    FORBIDDEN(Category.FORBIDDEN),
    NOT_SUPPORTED(Category.NOT_SUPPORTED),
    THROTTLED(Category.THROTTLED),
    BUSY(Category.BUSY),
    UNREACHABLE(Category.BUSY),
    STORAGE(Category.INTERNAL),
    INTERNAL(Category.INTERNAL),
    // Findings: they never stop an operation.
    DANGLING_REFERENCE(Category.FINDING),
    DUPLICATE_ID(Category.FINDING),
    MISPLACED_RECORD(Category.FINDING),
    SECRET_WITHHELD(Category.FINDING),
    SECRET_SUSPECTED(Category.FINDING),
    LINKED(Category.FINDING),
    UNCONFIGURED(Category.FINDING),
    SHARED_CHANGED(Category.FINDING),
    DUPLICATE_LINE(Category.FINDING),
    UNKNOWN_FILE(Category.FINDING),
    NORMALISED(Category.FINDING);

    /** What a front tells its caller to do about it. */
    public enum Category {
        INVALID,
        TOO_LARGE,
        NOT_FOUND,
        CONFLICT,
        STALE,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_SUPPORTED,
        THROTTLED,
        BUSY,
        INTERNAL,
        FINDING
    }

    private final Category category;

    Reason(Category category) {
        this.category = category;
    }

    public Category category() {
        return category;
    }

    /** The stable public code, for example {@code malformed-json}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
