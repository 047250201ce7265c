package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Secret;
import dev.offshoot.model.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Keys and places for tests of the vault, and a look at its files. */
final class VaultFixture {
    static final String CANARY = "canary-7f3a";
    static final UUID TEAM = new UUID(0x4000L, 0x8000_0000_0000_0001L);
    static final UUID OTHER = new UUID(0x4000L, 0x8000_0000_0000_0002L);
    static final SecretName PASSWORD = SecretName.of(TreePath.of("tooljet/datasources/postgres"), "/options/password");
    static final SecretName TOKEN = SecretName.of(TreePath.of("tooljet/apps/crm"), "/workflowApiToken");
    static final SecureRandom RANDOM = new SecureRandom();

    private VaultFixture() {}

    /** A key made of a number. */
    static VaultKey key(int seed) {
        return VaultKey.parse(String.format("%064x", 0xabcdef00L + seed), "test");
    }

    static Optional<VaultKeys> keys(int current) {
        return Optional.of(new VaultKeys(key(current), Optional.empty()));
    }

    static Optional<VaultKeys> keys(int current, int old) {
        return Optional.of(new VaultKeys(key(current), Optional.of(key(old))));
    }

    static FileVault open(Path folder, Optional<VaultKeys> keys) {
        return FileVault.open(folder, keys, RANDOM, id -> true);
    }

    static void store(Vault vault, UUID workspace, SecretName name, String value) {
        vault.store(workspace, Map.of(name, Optional.of(Secret.of(value))));
    }

    static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(Failure.class, call);
    }

    /** Every file by its name. */
    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                found.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }
}
