package dev.offshoot.store;

import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.model.WorkspaceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.transport.PackParser;

/** Makes a repository again of what {@link RepositoryImage} gave: every object is hashed, and everything that refs lead to must be there. */
public final class RestoredRepository {
    /** Small files of an image. */
    public static final TreePath HEAD = TreePath.of("HEAD");

    public static final TreePath CONFIG = TreePath.of("config");
    public static final TreePath REFS = TreePath.of("packed-refs");
    /** Not in every image. */
    public static final TreePath REMOTES = TreePath.of(RemotesFile.NAME);

    private RestoredRepository() {}

    /**
     * Writes a repository into a data folder that has none of this name.
     *
     * @param files the image's small files
     * @return id of the workspace
     * @throws Failure {@code INVALID_ARCHIVE} when something is not what an image holds, or an object is missing; {@code STORAGE}
     */
    public static UUID write(Path data, WorkspaceName name, Map<TreePath, Content> files, InputStream pack) {
        GitSetup.install();
        RepositoryRefs refs = RepositoryRefs.parse(file(files, HEAD), file(files, REFS));
        WorkspaceInfo info = info(name, file(files, CONFIG));
        Path folder = RepositoryImage.folder(data, name);
        Optional<String> remotes = remotes(files);
        try {
            RepositoryFolder.lay(folder, refs.head(), info.id(), info.createdAt());
            Files.write(folder.resolve(REFS.value()), refs.packed().bytes());
            if (remotes.isPresent()) {
                Files.writeString(folder.resolve(REMOTES.value()), remotes.get());
            }
        } catch (IOException e) {
            throw Problems.storage("written", e);
        }
        try (FileRepository repository = RepositoryFolder.open(folder)) {
            unpack(repository, name, pack);
            requireAll(repository, name, refs);
            for (Path written : packs(folder)) {
                Durable.forceReadOnly(written);
            }
            Durable.forceTree(folder);
        } catch (IOException e) {
            throw Problems.storage("written", e);
        }
        return info.id();
    }

    private static Optional<String> remotes(Map<TreePath, Content> files) {
        try {
            return files.containsKey(REMOTES)
                    ? Optional.of(RemotesFile.text(
                            RemotesFile.parse(files.get(REMOTES).utf8())))
                    : Optional.empty();
        } catch (IOException e) {
            throw RepositoryRefs.wrong(REMOTES.value(), "it is not a list of remotes");
        }
    }

    private static Content file(Map<TreePath, Content> files, TreePath path) {
        Content content = files.get(path);
        if (content == null) {
            throw RepositoryRefs.wrong(path.value(), "the repository has no such file");
        }
        return content;
    }

    /** Of the settings only what is ours: no other setting of Git comes in by an archive. */
    private static WorkspaceInfo info(WorkspaceName name, Content text) {
        Config config = new Config();
        try {
            config.fromText(text.utf8());
            return new WorkspaceInfo(
                    name,
                    UUID.fromString(String.valueOf(config.getString("offshoot", null, "id"))),
                    Instant.parse(String.valueOf(config.getString("offshoot", null, "createdAt"))));
        } catch (ConfigInvalidException | IllegalArgumentException | DateTimeException e) {
            throw RepositoryRefs.wrong(CONFIG.value(), "it names neither id nor creation time of the workspace");
        }
    }

    private static void unpack(FileRepository repository, WorkspaceName name, InputStream pack) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(pack);
            parser.setAllowThin(false);
            parser.setCheckEofAfterPackFooter(true);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        } catch (IOException e) {
            throw unusable(name, "its pack cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireAll(FileRepository repository, WorkspaceName name, RepositoryRefs refs) {
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            for (ObjectId id : refs.byName().values()) {
                walk.markStart(walk.parseAny(id));
            }
            walk.checkConnectivity();
        } catch (IOException e) { // a missing object's, too
            throw unusable(name, "its history is not whole: " + e.getMessage(), e);
        }
    }

    private static List<Path> packs(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("objects/pack"))) {
            return files.toList();
        }
    }

    private static Failure unusable(WorkspaceName name, String what, IOException cause) {
        return new Failure(
                new Problem(
                        Reason.INVALID_ARCHIVE,
                        "repositories/" + name + ".git",
                        what,
                        "use another backup; nothing was written"),
                cause);
    }
}
