package dev.offshoot.access;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The hash of an instance's own token on its way into a backup and back. A token that the environment gives leaves none. */
public final class TokenBackup {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}\\s*");

    private TokenBackup() {}

    /** @throws Failure {@code STORAGE}, also when it is damaged */
    public static Optional<Content> read(Path data) {
        try {
            Content content = Content.of(Files.readAllBytes(data.resolve(AccessToken.FILE)));
            check(content);
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private static void check(Content content) {
        if (!HASH.matcher(content.utf8()).matches()) {
            throw Failure.of(
                    Reason.STORAGE,
                    AccessToken.FILE,
                    "the hash of the token is damaged",
                    "delete the file, and a new token is made at the next start");
        }
    }

    /** Puts it into a data folder that has none. */
    public static void write(Path data, Content content) {
        check(content);
        try {
            Files.write(Files.createFile(data.resolve(AccessToken.FILE), AccessToken.onlyForUs()), content.bytes());
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private static Failure storage(IOException cause) {
        return new Failure(
                Problem.of(
                        Reason.STORAGE,
                        AccessToken.FILE,
                        "the hash of the token cannot be read or written: " + cause.getMessage()),
                cause);
    }
}
