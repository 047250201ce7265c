package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;

/** The id that an instance gave to a record, whatever the record is called. 1 to 1024 characters, no control characters. */
public record RecordId(String value) implements Comparable<RecordId> {
    private static final int MAX_LENGTH = 1024;

    public RecordId {
        if (!isOne(value)) {
            throw Failure.of(
                    Reason.INVALID_NAME,
                    "record",
                    "not the id of a record",
                    "use 1 to " + MAX_LENGTH + " characters, none of them a control character");
        }
    }

    /** Whether a text can be one. */
    public static boolean isOne(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public int compareTo(RecordId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
