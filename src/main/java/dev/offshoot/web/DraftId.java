package dev.offshoot.web;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Names an import that somebody is looking at before they decide. */
record DraftId(String value) {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    DraftId {
        if (!FORM.matcher(value).matches()) {
            throw unknown();
        }
    }

    static DraftId make(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new DraftId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Said of what is not, or no longer, there: nobody needs to know which. */
    static Failure unknown() {
        return Failure.of(
                Reason.NOT_FOUND,
                "",
                "this dry run is not kept any more",
                "dry runs are kept for half an hour, and not across sign-ins: choose the file or the repository again");
    }

    @Override
    public String toString() {
        return value;
    }
}
