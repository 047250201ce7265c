package dev.offshoot.store;

import dev.offshoot.model.ObjectName;
import java.util.Optional;

/**
 * How the checkout of a workspace stands: the ordinary clone that follows its default branch.
 *
 * @param commit what it shows, when it is known
 * @param reason why it is left alone or could not follow, for a person; otherwise empty
 */
public record CheckoutState(Status status, Optional<ObjectName> commit, String reason) {
    /** What there is to say of a checkout. */
    public enum Status {
        /** This store keeps none. */
        DISABLED,
        /** It has not been looked at yet, or is on its way. */
        FOLLOWING,
        /** It shows the head of the default branch. */
        CURRENT,
        /** Somebody works in it; it follows again when they are done. */
        LEFT_ALONE,
        /** It could not be written; it is tried again with the next commit. */
        FAILED
    }
}
