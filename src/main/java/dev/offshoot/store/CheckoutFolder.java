package dev.offshoot.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * One ordinary clone on the disk, with our own notes in {@code .git/offshoot/}: what it shows ({@code at}), what it is being
 * moved to ({@code moving}), which packs are ours ({@code packs}), and a folder for unfinished files.
 */
final class CheckoutFolder {
    private final Path tree;
    private final Path git;
    private final Path notes;

    CheckoutFolder(Path tree) {
        this.tree = tree;
        this.git = tree.resolve(".git");
        this.notes = git.resolve("offshoot");
    }

    Path tree() {
        return tree;
    }

    Path index() {
        return git.resolve("index");
    }

    static String tracking(String branch) {
        return "refs/remotes/origin/" + branch;
    }

    /** Removes the locks that a move takes, when they are known to be a dead process's. */
    void removeLocks(String branch) throws IOException {
        for (String locked : List.of("index", "HEAD", "refs/heads/" + branch, tracking(branch))) {
            Files.deleteIfExists(git.resolve(locked + ".lock"));
        }
    }

    boolean exists() {
        return Files.exists(tree, LinkOption.NOFOLLOW_LINKS);
    }

    /** A real folder with a real repository of ours in it, not a link to somewhere else. */
    boolean isOurs() {
        return Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(notes, LinkOption.NOFOLLOW_LINKS);
    }

    /** An empty clone: everything {@code git clone} would set up, except objects, index and files. */
    void init(String branch, Optional<String> origin) throws IOException {
        for (String part : List.of("objects/pack", "objects/info", "refs/heads", "refs/tags", "offshoot/unfinished")) {
            Files.createDirectories(git.resolve(part));
        }
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/" + branch + "\n");
        Files.writeString(git.resolve("config"), """
                [core]
                	repositoryformatversion = 0
                	filemode = true
                	bare = false
                	logallrefupdates = true
                """);
        setOrigin(branch, origin);
    }

    /** Writes the address of the service, unless a person has chosen another one since. */
    void setOrigin(String branch, Optional<String> origin) throws IOException {
        FileBasedConfig config = config();
        String ours = config.getString("offshoot", null, "origin");
        String present = config.getString("remote", "origin", "url");
        if (origin.isEmpty() || origin.get().equals(ours) || present != null && !present.equals(ours)) {
            return;
        }
        config.setString("offshoot", null, "origin", origin.get());
        config.setString("remote", "origin", "url", origin.get());
        config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
        track(config, branch);
    }

    /** What {@code git pull} and {@code git status} compare a branch with, unless that is said already or there is no origin. */
    void trackBranch(String branch) throws IOException {
        FileBasedConfig config = config();
        if (config.getString("remote", "origin", "url") != null
                && config.getString("branch", branch, "merge") == null) {
            track(config, branch);
        }
    }

    private FileBasedConfig config() throws IOException {
        FileBasedConfig config = new FileBasedConfig(git.resolve("config").toFile(), FS.DETECTED);
        try {
            config.load();
            return config;
        } catch (org.eclipse.jgit.errors.ConfigInvalidException e) {
            throw new IOException("the configuration of " + tree + " cannot be read", e);
        }
    }

    private void track(FileBasedConfig config, String branch) throws IOException {
        config.setString("branch", branch, "remote", "origin");
        config.setString("branch", branch, "merge", "refs/heads/" + branch);
        // Not with Git's lock, which a process that is killed would leave behind, and nobody could tell whose it was.
        replace(git.resolve("config"), config.toText());
    }

    FileRepository open() throws IOException {
        return (FileRepository) new FileRepositoryBuilder()
                .setFS(FS.DETECTED)
                .setGitDir(git.toFile())
                .setWorkTree(tree.toFile())
                .build();
    }

    /** The commit we left it at. */
    Optional<ObjectId> at() throws IOException {
        return note("at").map(text -> ObjectId.fromString(text.strip()));
    }

    void setAt(ObjectId commit) throws IOException {
        write("at", commit.name() + "\n");
    }

    /** The branch that it follows; empty when it never came to an end. */
    Optional<String> followed() throws IOException {
        return note("branch").map(String::strip);
    }

    void setFollowed(String branch) throws IOException {
        write("branch", branch + "\n");
    }

    /** A move that may have begun: everything it touches may be as before or as after, and its locks are ours. */
    record Move(ObjectId from, ObjectId to) {}

    Optional<Move> moving() throws IOException {
        return note("moving").map(text -> {
            String[] words = text.strip().split(" ");
            return new Move(ObjectId.fromString(words[0]), ObjectId.fromString(words[1]));
        });
    }

    void begin(Move move) throws IOException {
        write("moving", move.from().name() + " " + move.to().name() + "\n");
    }

    void end(ObjectId commit) throws IOException {
        setAt(commit);
        cancel();
    }

    /** A move that was announced and has changed nothing. */
    void cancel() throws IOException {
        Files.deleteIfExists(notes.resolve("moving"));
    }

    private Optional<String> note(String name) throws IOException {
        try {
            return Optional.of(Files.readString(notes.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void write(String name, String text) throws IOException {
        replace(notes.resolve(name), text);
    }

    private void replace(Path file, String text) throws IOException {
        Path unfinished = notes.resolve(file.getFileName() + ".unfinished");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where files are written before they get their name, on the same file system. */
    Path unfinished() throws IOException {
        return Files.createDirectories(notes.resolve("unfinished"));
    }

    void removeUnfinished() throws IOException {
        Durable.deleteTree(notes.resolve("unfinished"));
    }

    /**
     * Makes the store's packs the checkout's as well, by hard links: no copying, and the checkout stays complete whatever
     * happens to the store. Packs that the store has folded since are dropped here too, others are never touched. The store must not fold
     * meanwhile.
     */
    void takePacks(Path store) throws IOException {
        Path own = Files.createDirectories(git.resolve("objects/pack"));
        Set<String> before = new HashSet<>(
                note("packs").map(text -> List.of(text.split("\n"))).orElse(List.of()));
        List<String> now = new ArrayList<>();
        try (DirectoryStream<Path> packs = Files.newDirectoryStream(store, "pack-*.idx")) {
            for (Path index : packs) {
                now.add(index.getFileName().toString().replaceFirst("\\.idx$", ""));
            }
        }
        Set<String> all = new HashSet<>(before);
        all.addAll(now);
        if (!all.equals(before)) {
            write("packs", String.join("\n", all));
        }
        for (String name : now) {
            // The index last, as everywhere: a pack counts when its index is there.
            take(store.resolve(name + ".pack"), own.resolve(name + ".pack"));
            take(store.resolve(name + ".idx"), own.resolve(name + ".idx"));
        }
        before.removeAll(now);
        for (String name : before) {
            PackStore.remove(own.resolve(name + ".pack"));
        }
        if (!before.isEmpty()) {
            write("packs", String.join("\n", now));
        }
    }

    private void take(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            // a fetch of the same pack was faster
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system, or one without links.
            Path copy = unfinished().resolve(to.getFileName());
            Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
