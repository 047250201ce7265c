package dev.offshoot.vault;

import static dev.offshoot.vault.VaultFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeysTest {
    private static final String HEX = "fbff00112233445566778899aabbccddeeff0123456789abcdeffedcba987654";

    @TempDir
    Path folder;

    @Test
    void oneKeyInThreeSpellingsIsOneKey() {
        byte[] bytes = HexFormat.of().parseHex(HEX);
        List<String> spellings = List.of(
                HEX,
                HEX.toUpperCase(java.util.Locale.ROOT) + "\n",
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        assertThat(spellings.stream().map(s -> VaultKey.parse(s, "x").id()).distinct())
                .hasSize(1);
        assertThat(VaultKey.parse(HEX, "x").toString()).doesNotContain(HEX.substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "fbff00112233445566778899aabbccdd",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "!!!!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void anythingElseIsRefusedAndNotShown(String text) {
        Failure refused = failure(
                () -> VaultKeys.resolve(Optional.empty(), Optional.empty(), Map.of("OFFSHOOT_VAULT_KEY", text)));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID_PARAMETER);
        assertThat(refused.getMessage()).contains("OFFSHOOT_VAULT_KEY").doesNotContain(text);
    }

    @Test
    void anOptionWinsOverVariablesAndContradictionsAreRefused() throws Exception {
        Path file = folder.resolve("key");
        VaultKeys.make(file, VaultFixture.RANDOM);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        KeyId made = VaultKey.parse(Files.readString(file), "x").id();
        Map<String, String> variable = Map.of("OFFSHOOT_VAULT_KEY", HEX);
        assertThat(id(VaultKeys.resolve(Optional.of(file), Optional.empty(), variable)))
                .isEqualTo(made);
        assertThat(id(VaultKeys.resolve(Optional.empty(), Optional.of(file), variable)))
                .isEqualTo(VaultKey.parse(HEX, "x").id());
        assertThat(id(VaultKeys.resolve(
                        Optional.empty(), Optional.empty(), Map.of("OFFSHOOT_VAULT_KEY_FILE", file.toString()))))
                .isEqualTo(made);
        assertThat(VaultKeys.resolve(Optional.empty(), Optional.empty(), Map.of()))
                .isEmpty();
        for (Map<String, String> wrong : List.of(
                Map.of("OFFSHOOT_VAULT_KEY", HEX, "OFFSHOOT_VAULT_KEY_FILE", file.toString()),
                Map.of("OFFSHOOT_VAULT_OLD_KEY", HEX))) {
            assertThat(failure(() -> VaultKeys.resolve(Optional.empty(), Optional.empty(), wrong))
                            .reason())
                    .isEqualTo(Reason.INVALID_PARAMETER);
        }
        assertThat(failure(() -> VaultKeys.resolve(Optional.of(folder.resolve("none")), Optional.empty(), Map.of()))
                        .reason())
                .isEqualTo(Reason.STORAGE);
        assertThat(failure(() -> VaultKeys.make(file, VaultFixture.RANDOM)).reason())
                .isEqualTo(Reason.STORAGE);
    }

    private static KeyId id(Optional<VaultKeys> keys) {
        return keys.orElseThrow().current().id();
    }
}
