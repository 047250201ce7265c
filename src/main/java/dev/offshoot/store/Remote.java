package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * Another repository that branches of a workspace are pushed to, and how the last pushes went. Its password is in the vault.
 *
 * @param user shown to the other server; empty when it wants none
 * @param attempt the last one, whether it is over or not
 * @param success the last one
 * @param trouble why the last attempt failed; empty when it did not
 */
public record Remote(
        RemoteName name,
        RemoteUrl.Http url,
        String user,
        Optional<Attempt> attempt,
        Optional<Success> success,
        Optional<Problem> trouble) {
    private static final int LONGEST_USER = 200;

    public record Attempt(BranchName branch, Instant at) {}

    public record Success(BranchName branch, ObjectName commit, Instant at) {}

    public Remote {
        if (user.length() > LONGEST_USER || user.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == ':')) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "/user",
                    "not a user that can be sent",
                    "use at most " + LONGEST_USER + " characters, no colon and no control characters");
        }
    }

    /** One that nothing has been pushed to yet. */
    public static Remote of(RemoteName name, RemoteUrl.Http url, String user) {
        return new Remote(name, url, user, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether a password given for one may be shown to the other. */
    public boolean isSamePlace(Remote other) {
        return url.equals(other.url) && user.equals(other.user);
    }

    public Remote attempted(BranchName branch, Instant at) {
        return new Remote(name, url, user, Optional.of(new Attempt(branch, at)), success, trouble);
    }

    public Remote succeeded(Success last) {
        return new Remote(name, url, user, attempt, Optional.of(last), Optional.empty());
    }

    public Remote failed(Problem why) {
        return new Remote(name, url, user, attempt, success, Optional.of(why));
    }
}
