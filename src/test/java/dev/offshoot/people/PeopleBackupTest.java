package dev.offshoot.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleBackupTest {
    private static final WorkspaceId SHOP = new WorkspaceId(UUID.randomUUID());

    @TempDir
    Path folder;

    private static Registry registry(Database database) {
        return Registry.of(database, Clock.systemUTC(), UUID::randomUUID, new SecureRandom());
    }

    private static Profile person(Registry registry, String email) {
        return registry.people()
                .create(new NewAccount(
                        Account.Kind.PERSON,
                        "Ada",
                        new Email(email),
                        Optional.of(Secret.of("correct horse")),
                        Status.ACTIVE,
                        true,
                        Optional.of(SHOP),
                        List.of(new MembershipWish(
                                SHOP,
                                Optional.of(Role.BUILDER),
                                Optional.empty(),
                                Optional.of(List.of(new GroupRef.ByName("testers")))))));
    }

    @Test
    void everythingComesBackAsItWas() {
        Profile ada;
        Tokens.Issued token;
        List<AuditEntry> done;
        Content backup;
        try (Database database = Database.embedded(folder.resolve("a"))) {
            Registry registry = registry(database);
            registry.people().createGroup(SHOP, "testers");
            ada = person(registry, "ada@example.org");
            token = registry.tokens()
                    .issue(new Tokens.Wanted(
                            ada.account().id(), "laptop", Scope.WRITE, Optional.of(SHOP), Optional.empty()));
            registry.audit().end(registry.audit().begin(event(ada)), 201, Optional.empty());
            done = registry.audit().list(Optional.empty(), Optional.empty(), 10);
            backup = PeopleBackup.read(folder.resolve("a")).orElseThrow();
        }
        assertThat(backup.utf8())
                .doesNotContain("correct horse")
                .doesNotContain(token.token().reveal());

        PeopleBackup.write(folder.resolve("b"), backup);

        try (Database database = Database.embedded(folder.resolve("b"))) {
            Registry registry = registry(database);
            assertThat(registry.people().find(ada.account().id())).contains(ada);
            assertThat(registry.people().signIn(ada.account().email(), Secret.of("correct horse")))
                    .contains(ada);
            assertThat(registry.tokens().find(token.token().reveal())).contains(new Tokens.Holder(token.grant(), ada));
            assertThat(registry.audit().list(Optional.empty(), Optional.empty(), 10))
                    .isEqualTo(done);
            registry.audit().begin(event(ada));
            assertThat(registry.audit().list(Optional.empty(), Optional.empty(), 10))
                    .hasSize(2);
        }
    }

    private static AuditEntry.Event event(Profile who) {
        return new AuditEntry.Event(
                "r1",
                Optional.of(who.account().id()),
                "Ada",
                "POST /x",
                Optional.of(SHOP),
                AuditEntry.UNDER_WAY,
                Optional.empty());
    }

    @Test
    void aCopyCanBeMadeWhileOthersWrite() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        var writer = Executors.newSingleThreadExecutor();
        try (Database database = Database.embedded(folder.resolve("busy"))) {
            Registry registry = registry(database);
            registry.people().createGroup(SHOP, "testers");
            Profile ada = person(registry, "ada@example.org");
            Future<Integer> writes = writer.submit(() -> {
                int n = 0;
                while (!enough.get()) {
                    registry.audit().begin(event(ada));
                    n++;
                }
                return n;
            });
            for (int i = 0; i < 10; i++) {
                Content backup = PeopleBackup.read(folder.resolve("busy")).orElseThrow();
                assertThat(backup.utf8()).contains("ada@example.org");
            }
            enough.set(true);
            assertThat(writes.get()).isPositive();
        } finally {
            enough.set(true);
            writer.shutdown();
        }
    }

    @Test
    void thereMayBeNone() {
        assertThat(PeopleBackup.read(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"account\": [{\"id\": 1}]}",
                "{\"account\": [], \"membership\": [], \"team\": [], \"team_member\": [], \"token\": [], \"audit\": [], \"x\": []}",
                "{\"account\": [], \"membership\": [], \"team\": [], \"team_member\": [{\"team\": \"x\", \"account\": \"y\","
                        + " \"workspace\": \"z\"}], \"token\": [], \"audit\": []}"
            })
    void whatIsNoBackupIsRefused(String text) {
        assertThatThrownBy(() -> PeopleBackup.write(folder.resolve("new"), Content.of(text.getBytes())))
                .isInstanceOf(Failure.class);
    }
}
