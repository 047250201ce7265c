package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.regex.Pattern;

/** Name of an import rule of a platform, as its layout spells it: small letters and dashes. */
public record RuleName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z-]{0,39}");

    public RuleName {
        if (!FORM.matcher(value).matches()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER, "rule", "not the name of an import rule", "use small letters and dashes");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
