package dev.offshoot.people;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * An account that shall be made.
 *
 * @param password without one nobody can sign in with the account; tokens can be made for it by an administrator
 */
public record NewAccount(
        Account.Kind kind,
        String name,
        Email email,
        Optional<Secret> password,
        Status status,
        boolean administrator,
        Optional<WorkspaceId> defaultWorkspace,
        List<MembershipWish> memberships) {
    public NewAccount {
        name = checkedName(name);
        memberships = List.copyOf(memberships);
        if (kind == Account.Kind.SERVICE && password.isPresent()) {
            throw Failure.of(Reason.INVALID_PARAMETER, "password", "a service has no password", "make a token for it");
        }
    }

    /** A person who may do nothing yet. */
    public static NewAccount person(String name, Email email, Optional<Secret> password) {
        return new NewAccount(
                Account.Kind.PERSON, name, email, password, Status.ACTIVE, false, Optional.empty(), List.of());
    }

    static String checkedName(String name) {
        String kept = name.strip();
        if (kept.isEmpty() || kept.length() > 200 || kept.codePoints().anyMatch(Character::isISOControl)) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    "name",
                    "a name has 1 to 200 characters, none of them a control character");
        }
        return kept;
    }
}
