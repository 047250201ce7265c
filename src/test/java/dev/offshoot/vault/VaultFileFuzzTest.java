package dev.offshoot.vault;

import static dev.offshoot.vault.VaultFixture.CANARY;
import static dev.offshoot.vault.VaultFixture.PASSWORD;
import static dev.offshoot.vault.VaultFixture.TEAM;
import static dev.offshoot.vault.VaultFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import dev.offshoot.testing.Gen;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files with a few bytes changed: read as they were meant, or refused; what opens is never another value. */
class VaultFileFuzzTest {
    private static final VaultKey KEY = VaultFixture.key(1);
    private static final List<Reason> REFUSALS = List.of(Reason.STORAGE, Reason.NEWER_VERSION);

    private static final SecretName NAMED =
            new SecretOwner(PASSWORD.address(), Optional.of(new RecordId("7"))).name("/options/password");

    private static final Map<SecretName, String> VALUES = Map.of(PASSWORD, CANARY, TOKEN, "other", NAMED, "third");

    private final byte[] written = new VaultFile(
                    TEAM,
                    new TreeMap<>(Map.of(
                            PASSWORD, Sealed.of(Secret.of(CANARY), KEY, TEAM, PASSWORD, VaultFixture.RANDOM),
                            TOKEN, Sealed.of(Secret.of("other"), KEY, TEAM, TOKEN, VaultFixture.RANDOM),
                            NAMED, Sealed.of(Secret.of("third"), KEY, TEAM, NAMED, VaultFixture.RANDOM))),
                    new TreeMap<>(Map.of(TOKEN, Instant.EPOCH)))
            .toBytes();

    @Test
    void changedFilesAreReadOrRefused() {
        Gen gen = new Gen(11);
        int read = 0;
        int runs = 20_000;
        for (int run = 0; run < runs; run++) {
            byte[] bytes = changed(gen);
            VaultFile file;
            try {
                file = VaultFile.read(TEAM, bytes);
            } catch (Failure e) {
                assertThat(REFUSALS).contains(e.reason());
                assertThat(e.getMessage()).doesNotContain(CANARY);
                continue;
            }
            read++;
            file.secrets()
                    .forEach((name, secret) -> secret.open(KEY, TEAM, name)
                            .ifPresent(s -> assertThat(s).isEqualTo(Secret.of(VALUES.get(name)))));
            assertThat(VaultFile.read(TEAM, file.toBytes()).toBytes()).isEqualTo(file.toBytes());
        }
        assertThat(read).isBetween(runs / 20, runs - runs / 20);
    }

    private byte[] changed(Gen gen) {
        byte[] bytes = written.clone();
        for (int i = 1 + gen.below(3); i > 0 && bytes.length > 0; i--) {
            int at = gen.below(bytes.length);
            switch (gen.below(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, gen.chance(10) ? at : bytes.length);
                case 1 -> bytes[at] = (byte) gen.below(0x100);
                default -> bytes[at] = (byte) (0x20 + gen.below(0x5f));
            }
        }
        return bytes;
    }
}
