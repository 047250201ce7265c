package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.regex.Pattern;

/** Tells keys apart without telling anything about them: 16 hexadecimal digits. */
record KeyId(String value) {
    private static final Pattern VALID = Pattern.compile("[0-9a-f]{16}");

    KeyId {
        if (!VALID.matcher(value).matches()) {
            throw Failure.of(Reason.INVALID_NAME, "key", "not the id of a key");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
