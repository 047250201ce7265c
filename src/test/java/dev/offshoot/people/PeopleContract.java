package dev.offshoot.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.testing.MovedClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people, tokens and the audit log do, whichever database keeps them. Each test has accounts of its own. */
abstract class PeopleContract {
    private static final Secret PASSWORD = Secret.of("correct horse");

    private final MovedClock clock = new MovedClock();
    private final WorkspaceId shop = new WorkspaceId(UUID.randomUUID());
    private final WorkspaceId lab = new WorkspaceId(UUID.randomUUID());
    private People people;
    private Tokens tokens;
    private AuditLog audit;

    abstract Database database();

    @BeforeEach
    void open() {
        people = new People(database(), new Passwords(), clock, UUID::randomUUID);
        tokens = new Tokens(database(), clock, UUID::randomUUID, new SecureRandom());
        audit = new AuditLog(database(), clock);
    }

    private static Email fresh() {
        return new Email(UUID.randomUUID() + "@example.org");
    }

    private Profile person(MembershipWish... places) {
        return people.create(new NewAccount(
                Account.Kind.PERSON,
                "Ada Lovelace",
                fresh(),
                Optional.of(PASSWORD),
                Status.ACTIVE,
                false,
                Optional.empty(),
                List.of(places)));
    }

    @Test
    void anAccountIsFoundAsItWasMade() {
        Profile made = person(MembershipWish.of(shop, Role.BUILDER));

        assertThat(people.find(made.account().id())).contains(made);
        assertThat(people.find(made.account().email())).contains(made);
        assertThat(people.list(People.Filter.NONE)).contains(made);
        assertThat(made.roleIn(shop)).contains(Role.BUILDER);
        assertThat(made.roleIn(lab)).isEmpty();
        assertThat(made.account().createdAt()).isEqualTo(clock.instant());
    }

    @Test
    void twoAccountsCannotHaveOneAddress() {
        Email email = fresh();
        people.create(NewAccount.person("Ada", email, Optional.empty()));

        assertRefused(
                Reason.ALREADY_EXISTS,
                () -> people.create(NewAccount.person(
                        "Eve", new Email(email.value().toUpperCase(java.util.Locale.ROOT)), Optional.empty())));
        Profile other = person();
        assertRefused(Reason.ALREADY_EXISTS, () -> people.change(other.account().id(), withEmail(email)));
        assertThat(people.find(other.account().id())).contains(other);
    }

    private static AccountChange withEmail(Email email) {
        return new AccountChange(
                Optional.empty(), Optional.of(email), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void ofManyAtOnceOneGetsTheAddress() throws Exception {
        Email email = fresh();
        Callable<Boolean> create = () -> {
            try {
                people.create(NewAccount.person("Ada", email, Optional.empty()));
                return true;
            } catch (Failure e) {
                assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS);
                return false;
            }
        };
        var pool = Executors.newFixedThreadPool(8);
        try {
            int made = 0;
            for (var done :
                    pool.invokeAll(IntStream.range(0, 8).mapToObj(i -> create).toList())) {
                made += done.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anUnknownGroupLeavesNothingBehind() {
        Email email = fresh();
        MembershipWish wish = new MembershipWish(
                shop, Optional.empty(), Optional.empty(), Optional.of(List.of(new GroupRef.ByName("nobody knows it"))));

        assertThatThrownBy(() -> people.create(new NewAccount(
                        Account.Kind.PERSON,
                        "Ada",
                        email,
                        Optional.empty(),
                        Status.ACTIVE,
                        false,
                        Optional.empty(),
                        List.of(wish))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Group");
        assertThat(people.find(email)).isEmpty();
    }

    @Test
    void placesAreReplacedAndChanged() {
        Group testers = people.createGroup(shop, "beta testers");
        AccountId ada = person(MembershipWish.of(lab, Role.ADMIN)).account().id();

        Profile moved = people.replaceMemberships(
                ada,
                List.of(new MembershipWish(
                        shop,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                List.of(new GroupRef.ByName("beta testers"), new GroupRef.ByName(Group.EVERYBODY))))));
        assertThat(moved.memberships()).hasSize(1);
        assertThat(moved.in(shop).orElseThrow().groups()).containsExactly(testers);
        assertThat(moved.roleIn(shop)).contains(Role.END_USER);

        Profile archived = people.changeMembership(
                ada, new MembershipWish(shop, Optional.empty(), Optional.of(Status.ARCHIVED), Optional.empty()));
        assertThat(archived.roleIn(shop)).isEmpty();
        assertThat(archived.in(shop).orElseThrow().groups()).containsExactly(testers);

        Profile bare = people.changeMembership(
                ada, new MembershipWish(shop, Optional.empty(), Optional.empty(), Optional.of(List.of())));
        assertThat(bare.in(shop).orElseThrow().groups()).isEmpty();
        assertRefused(Reason.NOT_FOUND, () -> people.changeMembership(ada, MembershipWish.of(lab, Role.ADMIN)));
    }

    @Test
    void listsAreFilteredByGroupAndStatus() {
        people.createGroup(shop, "nexus-dev");
        Profile dev = person(new MembershipWish(
                shop,
                Optional.of(Role.BUILDER),
                Optional.empty(),
                Optional.of(List.of(new GroupRef.ByName("nexus-dev")))));
        Profile other = person(MembershipWish.of(shop, Role.BUILDER));

        assertThat(people.list(new People.Filter(Set.of("nexus-dev"), Set.of())))
                .contains(dev)
                .doesNotContain(other);
        assertThat(people.list(new People.Filter(Set.of("builder"), Set.of()))).contains(dev, other);
        assertThat(people.list(new People.Filter(Set.of(), Set.of(Status.ARCHIVED))))
                .doesNotContain(dev, other);
    }

    @Test
    void onlyTheRightPasswordOfAnActiveAccountSignsIn() {
        Profile ada = person();

        assertThat(people.signIn(ada.account().email(), PASSWORD)).contains(ada);
        assertThat(people.signIn(ada.account().email(), Secret.of("wrong horse")))
                .isEmpty();
        assertThat(people.signIn(fresh(), PASSWORD)).isEmpty();
        archive(ada);
        assertThat(people.signIn(ada.account().email(), PASSWORD)).isEmpty();
    }

    private void archive(Profile who) {
        people.change(
                who.account().id(),
                new AccountChange(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Status.ARCHIVED),
                        Optional.empty()));
    }

    @Test
    void aTokenEndsByTimeByRevocationAndWithItsAccount() {
        Profile ada = person(MembershipWish.of(shop, Role.BUILDER));
        Tokens.Issued shortLived = issue(ada, Optional.of(clock.instant().plusSeconds(60)));
        Tokens.Issued revoked = issue(ada, Optional.empty());
        Tokens.Issued kept = issue(ada, Optional.empty());

        assertThat(tokens.find(shortLived.token().reveal())).contains(new Tokens.Holder(shortLived.grant(), ada));
        clock.pass(Duration.ofSeconds(60));
        assertThat(tokens.find(shortLived.token().reveal())).isEmpty();

        tokens.revoke(revoked.grant().id());
        assertThat(tokens.find(revoked.token().reveal())).isEmpty();
        assertRefused(Reason.NOT_FOUND, () -> tokens.revoke(revoked.grant().id()));

        assertThat(tokens.list()).contains(kept.grant()).doesNotContain(revoked.grant(), shortLived.grant());
        archive(ada);
        assertThat(tokens.find(kept.token().reveal())).isEmpty();
    }

    private Tokens.Issued issue(Profile who, Optional<Instant> expiresAt) {
        return tokens.issue(new Tokens.Wanted(who.account().id(), "laptop", Scope.WRITE, Optional.of(shop), expiresAt));
    }

    @Test
    void whoIsErasedLeavesNoTrace() {
        Profile ada = person(MembershipWish.of(shop, Role.BUILDER));
        Tokens.Issued token = issue(ada, Optional.empty());
        audit.begin(new AuditEntry.Event(
                "r1",
                Optional.of(ada.account().id()),
                ada.account().name(),
                "POST /api/workspaces/{workspace}/imports",
                Optional.of(shop),
                201,
                Optional.of(new ObjectName("0123456789012345678901234567890123456789"))));

        people.erase(ada.account().id());

        assertThat(people.find(ada.account().id())).isEmpty();
        assertThat(tokens.find(token.token().reveal())).isEmpty();
        assertThat(audit.list(Optional.empty(), Optional.of(shop), 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.event().who()).doesNotContain("Ada");
                    assertThat(entry.event().account()).isEmpty();
                    assertThat(entry.event().commit()).isPresent();
                });
        assertRefused(Reason.NOT_FOUND, () -> people.erase(ada.account().id()));
    }

    @Test
    void theAuditLogIsReadBackwardsInPieces() {
        for (int i = 0; i < 5; i++) {
            audit.begin(new AuditEntry.Event(
                    "r" + i, Optional.empty(), "admin", "GET /x", Optional.of(lab), 200, Optional.empty()));
        }
        List<AuditEntry> newest = audit.list(Optional.empty(), Optional.of(lab), 3);
        List<AuditEntry> rest = audit.list(Optional.of(newest.get(2).number()), Optional.of(lab), 3);

        assertThat(newest).extracting(e -> e.event().request()).containsExactly("r4", "r3", "r2");
        assertThat(rest).extracting(e -> e.event().request()).containsExactly("r1", "r0");
    }

    @Test
    void aWorkspaceThatIsGoneTakesItsPlacesAlong() {
        people.createGroup(shop, "testers");
        Profile ada = person(MembershipWish.of(shop, Role.BUILDER), MembershipWish.of(lab, Role.ADMIN));
        Tokens.Issued token = issue(ada, Optional.empty());

        people.forget(shop);

        assertThat(people.find(ada.account().id()).orElseThrow().memberships())
                .extracting(Membership::workspace)
                .containsExactly(lab);
        assertThat(people.groups(shop)).isEmpty();
        assertThat(tokens.find(token.token().reveal())).isEmpty();
    }

    @Test
    void groupsHaveNamesOfTheirOwn() {
        Group testers = people.createGroup(shop, "testers");
        people.createGroup(lab, "testers");

        assertRefused(Reason.ALREADY_EXISTS, () -> people.createGroup(shop, "testers"));
        assertRefused(Reason.ALREADY_EXISTS, () -> people.createGroup(shop, "builder"));
        assertRefused(Reason.INVALID_PARAMETER, () -> people.createGroup(shop, "a/b"));
        assertRefused(Reason.NOT_FOUND, () -> people.deleteGroup(lab, testers.id()));
        assertThat(people.renameGroup(shop, testers.id(), "pilots").name()).isEqualTo("pilots");
        people.deleteGroup(shop, testers.id());
        assertThat(people.groups(shop)).isEmpty();
    }

    static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
