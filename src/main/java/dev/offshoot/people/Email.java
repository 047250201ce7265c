package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.util.Locale;
import java.util.regex.Pattern;

/** An e-mail address, in lower case as people mean it: two accounts cannot differ in letter case alone. At most 254 characters. */
public record Email(String value) {
    /** What ToolJet accepts too; whether somebody reads mail there only a mail could tell. */
    private static final Pattern VALID =
            Pattern.compile("[\\p{Alnum}.!#$%&'*+/=?^_`{|}~-]{1,64}@\\p{Alnum}(?:[\\p{Alnum}-]*\\p{Alnum})?"
                    + "(?:\\.\\p{Alnum}(?:[\\p{Alnum}-]*\\p{Alnum})?)*");

    public Email {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!isValid(value)) {
            throw Failure.of(Reason.INVALID_PARAMETER, "email", "not an e-mail address", "for example ada@example.org");
        }
    }

    public static boolean isValid(String text) {
        return text.length() <= 254 && VALID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
