package dev.offshoot.access;

import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.people.Account;
import dev.offshoot.people.AccountId;
import dev.offshoot.people.Profile;
import dev.offshoot.people.Scope;
import dev.offshoot.people.TokenId;
import java.util.Optional;

/**
 * Who is calling, and what they may do: nothing but what is said here. A value of one moment: whoever keeps it longer asks {@link Gate}
 * again.
 *
 * @param proof how they showed who they are
 * @param author of commits that come of it
 */
public record Caller(Proof proof, Person author, Standing standing) {
    /** How a caller showed who they are. */
    public sealed interface Proof {
        record OwnToken() implements Proof {}

        record Token(TokenId id) implements Proof {}

        record Password(AccountId id) implements Proof {}
    }

    /** What a caller may do. */
    public sealed interface Standing {
        /** The instance's own token. */
        record Everything() implements Standing {}

        /**
         * What an account may do, within what a token is good for.
         *
         * @param only the one workspace that the token is good for
         */
        record OfAccount(Profile profile, Scope scope, Optional<WorkspaceId> only) implements Standing {}
    }

    /** Whoever holds the own token of the instance. */
    public static Caller ofInstance(Person owner) {
        return new Caller(new Proof.OwnToken(), owner, new Standing.Everything());
    }

    static Caller of(Proof proof, Profile profile, Scope scope, Optional<WorkspaceId> only) {
        return new Caller(proof, profile.account().author(), new Standing.OfAccount(profile, scope, only));
    }

    /** The account, unless it is the instance's own token. */
    public Optional<Account> account() {
        return standing instanceof Standing.OfAccount known
                ? Optional.of(known.profile().account())
                : Optional.empty();
    }

    public boolean may(Right right, WorkspaceId workspace) {
        if (!(standing instanceof Standing.OfAccount known)) {
            return true;
        }
        Account account = known.profile().account();
        boolean here = known.only().isEmpty() || known.only().get().equals(workspace);
        boolean enough = account.isActive() && account.administrator()
                || known.profile()
                        .roleIn(workspace)
                        .filter(r -> Right.of(r).includes(right))
                        .isPresent();
        return here && enough && Right.of(known.scope()).includes(right);
    }

    /** Whether they may do what concerns the whole instance. */
    public boolean isAdministrator() {
        return !(standing instanceof Standing.OfAccount known)
                || known.profile().account().isActive()
                        && known.profile().account().administrator()
                        && known.scope() == Scope.ADMIN
                        && known.only().isEmpty();
    }
}
