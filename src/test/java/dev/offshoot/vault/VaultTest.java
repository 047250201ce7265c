package dev.offshoot.vault;

import static dev.offshoot.vault.VaultFixture.CANARY;
import static dev.offshoot.vault.VaultFixture.OTHER;
import static dev.offshoot.vault.VaultFixture.PASSWORD;
import static dev.offshoot.vault.VaultFixture.TEAM;
import static dev.offshoot.vault.VaultFixture.TOKEN;
import static dev.offshoot.vault.VaultFixture.failure;
import static dev.offshoot.vault.VaultFixture.files;
import static dev.offshoot.vault.VaultFixture.keys;
import static dev.offshoot.vault.VaultFixture.open;
import static dev.offshoot.vault.VaultFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonWriter;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    @TempDir
    Path data;

    private Path folder;
    private Path file;

    @BeforeEach
    void place() {
        folder = data.resolve("vault");
        file = folder.resolve(TEAM + ".json");
    }

    @Test
    void whatIsStoredComesBackAfterAReopeningAndIsReadableNowhere() throws Exception {
        FileVault vault = open(folder, keys(1));
        vault.store(TEAM, Map.of(PASSWORD, Optional.of(Secret.of(CANARY)), TOKEN, Optional.of(Secret.of(""))));
        store(vault, OTHER, PASSWORD, CANARY);
        FileVault again = open(folder, keys(1));
        assertThat(again.read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
        assertThat(again.read(TEAM, TOKEN).orElseThrow().reveal()).isEmpty();
        assertThat(again.read(OTHER, TOKEN)).isEmpty();
        assertThat(again.names(TEAM)).containsExactly(TOKEN, PASSWORD);
        assertThat(files(folder))
                .hasSize(2)
                .allSatisfy((name, text) -> assertThat(text).doesNotContain(CANARY));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void theSameValueIsSealedDifferentlyEachTimeAndStoringItAgainWritesNothing() throws Exception {
        FileVault vault = open(folder, keys(1));
        store(vault, TEAM, PASSWORD, CANARY);
        store(vault, TEAM, TOKEN, CANARY);
        JsonArray secrets = ((JsonObject) JsonReader.read(Files.readAllBytes(file)))
                .array("secrets")
                .orElseThrow();
        for (String part : List.of("nonce", "sealed")) {
            assertThat(((JsonObject) secrets.get(0)).text(part)).isNotEqualTo(((JsonObject) secrets.get(1)).text(part));
        }
        Map<String, String> before = files(folder);
        store(vault, TEAM, PASSWORD, CANARY);
        assertThat(files(folder)).isEqualTo(before);
        store(vault, TEAM, PASSWORD, "another");
        assertThat(vault.read(TEAM, PASSWORD)).contains(Secret.of("another"));
        vault.store(TEAM, Map.of(PASSWORD, Optional.empty(), TOKEN, Optional.empty()));
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void aSecretThatWasMovedOrChangedDoesNotOpen() throws Exception {
        FileVault vault = open(folder, keys(1));
        store(vault, TEAM, PASSWORD, CANARY);
        String text = Files.readString(file);
        for (String moved : List.of(
                text.replace("datasources/postgres", "datasources/mysql"),
                text.replace("/options/password", "/name"))) {
            assertThat(moved).isNotEqualTo(text);
            Files.writeString(file, moved);
            SecretName name = open(folder, keys(1)).names(TEAM).first();
            assertThat(failure(() -> vault.read(TEAM, name)).reason()).isEqualTo(Reason.STORAGE);
        }
        Files.writeString(folder.resolve(OTHER + ".json"), text.replace(TEAM.toString(), OTHER.toString()));
        assertThat(failure(() -> vault.read(OTHER, PASSWORD)).reason()).isEqualTo(Reason.STORAGE);
        Files.writeString(folder.resolve(OTHER + ".json"), text);
        assertThat(failure(() -> vault.names(OTHER)).reason()).isEqualTo(Reason.STORAGE);
    }

    @Test
    void withoutAKeyNothingIsStoredAndWhatIsThereStays() throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Map<String, String> before = files(folder);
        for (Vault vault : List.of(open(folder, Optional.empty()), Vault.NONE)) {
            Failure refused = failure(() -> store(vault, TEAM, TOKEN, CANARY));
            assertThat(refused.reason()).isEqualTo(Reason.VAULT_LOCKED);
            assertThat(refused.getMessage()).contains("--vault-key-file").doesNotContain(CANARY);
        }
        Vault locked = open(folder, Optional.empty());
        assertThat(locked.hasKey()).isFalse();
        assertThat(locked.names(TEAM)).containsExactly(PASSWORD);
        assertThat(failure(() -> locked.read(TEAM, PASSWORD)).reason()).isEqualTo(Reason.VAULT_LOCKED);
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void aWrongKeyIsRefusedAtTheStartAndLaterAndChangesNothing() throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Map<String, String> before = files(folder);
        for (Optional<VaultKeys> wrong : List.of(keys(2), keys(2, 3))) {
            Failure refused = failure(() -> open(folder, wrong));
            assertThat(refused.reason()).isEqualTo(Reason.VAULT_LOCKED);
            assertThat(refused.getMessage()).contains(VaultFixture.key(1).id().value());
        }
        // A file that is put back from a backup while the server runs.
        String asItWas = Files.readString(file);
        Files.delete(file);
        FileVault vault = open(folder, keys(2));
        Files.writeString(file, asItWas);
        assertThat(failure(() -> store(vault, TEAM, TOKEN, "new")).reason()).isEqualTo(Reason.VAULT_LOCKED);
        assertThat(failure(() -> vault.read(TEAM, PASSWORD)).reason()).isEqualTo(Reason.VAULT_LOCKED);
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void aKeyThatIsMissingForOneWorkspaceChangesNoOther() throws Exception {
        store(open(folder, keys(3)), OTHER, TOKEN, "more");
        Path others = folder.resolve(OTHER + ".json");
        String text = Files.readString(others);
        Files.delete(others);
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Files.writeString(others, text);
        Map<String, String> before = files(folder);
        assertThat(failure(() -> open(folder, keys(2, 1))).reason()).isEqualTo(Reason.VAULT_LOCKED);
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void aNewKeyReplacesTheOldOneEverywhere() throws Exception {
        FileVault first = open(folder, keys(1));
        store(first, TEAM, PASSWORD, CANARY);
        store(first, OTHER, TOKEN, "more");
        open(folder, keys(2, 1));
        assertThat(files(folder).values())
                .noneMatch(t -> t.contains(VaultFixture.key(1).id().value()));
        FileVault second = open(folder, keys(2));
        assertThat(second.read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
        assertThat(second.read(OTHER, TOKEN)).contains(Secret.of("more"));
    }

    @Test
    void aChangeOfKeysThatIsCutShortIsFinishedByTheNextStart() throws Exception {
        FileVault first = open(folder, keys(1));
        store(first, TEAM, PASSWORD, CANARY);
        store(first, OTHER, TOKEN, "more");
        List<Integer> written = new ArrayList<>();
        assertThat(failure(() -> FileVault.open(folder, keys(2, 1), VaultFixture.RANDOM, id -> true, step -> {
                            if (step == VaultFaults.Step.FORCED) {
                                written.add(1);
                                if (written.size() == 2) {
                                    throw new IOException("the disk failed");
                                }
                            }
                        }))
                        .reason())
                .isEqualTo(Reason.STORAGE);
        assertThat(failure(() -> open(folder, keys(2))).reason()).isEqualTo(Reason.VAULT_LOCKED);
        FileVault both = open(folder, keys(2, 1));
        assertThat(both.read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
        assertThat(both.read(OTHER, TOKEN)).contains(Secret.of("more"));
        open(folder, keys(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "WRITTEN", "FORCED"})
    void aWriteThatFailsShowsNothing(VaultFaults.Step where) throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Map<String, String> before = files(folder);
        FileVault failing = FileVault.open(folder, keys(1), VaultFixture.RANDOM, id -> true, step -> {
            if (step == where) {
                throw new IOException("the disk failed at " + step);
            }
        });
        assertThat(failure(() -> store(failing, TEAM, PASSWORD, "lost")).reason())
                .isEqualTo(Reason.STORAGE);
        assertThat(files(folder)).isEqualTo(before);
        assertThat(failing.read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
    }

    @Test
    void aWriteThatFailsAfterItWasShownIsComplete() {
        FileVault failing = FileVault.open(folder, keys(1), VaultFixture.RANDOM, id -> true, step -> {
            if (step == VaultFaults.Step.RENAMED) {
                throw new IOException("the disk failed at " + step);
            }
        });
        assertThat(failure(() -> store(failing, TEAM, PASSWORD, CANARY)).reason())
                .isEqualTo(Reason.STORAGE);
        assertThat(open(folder, keys(1)).read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
    }

    @Test
    void whatAKilledProcessLeftIsGoneAfterOpening() throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Files.writeString(folder.resolve(TEAM + ".json.new"), "half");
        open(folder, keys(1));
        assertThat(files(folder)).containsOnlyKeys(TEAM + ".json");
    }

    @Test
    void secretsGoWithTheirWorkspaceAndStayWithOneThatStays() throws Exception {
        FileVault vault = open(folder, keys(1));
        store(vault, TEAM, PASSWORD, CANARY);
        store(vault, OTHER, PASSWORD, CANARY);
        assertThatThrownBy(() -> vault.deleting(
                        TEAM,
                        () -> {
                            throw new IllegalStateException("not deleted");
                        },
                        () -> true))
                .hasMessage("not deleted");
        assertThat(vault.read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
        vault.deleting(
                TEAM,
                () -> assertThat(failure(() -> store(vault, TEAM, PASSWORD, "late"))
                                .reason())
                        .isEqualTo(Reason.NOT_FOUND),
                () -> false);
        assertThat(files(folder)).containsOnlyKeys(OTHER + ".json");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeletionThatWasKilledIsDecidedByWhetherTheWorkspaceIsThere(boolean there) throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Files.move(file, folder.resolve(TEAM + ".doomed"));
        FileVault vault = FileVault.open(folder, keys(1), VaultFixture.RANDOM, id -> there);
        assertThat(vault.read(TEAM, PASSWORD).isPresent()).isEqualTo(there);
        assertThat(files(folder)).hasSize(there ? 1 : 0);
    }

    @Test
    void oneDamagedFileLeavesTheOthersAlone() throws Exception {
        FileVault vault = open(folder, keys(1));
        store(vault, TEAM, PASSWORD, CANARY);
        store(vault, OTHER, PASSWORD, CANARY);
        Files.writeString(file, "{");
        FileVault again = open(folder, keys(1));
        assertThat(again.read(OTHER, PASSWORD)).contains(Secret.of(CANARY));
        assertThat(failure(() -> store(again, TEAM, TOKEN, "x")).reason()).isEqualTo(Reason.STORAGE);
        assertThat(Files.readString(file)).isEqualTo("{");
    }

    @Test
    void manyWritersLoseNothing() {
        FileVault vault = open(folder, keys(1));
        List<SecretName> names = IntStream.range(0, 24)
                .mapToObj(i -> SecretName.of(PASSWORD.address(), "field" + i))
                .toList();
        CompletableFuture.allOf(names.stream()
                        .map(n -> CompletableFuture.runAsync(() -> store(vault, TEAM, n, "value of " + n.field())))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(vault.names(TEAM)).containsExactlyInAnyOrderElementsOf(names);
        names.forEach(n -> assertThat(vault.read(TEAM, n)).contains(Secret.of("value of " + n.field())));
    }

    @Test
    void limitsAreNamed() {
        assertThat(failure(() -> Secret.of("x".repeat(Secret.MAX_BYTES + 1))).reason())
                .isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(Secret.of(CANARY).toString()).doesNotContain("canary");
        assertThat(failure(() -> Secret.of("\ud800")).reason()).isEqualTo(Reason.INVALID_PARAMETER);
        for (String field : List.of("", "a\nb", "x".repeat(1025))) {
            assertThat(failure(() -> new SecretField(field)).reason()).isEqualTo(Reason.INVALID_NAME);
        }
    }

    @Test
    void aFileOfALaterOffshootIsNotTouched() throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        JsonObject content = (JsonObject) JsonReader.read(Files.readAllBytes(file));
        Files.write(file, JsonWriter.pretty(content.with("format", dev.offshoot.format.JsonValue.of("3"))));
        Map<String, String> before = files(folder);
        FileVault vault = open(folder, keys(1));
        assertThat(failure(() -> store(vault, TEAM, TOKEN, "x")).reason()).isEqualTo(Reason.NEWER_VERSION);
        assertThat(files(folder)).isEqualTo(before);
    }

    /** Looking after what is unused is cut off anywhere: values are there until they are forgotten whole. */
    @Test
    void whatIsUnusedIsForgottenWholeOrNotAtAll() throws Exception {
        Instant then = Instant.parse("2026-05-31T12:00:00Z");
        for (VaultFaults.Step fail : VaultFaults.Step.values()) {
            Path folder = data.resolve("failing at " + fail);
            store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
            store(open(folder, keys(1)), TEAM, TOKEN, CANARY);
            boolean[] on = {true};
            FileVault vault = FileVault.open(folder, keys(1), VaultFixture.RANDOM, id -> true, step -> {
                if (on[0] && step == fail) {
                    throw new IOException("failed");
                }
            });
            assertThat(failure(() -> vault.markUnused(TEAM, Set.of(TOKEN), Set.of(PASSWORD), then))
                            .reason())
                    .isEqualTo(Reason.STORAGE);
            assertThat(open(folder, keys(1)).read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
            on[0] = false;
            Map<SecretName, Instant> marked = vault.markUnused(TEAM, Set.of(TOKEN), Set.of(PASSWORD), then);
            assertThat(marked).containsOnlyKeys(PASSWORD);
            on[0] = true;
            failure(() -> vault.forget(TEAM, marked, Set.of()));
            FileVault after = open(folder, Optional.empty());
            assertThat(after.names(TEAM))
                    .isEqualTo(fail == VaultFaults.Step.RENAMED ? Set.of(TOKEN) : Set.of(PASSWORD, TOKEN));
        }
    }

    @Test
    void whatIsOfUseAgainIsNotForgotten() {
        Instant then = Instant.parse("2026-05-31T12:00:00Z");
        FileVault vault = open(folder, keys(1));
        store(vault, TEAM, PASSWORD, CANARY);
        Map<SecretName, Instant> marked = vault.markUnused(TEAM, Set.of(), Set.of(PASSWORD), then);
        vault.forget(TEAM, marked, Set.of(PASSWORD));
        assertThat(vault.unused(TEAM)).containsEntry(PASSWORD, then);
        store(vault, TEAM, PASSWORD, "another");
        assertThat(vault.unused(TEAM)).as("set anew").isEmpty();
        vault.forget(TEAM, marked, Set.of());
        vault.markUnused(TEAM, Set.of(), Set.of(PASSWORD), then.plusSeconds(1));
        vault.forget(TEAM, marked, Set.of());
        assertThat(vault.names(TEAM)).containsExactly(PASSWORD);
    }

    /** A value that somebody puts under another record does not open. */
    @Test
    void theRecordIsSealedIn() throws Exception {
        SecretName first = new SecretOwner(PASSWORD.address(), Optional.of(new RecordId("1"))).name("/p");
        store(open(folder, keys(1)), TEAM, first, CANARY);
        assertThat(open(folder, keys(1)).read(TEAM, first)).contains(Secret.of(CANARY));
        Files.writeString(file, Files.readString(file).replace("\"record\": \"1\"", "\"record\": \"2\""));
        SecretName second = new SecretOwner(PASSWORD.address(), Optional.of(new RecordId("2"))).name("/p");
        assertThat(failure(() -> open(folder, keys(1)).read(TEAM, second)).reason())
                .isEqualTo(Reason.STORAGE);
    }

    @Test
    void filesOfTheFirstFormatAreRead() throws Exception {
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        Files.writeString(file, Files.readString(file).replace("\"format\": \"2\"", "\"format\": \"1\""));
        assertThat(open(folder, keys(1)).read(TEAM, PASSWORD)).contains(Secret.of(CANARY));
    }

    @Test
    void whatIsSealedWithoutAKeyIsKnown() {
        assertThat(open(folder, Optional.empty()).locked()).isEmpty();
        store(open(folder, keys(1)), TEAM, PASSWORD, CANARY);
        assertThat(open(folder, Optional.empty()).locked()).containsExactly(TEAM);
        assertThat(open(folder, keys(1)).locked()).isEmpty();
        assertThat(failure(() -> open(folder, keys(2))).getMessage())
                .contains(
                        TEAM.toString(),
                        "key " + VaultFixture.key(1).id(),
                        "key " + VaultFixture.key(2).id());
    }
}
