package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Person;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.store.FileRepositoryStore;
import dev.offshoot.store.StoreOptions;
import dev.offshoot.vault.FileVault;
import dev.offshoot.vault.SecretName;
import dev.offshoot.vault.VaultKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteWorkspaceTest {
    private static final SecretName NAME = SecretName.of(TreePath.of("tooljet/datasources/postgres"), "/password");

    @TempDir
    Path data;

    @Test
    void secretsGoWithTheWorkspaceAndOneOfTheSameNameHasNone() {
        WorkspaceName team = new WorkspaceName("team");
        WorkspaceName other = new WorkspaceName("other");
        Person ada = new Person("Ada", "ada@example.com");
        try (FileRepositoryStore store = FileRepositoryStore.open(
                data, StoreOptions.of(Clock.systemUTC()).withoutCheckouts())) {
            UUID id = store.create(team, UUID.randomUUID(), ada).info().id();
            UUID kept = store.create(other, UUID.randomUUID(), ada).info().id();
            FileVault vault = FileVault.open(
                    data.resolve("vault"),
                    VaultKeys.resolve(
                            Optional.empty(),
                            Optional.empty(),
                            Map.of("OFFSHOOT_VAULT_KEY", "0123456789abcdef".repeat(4))),
                    new SecureRandom(),
                    any -> true);
            vault.store(id, Map.of(NAME, Optional.of(Secret.of("s3cret"))));
            vault.store(kept, Map.of(NAME, Optional.of(Secret.of("s3cret"))));
            new DeleteWorkspace(store, vault).run(team);
            UUID next = store.create(team, UUID.randomUUID(), ada).info().id();
            assertThat(vault.names(id)).isEmpty();
            assertThat(vault.names(next)).isEmpty();
            assertThat(vault.names(kept)).containsExactly(NAME);
        }
    }
}
