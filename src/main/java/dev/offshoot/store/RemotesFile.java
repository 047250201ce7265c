package dev.offshoot.store;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.RemoteName;
import dev.offshoot.model.RemoteUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * The remotes of a workspace, in a file of their own beside Git's: Git's settings would make stock Git fetch from them, and it has no place for
 * how pushes went.
 */
final class RemotesFile {
    static final String NAME = "offshoot-remotes";
    private static final String SECTION = "remote";
    private static final int MOST = 20;

    private final Path file;

    RemotesFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    synchronized SortedMap<RemoteName, Remote> read() throws IOException {
        return Files.exists(file) ? parse(Files.readString(file)) : new TreeMap<>();
    }

    /** Replaces the file in one step; durable when this returns. */
    synchronized void change(UnaryOperator<SortedMap<RemoteName, Remote>> change) throws IOException {
        SortedMap<RemoteName, Remote> before = read();
        SortedMap<RemoteName, Remote> after = change.apply(new TreeMap<>(before));
        if (after.equals(before)) {
            return;
        }
        if (after.size() > MOST) {
            throw Failure.of(
                    Reason.LIMIT_EXCEEDED, "remote", "a workspace has at most " + MOST + " remotes", "delete one");
        }
        // The suffix is one that is swept when the repository is opened next.
        Path next = file.resolveSibling(NAME + ".lock");
        Files.write(next, text(after).getBytes(StandardCharsets.UTF_8));
        Durable.force(next);
        Durable.rename(next, file);
    }

    static String text(SortedMap<RemoteName, Remote> remotes) {
        Config config = new Config();
        remotes.forEach((name, remote) -> {
            String key = name.value();
            config.setString(SECTION, key, "url", remote.url().toString());
            config.setString(SECTION, key, "user", remote.user());
            remote.attempt()
                    .ifPresent(last -> config.setStringList(
                            SECTION,
                            key,
                            "attempt",
                            Arrays.asList(last.branch().value(), last.at().toString())));
            remote.success()
                    .ifPresent(last -> config.setStringList(
                            SECTION,
                            key,
                            "success",
                            Arrays.asList(
                                    last.branch().value(),
                                    last.commit().value(),
                                    last.at().toString())));
            remote.trouble()
                    .ifPresent(why -> config.setStringList(
                            SECTION,
                            key,
                            "trouble",
                            Arrays.asList(why.reason().name(), why.where(), why.message(), why.hint())));
        });
        return config.toText();
    }

    /** @throws IOException when it is not what {@link #text} wrote */
    static SortedMap<RemoteName, Remote> parse(String text) throws IOException {
        Config config = new Config();
        SortedMap<RemoteName, Remote> found = new TreeMap<>();
        try {
            config.fromText(text);
            for (String key : config.getSubsections(SECTION)) {
                if (!(RemoteUrl.parse(one(config, key, "url")) instanceof RemoteUrl.Http url)) {
                    throw new IOException(NAME + " has a remote that is no server");
                }
                RemoteName name = new RemoteName(key);
                found.put(
                        name,
                        new Remote(
                                name,
                                url,
                                one(config, key, "user"),
                                list(config, key, "attempt", 2)
                                        .map(a -> new Remote.Attempt(new BranchName(a[0]), Instant.parse(a[1]))),
                                list(config, key, "success", 3)
                                        .map(s -> new Remote.Success(
                                                new BranchName(s[0]), new ObjectName(s[1]), Instant.parse(s[2]))),
                                list(config, key, "trouble", 4)
                                        .map(t -> new Problem(Reason.valueOf(t[0]), t[1], t[2], t[3]))));
            }
            return found;
        } catch (ConfigInvalidException | Failure | IllegalArgumentException | DateTimeException e) {
            throw new IOException(NAME + " is damaged", e);
        }
    }

    private static String one(Config config, String key, String name) {
        return text(config.getString(SECTION, key, name));
    }

    /** JGit reads an empty value as none. */
    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static Optional<String[]> list(Config config, String key, String name, int size) throws IOException {
        String[] values = config.getStringList(SECTION, key, name);
        if (values.length != 0 && values.length != size) {
            throw new IOException(NAME + " is damaged: " + name);
        }
        return values.length == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(values).map(RemotesFile::text).toArray(String[]::new));
    }
}
