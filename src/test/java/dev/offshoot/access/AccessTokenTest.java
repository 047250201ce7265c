package dev.offshoot.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokenTest {
    @TempDir
    Path data;

    private AccessToken resolve(Map<String, String> environment) {
        return AccessToken.resolve(data, environment, new SecureRandom());
    }

    private static Optional<Person> admits(AccessToken token, String text) {
        return new Gate(token.token(), Holders.NONE)
                .admit(Optional.of("Bearer " + text))
                .map(Caller::author);
    }

    @Test
    void isMadeAtTheFirstStartAndShownOnce() throws IOException {
        AccessToken first = resolve(Map.of());
        String token = first.fresh().orElseThrow();
        assertThat(token).hasSizeGreaterThan(40);
        assertThat(admits(first, token)).isPresent();

        AccessToken second = resolve(Map.of());
        assertThat(second.fresh()).isEmpty();
        assertThat(admits(second, token)).isPresent();
        assertThat(admits(second, token + "x")).isEmpty();
    }

    @Test
    void onlyItsHashIsKeptAndOnlyForUs() throws IOException {
        String token = resolve(Map.of()).fresh().orElseThrow();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.readString(file)).doesNotContain(token).doesNotContain(token.substring(4));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aGivenOneIsNotKept() throws IOException {
        AccessToken given = resolve(
                Map.of("OFFSHOOT_TOKEN", "given-by-environment", "OFFSHOOT_TOKEN_OWNER", "Ada L <ada@example.org>"));
        assertThat(given.fresh()).isEmpty();
        assertThat(admits(given, "given-by-environment")).contains(new Person("Ada L", "ada@example.org"));
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void mayComeFromAFile() throws IOException {
        Path file = Files.writeString(data.resolve("secret"), "given-by-a-file-12\n");
        AccessToken given = resolve(Map.of("OFFSHOOT_TOKEN_FILE", file.toString()));
        assertThat(admits(given, "given-by-a-file-12")).isPresent();
    }

    @Test
    void doubtfulSettingsAreRefusedWithoutRepeatingThem() {
        assertThatThrownBy(() -> resolve(Map.of("OFFSHOOT_TOKEN", "short")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("16")
                .hasMessageNotContaining("short\"");
        assertThatThrownBy(() -> resolve(Map.of("OFFSHOOT_TOKEN", "x".repeat(20), "OFFSHOOT_TOKEN_FILE", "y")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("both");
        assertThatThrownBy(() -> resolve(
                        Map.of("OFFSHOOT_TOKEN_FILE", data.resolve("none").toString())))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aDamagedHashLetsNobodyInAndSaysSo() throws IOException {
        Files.writeString(data.resolve("token.sha256"), "damaged");
        assertThatThrownBy(() -> resolve(Map.of())).isInstanceOf(Failure.class).hasMessageContaining("token.sha256");
        Files.writeString(data.resolve("token.sha256"), "");
        assertThatThrownBy(() -> resolve(Map.of())).isInstanceOf(Failure.class).hasMessageContaining("token.sha256");
    }
}
