package dev.offshoot.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.layout.Layouts;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.service.Attribution;
import dev.offshoot.service.ImportRequest;
import dev.offshoot.service.ImportWishes;
import dev.offshoot.service.SecretLanding;
import dev.offshoot.service.SentDocument;
import dev.offshoot.service.UseCases;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.store.WorkspaceRepository;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and the import that brings them: both or neither, wherever it is cut off. */
class SecretsLandingTest {
    private static final WorkspaceName TEAM = new WorkspaceName("team");
    private static final Person ADA = new Person("Ada", "ada@example.com");
    private static final SecretName PASSWORD =
            SecretName.of(TreePath.of("tooljet/datasources/db"), "/environments/development/options/password/value");

    @TempDir
    Path data;

    private FileRepositoryStore store;
    private WorkspaceRepository repository;
    /** Steps that are left until something happens. */
    private int left;

    private Function<String, Throwable> what;

    /** The process is gone: nothing that would run after it runs. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void open() {
        store = FileRepositoryStore.open(
                data, StoreOptions.of(Clock.systemUTC()).withoutCheckouts());
        repository = store.create(TEAM, UUID.randomUUID(), ADA);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void step(String name) throws IOException {
        if (left > 0 && --left == 0) {
            Throwable thrown = what.apply(name);
            if (thrown instanceof Error e) {
                throw e;
            }
            throw (IOException) thrown;
        }
    }

    private FileVault vault() {
        return FileVault.open(
                data.resolve("vault"),
                VaultFixture.keys(1),
                VaultFixture.RANDOM,
                id -> true,
                (workspace, operation) -> SecretLanding.landed(store, workspace, operation),
                step -> step(step.name()));
    }

    /** The store, with a step before and after each update. */
    private RepositoryStore stepping() {
        return proxy(
                RepositoryStore.class,
                store,
                (name, result) -> result instanceof Optional<?> found
                                && found.isPresent()
                                && found.get() instanceof WorkspaceRepository r
                        ? Optional.of(proxy(WorkspaceRepository.class, r, (method, value) -> value))
                        : result);
    }

    private interface Seen {
        Object seen(String method, Object result);
    }

    private <T> T proxy(Class<T> type, T target, Seen seen) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    boolean update = method.getName().equals("update");
                    try {
                        if (update) {
                            stepUnchecked("before the update");
                        }
                        Object result = method.invoke(target, arguments);
                        if (update) {
                            stepUnchecked("after the update");
                        }
                        return seen.seen(method.getName(), result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void stepUnchecked(String name) {
        try {
            step(name);
        } catch (IOException e) {
            throw Failure.of(Reason.STORAGE, "", e.getMessage());
        }
    }

    private void send(Vault vault, String password, String handle) throws IOException {
        UseCases use = UseCases.wire(
                stepping(),
                RemoteRepositories.NONE,
                vault,
                new LayoutEngine(Layouts.bundled()),
                Clock.systemUTC(),
                UUID::randomUUID,
                8 << 20);
        try (InputStream in = getClass().getResourceAsStream("/golden/secrets/input.json")) {
            String document = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(\"password\": \\{[^}]*\"value\": )\"[^\"]*\"", "$1\"" + password + "\"")
                    .replace("\"handle\": \"home\"", "\"handle\": \"" + handle + "\"");
            assertThat(document).contains("\"" + password + "\"");
            use.importDocument()
                    .run(new ImportRequest(
                            new SentDocument(TEAM, document.getBytes(StandardCharsets.UTF_8)),
                            ImportWishes.NONE,
                            Attribution.of(ADA),
                            true));
        }
    }

    private ObjectName head() {
        return repository.snapshot(Revision.DEFAULT).orElseThrow().commit();
    }

    /** By place and field: its record has an id. */
    private Optional<Secret> password(Vault vault) {
        UUID team = repository.info().id();
        return vault.names(team).stream()
                .filter(name -> name.address().equals(PASSWORD.address())
                        && name.field().equals(PASSWORD.field()))
                .findFirst()
                .flatMap(name -> vault.read(team, name));
    }

    private static Secret json(String text) {
        return Secret.of("\"" + text + "\"");
    }

    private void requireNothingWaits() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("vault"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactly(repository.info().id() + ".json");
        }
    }

    @Test
    void aKilledProcessLeavesBothOrNeither() throws Exception {
        send(vault(), "old 0", "h0");
        assertThat(password(vault())).contains(json("old 0"));
        String now = "old 0";
        boolean old = false;
        boolean young = false;
        for (int n = 1; ; n++) {
            ObjectName before = head();
            String next = "new " + n;
            left = n;
            what = name -> new Killed();
            try {
                send(vault(), next, "h" + n);
                assertThat(left).as("it was cut off everywhere").isPositive();
                break;
            } catch (Killed killed) {
                left = 0;
            }
            FileVault opened = vault();
            boolean landed = !head().equals(before);
            assertThat(password(opened))
                    .as("killed at step %s, landed: %s", n, landed)
                    .contains(json(landed ? next : now));
            now = landed ? next : now;
            old |= !landed;
            young |= landed;
            requireNothingWaits();
        }
        assertThat(old && young).isTrue();
        left = 0;
    }

    @Test
    void aDiskThatFailsLeavesBothOrNeither() throws Exception {
        send(vault(), "old 0", "h0");
        String now = "old 0";
        for (int n = 1; ; n++) {
            ObjectName before = head();
            String next = "new " + n;
            left = n;
            what = name -> new IOException("failed at " + name);
            FileVault vault = vault();
            try {
                send(vault, next, "h" + n);
                break;
            } catch (Failure failed) {
                assertThat(failed.reason()).isEqualTo(Reason.STORAGE);
                assertThat(failed.getMessage()).doesNotContain(next);
            }
            boolean landed = !head().equals(before);
            if (!landed) {
                assertThat(password(vault)).contains(json(now));
            }
            assertThat(password(vault()))
                    .as("failed at step %s, landed: %s", n, landed)
                    .contains(json(landed ? next : now));
            now = landed ? next : now;
            requireNothingWaits();
        }
        left = 0;
    }

    /** What somebody else sets while an import is under way stays. */
    @Test
    void changesThatWaitDoNotUndoOthers() {
        FileVault vault = vault();
        UUID team = repository.info().id();
        SecretName other = SecretName.of(PASSWORD.address(), "/other");
        Vault.Staged staged = vault.stage(team, UUID.randomUUID(), Map.of(PASSWORD, Optional.of(Secret.of("a"))));
        assertThat(vault.read(team, PASSWORD)).isEmpty();
        vault.store(team, Map.of(other, Optional.of(Secret.of("b"))));
        staged.commit();
        assertThat(vault.read(team, PASSWORD)).contains(Secret.of("a"));
        assertThat(vault.read(team, other)).contains(Secret.of("b"));
        vault.stage(team, UUID.randomUUID(), Map.of(PASSWORD, Optional.empty())).discard();
        assertThat(vault().names(team)).containsExactly(PASSWORD, other);
        vault.stage(team, UUID.randomUUID(), Map.of(PASSWORD, Optional.empty())).commit();
        assertThat(vault().names(team)).containsExactly(other);
    }
}
