package dev.offshoot.access;

import dev.offshoot.model.Secret;
import dev.offshoot.people.AccountId;
import dev.offshoot.people.Email;
import dev.offshoot.people.People;
import dev.offshoot.people.Profile;
import dev.offshoot.people.TokenId;
import dev.offshoot.people.Tokens;
import java.util.Optional;

/** Who holds which token or password, besides the instance's own token. */
public interface Holders {
    /** Nobody. */
    Holders NONE = new Holders() {
        @Override
        public Optional<Tokens.Holder> ofToken(String token) {
            return Optional.empty();
        }

        @Override
        public Optional<Tokens.Holder> ofToken(TokenId id) {
            return Optional.empty();
        }

        @Override
        public Optional<Profile> ofPassword(Email email, Secret password) {
            return Optional.empty();
        }

        @Override
        public Optional<Profile> account(AccountId id) {
            return Optional.empty();
        }
    };

    Optional<Tokens.Holder> ofToken(String token);

    /** The same, by a token that was shown before. */
    Optional<Tokens.Holder> ofToken(TokenId id);

    Optional<Profile> ofPassword(Email email, Secret password);

    /** An account that counts. */
    Optional<Profile> account(AccountId id);

    /** Those of a database. */
    static Holders of(People people, Tokens tokens) {
        return new Holders() {
            @Override
            public Optional<Tokens.Holder> ofToken(String token) {
                return tokens.find(token);
            }

            @Override
            public Optional<Tokens.Holder> ofToken(TokenId id) {
                return tokens.holder(id);
            }

            @Override
            public Optional<Profile> ofPassword(Email email, Secret password) {
                return people.signIn(email, password);
            }

            @Override
            public Optional<Profile> account(AccountId id) {
                return people.find(id).filter(profile -> profile.account().isActive());
            }
        };
    }
}
