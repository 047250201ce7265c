package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.FirstFiles;
import dev.offshoot.model.Person;
import dev.offshoot.model.WorkspaceName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.util.FS;

/** One bare repository on the disk: how it is made, opened and put right after a crash. */
final class RepositoryFolder {
    private static final String MAIN = "refs/heads/main";

    private RepositoryFolder() {}

    /** Writes a complete repository with its first commit into a folder that does not exist yet, and forces all of it. */
    static void create(Path folder, UUID id, Instant now, Person creator, FaultPoint faults) throws IOException {
        lay(folder, Content.utf8("ref: " + MAIN + "\n"), id, now);
        try (FileRepository repository = open(folder)) {
            List<PackedObject> objects = new ArrayList<>();
            ObjectId commit = firstCommit(now, creator, objects);
            new PackStore(repository.getObjectDatabase(), Runnable::run, faults).write(objects);
            if (!new RefTransaction(repository).update(List.of(new ReceiveCommand(ObjectId.zeroId(), commit, MAIN)))) {
                throw new IOException("could not create " + MAIN + " in " + folder);
            }
        }
        Durable.forceTree(folder);
        faults.reached(FaultPoint.Step.CREATE_WRITTEN);
    }

    /** Makes the folders and files of a repository without any object or ref. */
    static void lay(Path folder, Content head, UUID id, Instant createdAt) throws IOException {
        for (String part : List.of("objects/pack", "objects/info", "refs/heads", "refs/tags")) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.write(folder.resolve("HEAD"), head.bytes());
        Files.write(folder.resolve("config"), config(id, createdAt).bytes());
    }

    /**
     * The settings. Refs of the ledger stay hidden when somebody lets stock Git serve this folder. No gc by chance: we fold packs
     * ourselves.
     */
    static Content config(UUID id, Instant createdAt) {
        return Content.utf8("""
                [core]
                	repositoryformatversion = 0
                	filemode = true
                	bare = true
                [transfer]
                	hideRefs = refs/offshoot
                [gc]
                	auto = 0
                [offshoot]
                	id = %s
                	createdAt = %s
                """.formatted(id, createdAt));
    }

    private static ObjectId firstCommit(Instant now, Person creator, List<PackedObject> objects) throws IOException {
        try (PackedObject.Maker maker = new PackedObject.Maker()) {
            PathEdits edits = PathEdits.none();
            FirstFiles.TREE.forEach((path, content) -> {
                PackedObject blob = maker.make(Constants.OBJ_BLOB, content.bytes());
                objects.add(blob);
                edits.write(path, blob.id());
            });
            TreeEditor editor = new TreeEditor(
                    id -> {
                        throw new IOException("there is nothing to read yet");
                    },
                    maker);
            ObjectId tree = editor.apply(TreeSource.EMPTY, edits);
            editor.fresh().forEach((id, raw) -> objects.add(maker.pack(id, Constants.OBJ_TREE, raw)));
            PackedObject commit = maker.make(
                    Constants.OBJ_COMMIT, BranchChain.text(tree, List.of(), creator, now, "Create the workspace"));
            objects.add(commit);
            return commit.id();
        }
    }

    static FileRepository open(Path folder) throws IOException {
        return new FileRepository(options(folder));
    }

    static FileRepositoryBuilder options(Path folder) throws IOException {
        return new FileRepositoryBuilder()
                .setFS(FS.DETECTED)
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(false)
                .setup();
    }

    static WorkspaceInfo info(WorkspaceName name, FileRepository repository) throws IOException {
        Config config = repository.getConfig();
        try {
            return new WorkspaceInfo(
                    name,
                    UUID.fromString(String.valueOf(config.getString("offshoot", null, "id"))),
                    Instant.parse(String.valueOf(config.getString("offshoot", null, "createdAt"))));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("no workspace id or creation time in " + repository.getDirectory() + "/config", e);
        }
    }

    /**
     * Removes what a killed process left behind. Only this process writes here while the store is open, and it does not yet, so every
     * lock is a leftover.
     */
    static void recover(Path folder) throws IOException {
        Quarantine.recover(folder);
        List<Path> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.lock")) {
            files.forEach(leftovers::add);
        }
        Files.walkFileTree(folder.resolve("refs"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".lock")) {
                    leftovers.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Path packs = folder.resolve("objects/pack");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(packs)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                // A pack without its index was never shown to anybody; an index without its pack has just been retired.
                boolean half = name.endsWith(".pack") && !has(file, ".pack", ".idx")
                        || name.endsWith(".idx") && !has(file, ".idx", ".pack");
                if (name.endsWith(PackStore.UNFINISHED) || half) {
                    leftovers.add(file);
                }
            }
        }
        for (Path leftover : leftovers) {
            Files.deleteIfExists(leftover);
        }
    }

    private static boolean has(Path file, String extension, String other) {
        String name = file.getFileName().toString();
        return Files.exists(
                file.resolveSibling(name.substring(0, name.length() - extension.length()) + other),
                LinkOption.NOFOLLOW_LINKS);
    }
}
