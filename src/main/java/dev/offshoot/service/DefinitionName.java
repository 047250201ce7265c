package dev.offshoot.service;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;

/** The name a person gives a definition: any text of 1 to 200 characters on one line. */
public record DefinitionName(String value) {
    private static final int MAX = 200;

    public DefinitionName {
        boolean readable = !value.isBlank()
                && value.codePointCount(0, value.length()) <= MAX
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (!readable) {
            throw Failure.of(
                    Reason.INVALID_NAME,
                    "name",
                    "not a name for a definition",
                    "use 1 to " + MAX + " characters without line breaks");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
