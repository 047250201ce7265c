package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes that wait for something else to happen: a file for each, {@code <workspace>.<operation>.staged}. */
final class StagedFiles {
    private static final String SUFFIX = ".staged";
    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern NAME = Pattern.compile("(" + ID + ")\\.(" + ID + ")\\" + SUFFIX);

    private final Path folder;
    private final VaultFaults faults;

    StagedFiles(Path folder, VaultFaults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    /** Whose changes wait for what. */
    record Name(UUID workspace, UUID operation) {}

    /**
     * What waits.
     *
     * @param set is set
     * @param removed is removed
     */
    record Changes(VaultFile set, List<SecretName> removed) {}

    void write(Name name, VaultFile set, Collection<SecretName> removed) throws IOException {
        OwnFiles.replace(path(name), set.toBytes(removed), faults);
    }

    /** @throws Failure {@code STORAGE} when they are damaged */
    Changes read(Name name) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(path(name), LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readAllBytes();
        }
        VaultFile set = VaultFile.read(name.workspace(), bytes);
        try {
            return new Changes(set, VaultFile.removedBy(bytes));
        } catch (Failure | IllegalArgumentException e) {
            throw VaultProblems.damaged(name.workspace(), "a change that waits is no change", e);
        }
    }

    void delete(Name name) throws IOException {
        OwnFiles.delete(path(name));
    }

    /** The oldest first: a later one wins. */
    List<Name> waiting() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        List<Name> names = new ArrayList<>();
        Collections.sort(files);
        files.sort(Comparator.comparing(StagedFiles::time));
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                names.add(new Name(UUID.fromString(name.group(1)), UUID.fromString(name.group(2))));
            }
        }
        return names;
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private Path path(Name name) {
        return folder.resolve(name.workspace() + "." + name.operation() + SUFFIX);
    }
}
