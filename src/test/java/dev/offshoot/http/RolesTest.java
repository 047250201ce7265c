package dev.offshoot.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.access.Need;
import dev.offshoot.access.Right;
import dev.offshoot.access.Route;
import dev.offshoot.access.RouteTable;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import dev.offshoot.people.Account;
import dev.offshoot.people.AccountChange;
import dev.offshoot.people.Email;
import dev.offshoot.people.MembershipWish;
import dev.offshoot.people.NewAccount;
import dev.offshoot.people.Profile;
import dev.offshoot.people.Role;
import dev.offshoot.people.Scope;
import dev.offshoot.people.Status;
import dev.offshoot.people.Tokens;
import dev.offshoot.testing.TestServer;
import dev.offshoot.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route for programs, Git's included, against every kind of caller: who may not is told so, and nothing has changed. */
class RolesTest {
    /** What a kind of caller may do in workspace {@code team}, written down by hand. */
    enum Kind {
        READER(Role.END_USER, Scope.ADMIN, EnumSet.of(Right.READ)),
        BUILDER(Role.BUILDER, Scope.ADMIN, EnumSet.of(Right.READ, Right.WRITE)),
        ADMIN(Role.ADMIN, Scope.ADMIN, EnumSet.allOf(Right.class)),
        BUILDER_WHO_ONLY_READS(Role.BUILDER, Scope.READ, EnumSet.of(Right.READ)),
        ADMIN_WHO_ONLY_WRITES(Role.ADMIN, Scope.WRITE, EnumSet.of(Right.READ, Right.WRITE)),
        ELSEWHERE(Role.ADMIN, Scope.ADMIN, EnumSet.noneOf(Right.class)),
        TOKEN_FOR_ELSEWHERE(Role.ADMIN, Scope.ADMIN, EnumSet.noneOf(Right.class)),
        ARCHIVED_HERE(Role.ADMIN, Scope.ADMIN, EnumSet.noneOf(Right.class)),
        ARCHIVED(Role.ADMIN, Scope.ADMIN, EnumSet.noneOf(Right.class)),
        ADMINISTRATOR(Role.END_USER, Scope.ADMIN, EnumSet.allOf(Right.class)),
        ADMINISTRATOR_WHO_ONLY_READS(Role.END_USER, Scope.READ, EnumSet.of(Right.READ));

        private final Role role;
        private final Scope scope;
        private final Set<Right> rights;

        Kind(Role role, Scope scope, Set<Right> rights) {
            this.role = role;
            this.scope = scope;
            this.rights = rights;
        }

        boolean may(Need need) {
            if (need instanceof Need.InWorkspace here) {
                return rights.contains(here.right());
            }
            return need instanceof Need.Administrator ? this == ADMINISTRATOR : this != ARCHIVED;
        }
    }

    @TempDir
    static Path data;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(data).with("team").with("other");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> pairs() {
        List<Route> routes = new RouteTable()
                .routes().stream()
                        .filter(route -> AccessTest.isForPrograms(route.pattern()))
                        .filter(route -> !(route.need() instanceof Need.Nothing))
                        .toList();
        return Stream.of(Kind.values()).flatMap(kind -> routes.stream().map(route -> Arguments.of(kind, route)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void onlyWhoMayGetsThrough(Kind kind, Route route) {
        if (server.get("/api/workspaces/team").status() == 404) {
            server.with("team");
        }
        String[] example = AccessTest.example(route).split(" ");
        Answer answer = server.sendAs("Bearer " + token(kind), example[0], example[1], new byte[0]);

        boolean passed = answer.status() != 401
                && answer.status() != 403
                && !answer.text().contains("there is no workspace 'team' for you");
        assertThat(passed).as("%s: %s", answer.status(), answer.text()).isEqualTo(kind.may(route.need()));
        if (!passed) {
            server.get("/api/workspaces/team").expect(200);
        }
    }

    /** A fresh account each time, so that no case depends on another. */
    private static String token(Kind kind) {
        WorkspaceId team = id("team");
        WorkspaceId other = id("other");
        WorkspaceId home = kind == Kind.ELSEWHERE ? other : team;
        boolean administrator = kind.name().startsWith("ADMINISTRATOR");
        Profile profile = server.registry()
                .people()
                .create(new NewAccount(
                        Account.Kind.PERSON,
                        kind.name(),
                        new Email(UUID.randomUUID() + "@example.org"),
                        Optional.<Secret>empty(),
                        Status.ACTIVE,
                        administrator,
                        Optional.empty(),
                        administrator
                                ? List.of()
                                : List.of(new MembershipWish(
                                        home,
                                        Optional.of(kind.role),
                                        kind == Kind.ARCHIVED_HERE ? Optional.of(Status.ARCHIVED) : Optional.empty(),
                                        Optional.empty()))));
        Tokens.Issued issued = server.registry()
                .tokens()
                .issue(new Tokens.Wanted(
                        profile.account().id(),
                        "",
                        kind.scope,
                        kind == Kind.TOKEN_FOR_ELSEWHERE ? Optional.of(other) : Optional.empty(),
                        Optional.empty()));
        if (kind == Kind.ARCHIVED) {
            server.registry()
                    .people()
                    .change(
                            profile.account().id(),
                            new AccountChange(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(Status.ARCHIVED),
                                    Optional.empty()));
        }
        return issued.token().reveal();
    }

    private static WorkspaceId id(String workspace) {
        Answer answer = server.get("/api/workspaces/" + workspace).expect(200);
        return new WorkspaceId(UUID.fromString(answer.json().text("id").orElseThrow()));
    }
}
