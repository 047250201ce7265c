package dev.offshoot.model;

import java.util.regex.Pattern;

/** What a caller repeats to agree to a loss of data. Binds the state of the branch, the source, and what is lost. */
public record ConfirmToken(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ConfirmToken {
        if (!FORM.matcher(value).matches()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "confirm",
                    "not a token of a plan",
                    "repeat the confirm that dry_run=true, or the refusal, answered");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
