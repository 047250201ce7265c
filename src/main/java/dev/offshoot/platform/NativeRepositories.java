package dev.offshoot.platform;

import java.util.List;

/**
 * Repositories that platforms write themselves, turned into the documents that an export of theirs would give. This is Java and no
 * layout because such a repository is another format altogether: many files, read once, never written.
 */
public final class NativeRepositories {
    private final List<NativeReader> readers = List.of(new AppsmithGit(), new GitSyncVersions(), new GitSyncEntities());

    /** True when a platform wrote any of these files. */
    public boolean recognise(NativeFiles files) {
        return readers.stream().anyMatch(reader -> reader.recognises(files));
    }

    /**
     * All documents; a repository that changed its format on the way may hold several kinds.
     *
     * @param name for a definition that its repository does not name, usually the name of the repository
     * @throws dev.offshoot.model.Failure with the file that cannot be read
     */
    public List<NativeDocument> documents(NativeFiles files, String name) {
        return readers.stream()
                .filter(reader -> reader.recognises(files))
                .flatMap(reader -> reader.documents(files, name).stream())
                .toList();
    }
}
