package dev.offshoot.store;

import dev.offshoot.model.WorkspaceName;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a store on the file system behaves.
 *
 * @param clock of creation times
 * @param checkouts whether every workspace has an ordinary clone under {@code workspaces/} that follows its default branch
 * @param origin the address from which a checkout fetches and to which it pushes: the service's own, never a path; empty leaves
 *     the checkout without a remote
 */
public record StoreOptions(Clock clock, boolean checkouts, Function<WorkspaceName, Optional<String>> origin) {
    /** Checkouts without an origin. */
    public static StoreOptions of(Clock clock) {
        return new StoreOptions(clock, true, name -> Optional.empty());
    }

    public StoreOptions withoutCheckouts() {
        return new StoreOptions(clock, false, origin);
    }

    public StoreOptions withOrigin(Function<WorkspaceName, Optional<String>> address) {
        return new StoreOptions(clock, checkouts, address);
    }
}
