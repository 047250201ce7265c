package dev.offshoot.vault;

import dev.offshoot.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Secrets on their way into a backup and back: sealed as they are, so no key is needed and none goes along. */
public final class VaultBackup {
    private VaultBackup() {}

    /**
     * The sealed secrets of a workspace, whole, even while somebody else is changing them.
     *
     * @param folder of the vault
     * @return empty when it has none
     * @throws dev.offshoot.model.Failure {@code STORAGE}, also when they are damaged
     */
    public static Optional<Content> read(Path folder, UUID workspace) {
        // A deletion that is under way may be given up yet.
        Optional<Content> kept = read(folder.resolve(workspace + FileVault.SUFFIX))
                .or(() -> read(folder.resolve(workspace + FileVault.DOOMED)));
        kept.ifPresent(content -> check(workspace, content));
        return kept;
    }

    private static Optional<Content> read(Path file) {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(Content.of(in.readAllBytes()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw VaultProblems.storage("read", e);
        }
    }

    private static void check(UUID workspace, Content content) {
        VaultFile.read(workspace, content.bytes());
    }

    /**
     * Puts them into a vault that has none of this workspace.
     *
     * @throws dev.offshoot.model.Failure {@code STORAGE}, also when they are damaged or another workspace's
     */
    public static void write(Path folder, UUID workspace, Content content) {
        check(workspace, content);
        try {
            OwnFiles.createFolder(folder);
            OwnFiles.create(folder.resolve(workspace + FileVault.SUFFIX), content.bytes());
        } catch (IOException e) {
            throw VaultProblems.storage("kept", e);
        }
    }
}
