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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    /** Subsections are {@code <remote>/<branch>}; the name of a remote holds no slash. */
    private static final String BRANCH = "branch";

    private static final String ALL = "*";
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
            remote.trouble().ifPresent(why -> config.setStringList(SECTION, key, "trouble", texts(why)));
            config.setStringList(
                    SECTION,
                    key,
                    "publish",
                    remote.publish().all()
                            ? List.of(ALL)
                            : remote.publish().names().stream()
                                    .map(BranchName::value)
                                    .toList());
            remote.publications().forEach((branch, publication) -> write(config, key + "/" + branch, publication));
        });
        return config.toText();
    }

    private static void write(Config config, String key, Publication publication) {
        publication
                .arrival()
                .ifPresent(last -> config.setStringList(
                        BRANCH,
                        key,
                        "arrival",
                        List.of(last.commit().value(), last.at().toString())));
        publication.setback().ifPresent(last -> {
            List<String> values = new ArrayList<>(List.of(
                    last.commit().value(),
                    last.at().toString(),
                    Integer.toString(last.failures()),
                    last.next().toString(),
                    Boolean.toString(last.byItself())));
            values.addAll(texts(last.why()));
            config.setStringList(BRANCH, key, "setback", values);
        });
    }

    private static List<String> texts(Problem why) {
        return List.of(why.reason().name(), why.where(), why.message(), why.hint());
    }

    private static Problem problem(String[] texts, int from) {
        return new Problem(Reason.valueOf(texts[from]), texts[from + 1], texts[from + 2], texts[from + 3]);
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
                                list(config, key, "trouble", 4).map(t -> problem(t, 0)),
                                selection(config.getStringList(SECTION, key, "publish")),
                                publications(config, key + "/")));
            }
            return found;
        } catch (ConfigInvalidException | Failure | IllegalArgumentException | DateTimeException e) {
            throw new IOException(NAME + " is damaged", e);
        }
    }

    private static BranchSelection selection(String[] names) {
        return names.length == 1 && ALL.equals(names[0])
                ? BranchSelection.ALL
                : BranchSelection.of(Arrays.stream(names)
                        .map(RemotesFile::text)
                        .map(BranchName::new)
                        .toList());
    }

    private static SortedMap<BranchName, Publication> publications(Config config, String prefix) throws IOException {
        SortedMap<BranchName, Publication> found = new TreeMap<>();
        for (String key : config.getSubsections(BRANCH)) {
            if (key.startsWith(prefix)) {
                found.put(
                        new BranchName(key.substring(prefix.length())),
                        new Publication(
                                list(config, BRANCH, key, "arrival", 2)
                                        .map(a -> new Publication.Arrival(new ObjectName(a[0]), Instant.parse(a[1]))),
                                list(config, BRANCH, key, "setback", 9)
                                        .map(s -> new Publication.Setback(
                                                new ObjectName(s[0]),
                                                Instant.parse(s[1]),
                                                Integer.parseInt(s[2]),
                                                Instant.parse(s[3]),
                                                Boolean.parseBoolean(s[4]),
                                                problem(s, 5)))));
            }
        }
        return found;
    }

    private static String one(Config config, String key, String name) {
        return text(config.getString(SECTION, key, name));
    }

    /** JGit reads an empty value as none. */
    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static Optional<String[]> list(Config config, String key, String name, int size) throws IOException {
        return list(config, SECTION, key, name, size);
    }

    private static Optional<String[]> list(Config config, String section, String key, String name, int size)
            throws IOException {
        String[] values = config.getStringList(section, key, name);
        if (values.length != 0 && values.length != size) {
            throw new IOException(NAME + " is damaged: " + name);
        }
        return values.length == 0
                ? Optional.empty()
                : Optional.of(Arrays.stream(values).map(RemotesFile::text).toArray(String[]::new));
    }
}
