package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Person;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import dev.offshoot.model.Secret;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.Remote;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.store.WorkspaceRepository;
import dev.offshoot.vault.FileVault;
import dev.offshoot.vault.Vault;
import dev.offshoot.vault.VaultKeys;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remotes and their passwords are in two files; the server may end before or after each write of either. */
class RemotesAndVaultTest {
    private static final WorkspaceName TEAM = new WorkspaceName("team");
    private static final RemoteName HUB = new RemoteName("hub");
    private static final Set<String> WRITES = Set.of("store", "changeRemotes");

    @TempDir
    Path folder;

    private FileRepositoryStore store;
    private Vault vault;

    /** The end of the process, seen from inside. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Ends the process at one write of many, before it or after it. */
    private static final class Killer {
        private int moments;

        Killer(int moments) {
            this.moments = moments;
        }

        <T> T around(Class<T> type, T real) {
            Object proxy =
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                        moment(method.getName());
                        Object result;
                        try {
                            result = method.invoke(real, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        moment(method.getName());
                        return method.getName().equals("find") && result instanceof Optional<?> found
                                ? found.map(w -> around(WorkspaceRepository.class, (WorkspaceRepository) w))
                                : result;
                    });
            return type.cast(proxy);
        }

        private void moment(String method) {
            if (WRITES.contains(method) && moments-- <= 0) {
                throw new Killed(); // every later write as well: a process ends only once
            }
        }
    }

    @BeforeEach
    void open() {
        store = FileRepositoryStore.open(
                folder.resolve("data"), StoreOptions.of(Clock.systemUTC()).withoutCheckouts());
        vault = FileVault.open(
                folder.resolve("vault"),
                VaultKeys.resolve(
                        Optional.empty(), Optional.empty(), Map.of("OFFSHOOT_VAULT_KEY", "0123456789abcdef".repeat(4))),
                new SecureRandom(),
                id -> true);
        store.create(TEAM, UUID.randomUUID(), new Person("N", "n@example.org"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ChangeRemotes changing(RepositoryStore store, Vault vault) {
        RemotePasswords passwords = new RemotePasswords(vault);
        RetryPolicy policy = RetryPolicy.usual(() -> 1);
        PublishBranch publish = new PublishBranch(RemoteRepositories.NONE, store, passwords, policy, Clock.systemUTC());
        return new ChangeRemotes(
                store,
                passwords,
                new PublishAfterCommits(
                        store,
                        publish,
                        passwords,
                        policy,
                        Clock.systemUTC(),
                        (when, ring) -> {},
                        PublishAfterCommits.threads()));
    }

    private interface Step {
        void run(ChangeRemotes remotes);
    }

    private static Step put(String path, String user, String password) {
        return remotes -> remotes.put(
                TEAM, HUB, url(path), user, Optional.ofNullable(password).map(Secret::of), Optional.empty());
    }

    private static RemoteUrl.Http url(String path) {
        return (RemoteUrl.Http) RemoteUrl.parse("https://example.org/" + path + ".git");
    }

    /** What a push would send where: address, user, password. */
    private String sent() {
        WorkspaceRepository repository = store.find(TEAM).orElseThrow();
        Remote remote = repository.remotes().get(HUB);
        return remote == null
                ? "nothing"
                : remote.url() + " " + remote.user() + " "
                        + new RemotePasswords(vault)
                                .credentials(repository, remote)
                                .map(c -> c.password())
                                .orElse("-");
    }

    private List<String> secrets() {
        UUID id = store.find(TEAM).orElseThrow().info().id();
        List<String> found = new ArrayList<>();
        vault.names(id)
                .forEach(name -> found.add(vault.read(id, name).orElseThrow().reveal()));
        return found;
    }

    /** After each moment the state is the old one or the new one, tidying leaves nothing behind, and the same call again succeeds. */
    private void everyEndLeavesOldOrNew(List<Step> before, Step change) {
        ChangeRemotes real = changing(store, vault);
        int ends = 0;
        for (boolean killed = true; killed; ends++) {
            real.put(TEAM, HUB, url("any"), "", Optional.empty(), Optional.empty());
            real.delete(TEAM, HUB);
            before.forEach(step -> step.run(real));
            String old = sent();
            Killer killer = new Killer(ends);
            killed = false;
            try {
                change.run(changing(killer.around(RepositoryStore.class, store), killer.around(Vault.class, vault)));
            } catch (Killed end) {
                killed = true;
            }
            String left = sent();
            new RemotePasswords(vault).tidy(store.find(TEAM).orElseThrow());
            assertThat(sent()).as("tidying changes nothing that is seen").isEqualTo(left);
            assertThat(secrets()).as("end " + ends).hasSize(left.endsWith(" -") || left.equals("nothing") ? 0 : 1);
            change.run(real);
            assertThat(left).as("end " + ends).isIn(old, sent());
        }
        assertThat(ends).isGreaterThan(2);
    }

    @Test
    void aRemoteWithAPasswordIsSet() {
        everyEndLeavesOldOrNew(List.of(), put("a", "ann", "one"));
    }

    @Test
    void anotherPassword() {
        everyEndLeavesOldOrNew(List.of(put("a", "ann", "one")), put("a", "ann", "two"));
    }

    @Test
    void anotherPlaceWithItsPassword() {
        everyEndLeavesOldOrNew(List.of(put("a", "ann", "one")), put("b", "ann", "two"));
        everyEndLeavesOldOrNew(List.of(put("a", "ann", "one")), put("a", "bob", "two"));
    }

    @Test
    void anotherPlaceWithoutAPassword() {
        everyEndLeavesOldOrNew(List.of(put("a", "ann", "one")), put("b", "ann", null));
    }

    @Test
    void aRemoteGoes() {
        everyEndLeavesOldOrNew(List.of(put("a", "ann", "one")), remotes -> {
            if (store.find(TEAM).orElseThrow().remotes().containsKey(HUB)) {
                remotes.delete(TEAM, HUB);
            }
        });
    }

    /** A deletion that broke off, and the same place again without a password: it was to be forgotten. */
    @Test
    void aRemoteSetAnewHasNoPasswordOfAnEarlierOne() {
        ChangeRemotes real = changing(store, vault);
        put("a", "ann", "one").run(real);
        Killer killer = new Killer(2); // the remote is gone, the password not yet
        assertThatThrownBy(
                        () -> changing(killer.around(RepositoryStore.class, store), killer.around(Vault.class, vault))
                                .delete(TEAM, HUB))
                .isInstanceOf(Killed.class);
        assertThat(secrets()).containsExactly("one");
        put("a", "ann", null).run(real);
        assertThat(sent()).endsWith(" -");
        assertThat(secrets()).isEmpty();
    }

    /** What cannot be written leaves no password behind. */
    @Test
    void aRefusedRemoteLeavesNothing() {
        ChangeRemotes real = changing(store, vault);
        for (int i = 0; i < 20; i++) {
            real.put(TEAM, new RemoteName("r" + i), url("a"), "", Optional.empty(), Optional.empty());
        }
        assertThatThrownBy(() -> put("a", "ann", "one").run(real)).hasMessageContaining("at most");
        assertThat(secrets()).isEmpty();
    }
}
