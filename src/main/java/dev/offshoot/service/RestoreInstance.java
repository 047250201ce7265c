package dev.offshoot.service;

import dev.offshoot.access.TokenBackup;
import dev.offshoot.archive.ArchiveFormat;
import dev.offshoot.archive.ArchiveLimits;
import dev.offshoot.archive.ArchiveReader;
import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import dev.offshoot.people.PeopleBackup;
import dev.offshoot.store.NewDataFolder;
import dev.offshoot.store.RestoredRepository;
import dev.offshoot.vault.VaultBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes an instance again of a backup: the archive is checked before anything is written, every object is hashed, every history is whole, every
 * definition that a branch has can be exported; and only then does the instance appear in its place.
 */
public final class RestoreInstance {
    private final LayoutEngine engine;
    private final Clock clock;

    public RestoreInstance(LayoutEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * What was restored.
     *
     * @param sealed workspaces with secrets, for which the instance needs the vault's key
     * @param exports definitions that were exported to see that they can be, each once for every branch that has it
     * @param findings definitions that could not be exported, where that was accepted
     */
    public record Done(int workspaces, int sealed, int exports, List<Problem> findings) {}

    /**
     * Restores.
     *
     * @param file the backup
     * @param data where to; must be empty, or not be there yet
     * @param acceptFindings restores even if definitions cannot be exported, which they could not be in the original either
     * @throws Failure {@code INVALID_ARCHIVE} and others that say what is wrong with the backup, {@code ALREADY_EXISTS} when the folder is
     *     not empty, {@code BUSY}, {@code STORAGE}; nothing is left behind then
     */
    public Done run(Path file, Path data, boolean acceptFindings) {
        try (ArchiveReader archive = ArchiveReader.open(file, ArchiveFormat.BACKUP, ArchiveLimits.TRUSTED)) {
            Contents contents = Contents.of(archive.paths());
            archive.verify();
            try (NewDataFolder folder = NewDataFolder.at(data)) {
                Set<UUID> workspaces = write(contents, archive, folder.unfinished());
                ExportEverything.Done exports = new ExportEverything(engine, clock).run(folder.unfinished());
                if (!exports.failed().isEmpty() && !acceptFindings) {
                    throw notExportable(exports.failed());
                }
                folder.show();
                return new Done(workspaces.size(), contents.secrets().size(), exports.count(), exports.failed());
            }
        } catch (IOException e) {
            throw new Failure(
                    Problem.of(Reason.STORAGE, file.toString(), "the backup cannot be closed: " + e.getMessage()), e);
        }
    }

    private static Failure notExportable(List<Problem> failed) {
        List<Problem> all = new ArrayList<>();
        all.add(
                new Problem(
                        Reason.INVALID_ARCHIVE,
                        "",
                        "the archive is undamaged, but " + failed.size() + " definitions in it cannot be exported",
                        "they could not be in the original either; --accept-findings restores all the same; nothing was written"));
        all.addAll(failed);
        return new Failure(all);
    }

    private static Set<UUID> write(Contents contents, ArchiveReader archive, Path data) {
        Set<UUID> workspaces = new HashSet<>();
        contents.repositories().forEach((name, files) -> {
            Map<TreePath, Content> small = new HashMap<>();
            files.forEach(path -> {
                if (!path.equals(BackupPaths.PACK)) {
                    small.put(
                            path, content(archive, BackupPaths.repository(name).child(path.value())));
                }
            });
            UUID id = archive.read(
                    BackupPaths.repository(name).child(BackupPaths.PACK.value()),
                    pack -> RestoredRepository.write(data, name, small, pack));
            if (!workspaces.add(id)) {
                throw Contents.wrong(BackupPaths.repository(name), "two workspaces have one id");
            }
        });
        contents.secrets().forEach((path, workspace) -> {
            if (!workspaces.contains(workspace)) {
                throw Contents.wrong(path, "these secrets are of no workspace in the backup");
            }
            VaultBackup.write(data.resolve(BackupPaths.VAULT.value()), workspace, content(archive, path));
        });
        if (contents.token()) {
            TokenBackup.write(data, content(archive, BackupPaths.TOKEN));
        }
        if (contents.people()) {
            PeopleBackup.write(data.resolve("people"), content(archive, BackupPaths.PEOPLE));
        }
        return workspaces;
    }

    private static Content content(ArchiveReader archive, TreePath path) {
        return Content.of(archive.bytes(path));
    }

    /** What a backup holds, and nothing else. */
    private record Contents(
            SortedMap<WorkspaceName, List<TreePath>> repositories,
            Map<TreePath, UUID> secrets,
            boolean token,
            boolean people) {
        private static final Set<TreePath> IN_REPOSITORY = Set.of(
                RestoredRepository.HEAD,
                RestoredRepository.CONFIG,
                RestoredRepository.REFS,
                RestoredRepository.REMOTES,
                BackupPaths.PACK);

        static Contents of(Set<TreePath> paths) {
            SortedMap<WorkspaceName, List<TreePath>> repositories = new TreeMap<>();
            Map<TreePath, UUID> secrets = new TreeMap<>();
            boolean token = false;
            boolean people = false;
            for (TreePath path : paths) {
                var inRepository = BackupPaths.inRepository(path);
                var secretsOf = BackupPaths.secretsOf(path);
                if (inRepository
                        .filter(file -> IN_REPOSITORY.contains(file.file()))
                        .isPresent()) {
                    repositories
                            .computeIfAbsent(inRepository.get().workspace(), name -> new ArrayList<>())
                            .add(inRepository.get().file());
                } else if (secretsOf.isPresent()) {
                    secrets.put(path, secretsOf.get());
                } else if (path.equals(BackupPaths.TOKEN)) {
                    token = true;
                } else if (path.equals(BackupPaths.PEOPLE)) {
                    people = true;
                } else {
                    throw wrong(path, "a backup has no such file");
                }
            }
            repositories.forEach((name, files) -> {
                if (!files.contains(BackupPaths.PACK)) {
                    throw wrong(BackupPaths.repository(name), "the repository has no pack");
                }
            });
            return new Contents(repositories, secrets, token, people);
        }

        static Failure wrong(TreePath path, String what) {
            return Failure.of(Reason.INVALID_ARCHIVE, path.value(), what, "use another backup; nothing was written");
        }
    }
}
