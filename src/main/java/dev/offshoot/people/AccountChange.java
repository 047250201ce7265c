package dev.offshoot.people;

import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import java.util.Optional;

/** What shall be different about an account; what is not given stays. */
public record AccountChange(
        Optional<String> name,
        Optional<Email> email,
        Optional<Secret> password,
        Optional<Status> status,
        Optional<WorkspaceId> defaultWorkspace) {
    public static final AccountChange NONE =
            new AccountChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public AccountChange {
        name = name.map(NewAccount::checkedName);
    }
}
