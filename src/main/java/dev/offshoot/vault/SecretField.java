package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;

/** Which secret of an address is meant: a pointer into a record, or a word such as {@code password}. 1 to 1024 characters, no control characters. */
public record SecretField(String value) implements Comparable<SecretField> {
    private static final int MAX_LENGTH = 1024;

    public SecretField {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw Failure.of(
                    Reason.INVALID_NAME,
                    "field",
                    "not the name of a secret's field",
                    "use 1 to " + MAX_LENGTH + " characters, none of them a control character");
        }
    }

    @Override
    public int compareTo(SecretField other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
