package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** The key that seals, and while keys are changed the old one, which only opens. */
public final class VaultKeys {
    private static final String VARIABLE = "OFFSHOOT_VAULT_KEY";
    private static final String OLD_VARIABLE = "OFFSHOOT_VAULT_OLD_KEY";
    private static final int MAX_FILE_BYTES = 1024;

    private final VaultKey current;
    private final Optional<VaultKey> old;

    VaultKeys(VaultKey current, Optional<VaultKey> old) {
        this.current = current;
        this.old = old;
    }

    /**
     * Finds the keys: in a file that an option names, else in {@code OFFSHOOT_VAULT_KEY} or the file that
     * {@code OFFSHOOT_VAULT_KEY_FILE} names, and likewise the old one.
     *
     * @return empty when no key is given
     * @throws Failure {@code INVALID_PARAMETER} for what is no key, both variables, or an old key alone; {@code STORAGE} when a file
     *     cannot be read
     */
    public static Optional<VaultKeys> resolve(
            Optional<Path> file, Optional<Path> oldFile, Map<String, String> environment) {
        Optional<VaultKey> current = find(file, "--vault-key-file", VARIABLE, environment);
        Optional<VaultKey> old = find(oldFile, "--vault-old-key-file", OLD_VARIABLE, environment);
        if (current.isEmpty() && old.isPresent()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    OLD_VARIABLE,
                    "an old key of the vault is given, but no new one",
                    "give the new key as --vault-key-file or " + VARIABLE);
        }
        return current.map(key -> new VaultKeys(key, old));
    }

    private static Optional<VaultKey> find(
            Optional<Path> file, String option, String variable, Map<String, String> environment) {
        if (file.isPresent()) {
            return file.map(f -> read(f, option));
        }
        String text = environment.getOrDefault(variable, "");
        String named = environment.getOrDefault(variable + "_FILE", "");
        if (!text.isEmpty() && !named.isEmpty()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    variable,
                    "both " + variable + " and " + variable + "_FILE are set",
                    "set one");
        }
        if (!named.isEmpty()) {
            return Optional.of(read(Path.of(named), variable + "_FILE"));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(VaultKey.parse(text, variable));
    }

    private static VaultKey read(Path file, String where) {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES);
        } catch (IOException e) {
            throw new Failure(
                    new Problem(
                            Reason.STORAGE,
                            where,
                            "cannot read the file of the vault's key: " + e.getMessage(),
                            "name a file that holds the key alone"),
                    e);
        }
        return VaultKey.parse(new String(bytes, StandardCharsets.ISO_8859_1), where);
    }

    /**
     * Writes a new key into a new file that only its owner can read.
     *
     * @throws Failure {@code STORAGE}; an existing file is never replaced
     */
    public static void make(Path file, SecureRandom random) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            OwnFiles.create(file, (VaultKey.make(random) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw VaultProblems.storage("kept: the file of a new key cannot be written", e);
        }
    }

    VaultKey current() {
        return current;
    }

    Optional<VaultKey> of(KeyId id) {
        return current.id().equals(id)
                ? Optional.of(current)
                : old.filter(key -> key.id().equals(id));
    }
}
