package dev.offshoot.access;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Person;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.people.TokenText;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The own token of an instance: from {@code OFFSHOOT_TOKEN}, from the file that {@code OFFSHOOT_TOKEN_FILE} names, or made at the
 * first start and kept as a hash in the data folder.
 *
 * @param token its hash and its owner
 * @param fresh the token itself when it was made just now: to be shown once, it cannot be read again
 */
public record AccessToken(InstanceToken token, Optional<String> fresh) {
    public static final String VARIABLE = "OFFSHOOT_TOKEN";
    public static final String FILE_VARIABLE = "OFFSHOOT_TOKEN_FILE";
    public static final String OWNER_VARIABLE = "OFFSHOOT_TOKEN_OWNER";
    /** Holds the hash, in the data folder. */
    static final String FILE = "token.sha256";

    private static final int MIN_LENGTH = 16;
    private static final int HASH_BYTES = 32;
    private static final Person DEFAULT_OWNER = new Person("admin", "admin@localhost");

    /**
     * Finds or makes the token.
     *
     * @param data folder of the instance; {@code token.sha256} in it holds the hash
     * @throws Failure {@code INVALID_PARAMETER} when both variables are set or the given token is too short, {@code STORAGE} when a file
     *     cannot be read or written
     */
    public static AccessToken resolve(Path data, Map<String, String> environment, SecureRandom random) {
        Person owner = Optional.ofNullable(environment.get(OWNER_VARIABLE))
                .map(AccessToken::person)
                .orElse(DEFAULT_OWNER);
        Optional<String> given = given(environment);
        return given.isPresent()
                ? new AccessToken(InstanceToken.of(given.get(), owner), Optional.empty())
                : kept(data, owner, random);
    }

    /** A token that lives as long as the process. */
    public static AccessToken ofThisRun(SecureRandom random) {
        String token = TokenText.make(random);
        return new AccessToken(InstanceToken.of(token, DEFAULT_OWNER), Optional.of(token));
    }

    private static Optional<String> given(Map<String, String> environment) {
        String token = environment.getOrDefault(VARIABLE, "");
        String file = environment.getOrDefault(FILE_VARIABLE, "");
        if (!token.isEmpty() && !file.isEmpty()) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    VARIABLE,
                    "both " + VARIABLE + " and " + FILE_VARIABLE + " are set",
                    "set one");
        }
        if (!file.isEmpty()) {
            try {
                return Optional.of(longEnough(Files.readString(Path.of(file)).strip(), FILE_VARIABLE));
            } catch (IOException e) {
                throw storage("cannot read the token file " + file, e);
            }
        }
        return token.isEmpty() ? Optional.empty() : Optional.of(longEnough(token.strip(), VARIABLE));
    }

    private static String longEnough(String token, String where) {
        if (token.length() < MIN_LENGTH) {
            throw Failure.of(
                    Reason.INVALID_PARAMETER,
                    where,
                    "the token is shorter than " + MIN_LENGTH + " characters",
                    "leave it out and one is made at the first start");
        }
        return token;
    }

    private static AccessToken kept(Path data, Person owner, SecureRandom random) {
        Path file = data.resolve(FILE);
        try {
            if (Files.exists(file)) {
                byte[] hash = HexFormat.of().parseHex(Files.readString(file).strip());
                if (hash.length != HASH_BYTES) {
                    throw new IOException("it is damaged; delete it and a new token is made");
                }
                return new AccessToken(new InstanceToken(hash, owner), Optional.empty());
            }
            String token = TokenText.make(random);
            Files.createDirectories(data);
            // A crash on the way leaves no half-written hash that would lock everybody out.
            Path written = Files.createTempFile(data, "token", ".new", onlyForUs());
            Files.writeString(written, HexFormat.of().formatHex(TokenText.hash(token)) + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return new AccessToken(InstanceToken.of(token, owner), Optional.of(token));
        } catch (IOException | IllegalArgumentException e) {
            throw storage("cannot read or write " + file, e);
        }
    }

    /** {@code Ada Lovelace <ada@example.org>}, or only a name. */
    private static Person person(String text) {
        int open = text.indexOf('<');
        return open < 0
                ? new Person(text, DEFAULT_OWNER.email())
                : new Person(text.substring(0, open), text.substring(open + 1));
    }

    static FileAttribute<?>[] onlyForUs() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Failure storage(String message, Exception cause) {
        return new Failure(Problem.of(Reason.STORAGE, "", message + ": " + cause.getMessage()), cause);
    }
}
