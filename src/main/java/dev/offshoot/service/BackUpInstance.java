package dev.offshoot.service;

import dev.offshoot.access.TokenBackup;
import dev.offshoot.archive.ArchiveFormat;
import dev.offshoot.archive.ArchiveWriter;
import dev.offshoot.archive.NewFile;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.people.PeopleBackup;
import dev.offshoot.store.RepositoryImage;
import dev.offshoot.vault.VaultBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a whole instance into one file, while it may be serving: every repository with its ledgers as it stood at one moment, the sealed
 * secrets, the hash of the token. Not in it: the vault's key, and what people have changed in checkouts without committing it.
 */
public final class BackUpInstance {
    /** Somebody may delete or fold away what is being read. */
    private static final int ATTEMPTS = 3;

    /**
     * What was written.
     *
     * @param sealed workspaces with secrets, for which a restored instance needs the vault's key
     */
    public record Done(int workspaces, int sealed, long bytes) {}

    /**
     * Backs up.
     *
     * @param data folder of the instance
     * @param file to be made; readable for its owner alone
     * @throws Failure {@code NOT_FOUND} when the folder is none of ours, {@code ALREADY_EXISTS} when there is such a file, {@code STORAGE}; no
     *     file is left behind then
     */
    public Done run(Path data, Path file) {
        RepositoryImage.names(data);
        for (int attempt = 1; ; attempt++) {
            try {
                return write(data, file);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new Failure(
                            Problem.of(
                                            Reason.STORAGE,
                                            file.toString(),
                                            "the backup could not be made: " + e.getMessage())
                                    .withHint("no file was left behind"),
                            e);
                }
            }
        }
    }

    private static Done write(Path data, Path file) throws IOException {
        try (NewFile target = NewFile.at(file)) {
            int workspaces = 0;
            int sealed = 0;
            try (ArchiveWriter archive = new ArchiveWriter(target.out(), ArchiveFormat.BACKUP)) {
                for (WorkspaceName name : RepositoryImage.names(data)) {
                    UUID workspace = repository(data, name, archive);
                    // After the repository: a commit that needs a new secret comes after it.
                    Optional<Content> secrets = VaultBackup.read(data.resolve(BackupPaths.VAULT.value()), workspace);
                    if (secrets.isPresent()) {
                        add(archive, BackupPaths.secrets(workspace), secrets.get());
                        sealed++;
                    }
                    workspaces++;
                }
                Optional<Content> token = TokenBackup.read(data);
                if (token.isPresent()) {
                    add(archive, BackupPaths.TOKEN, token.get());
                }
                // Last, as what was done is written down when it has been done.
                Optional<Content> people = PeopleBackup.read(data.resolve("people"));
                if (people.isPresent()) {
                    add(archive, BackupPaths.PEOPLE, people.get());
                }
                archive.finish();
            }
            return new Done(workspaces, sealed, target.show());
        }
    }

    private static UUID repository(Path data, WorkspaceName name, ArchiveWriter archive) throws IOException {
        try (RepositoryImage image = RepositoryImage.of(data, name)) {
            TreePath folder = BackupPaths.repository(name);
            for (Map.Entry<TreePath, Content> file : image.files().entrySet()) {
                add(archive, folder.child(file.getKey().value()), file.getValue());
            }
            archive.addCompressed(folder.child(BackupPaths.PACK.value()), image::writePack);
            return image.info().id();
        }
    }

    private static void add(ArchiveWriter archive, TreePath path, Content content) throws IOException {
        archive.add(path, out -> out.write(content.bytes()));
    }
}
