package dev.offshoot.service;

import dev.offshoot.format.JsonObject;
import dev.offshoot.model.Content;
import dev.offshoot.model.Failure;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Reason;
import dev.offshoot.model.Revision;
import dev.offshoot.platform.NativeDocument;
import dev.offshoot.platform.NativeFiles;
import dev.offshoot.platform.NativeRepositories;
import dev.offshoot.store.CommitInfo;
import dev.offshoot.store.ForeignRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of a repository that a platform wrote, as the documents that each commit changed. */
public final class NativeHistory implements AutoCloseable {
    /** Weight of blobs that are kept between commits, most of which they share. */
    private static final long CACHE_BYTES = 64L << 20;

    private final NativeRepositories platforms = new NativeRepositories();
    private final ForeignRepository repository;
    private final String name;
    private final BoundedCache<ObjectName, Content> blobs = new BoundedCache<>(CACHE_BYTES);

    private NativeHistory(ForeignRepository repository, String name) {
        this.repository = repository;
        this.name = name;
    }

    /**
     * Opens a repository.
     *
     * @throws Failure {@code INVALID_REPOSITORY}
     */
    public static NativeHistory open(Path folder) {
        return new NativeHistory(ForeignRepository.open(folder), nameOf(folder));
    }

    /** What a definition is called whose repository does not say: like the folder. */
    static String nameOf(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        String last = absolute.getFileName() == null
                ? ""
                : absolute.getFileName().toString().replaceFirst("\\.git$", "");
        return last.isBlank() ? "app" : last;
    }

    /**
     * One commit.
     *
     * @param changed documents that are new or differ from those of the commit before
     * @param removed keys of documents that are gone
     */
    public record Step(CommitInfo commit, List<NativeDocument> changed, List<String> removed) {}

    /** What is told of each step, in order. */
    @FunctionalInterface
    public interface Follower {
        void step(Step step);
    }

    /**
     * Tells every commit that changed something, oldest first. States in which nothing of a platform is there yet are passed over, and so
     * are those that cannot be read: what they changed shows with the next one that can.
     *
     * @return commits that could not be read, with the reason
     * @throws Failure {@code UNKNOWN_PLATFORM} when no commit holds anything of a platform
     */
    public Map<CommitInfo, Failure> replay(Revision revision, Follower follower) {
        Map<CommitInfo, Failure> unreadable = new LinkedHashMap<>();
        Map<String, JsonObject> before = Map.of();
        boolean found = false;
        for (CommitInfo commit : repository.mainline(revision)) {
            NativeFiles files = files(commit.id());
            if (!platforms.recognise(files)) {
                continue;
            }
            found = true;
            List<NativeDocument> documents;
            try {
                documents = platforms.documents(files, name);
            } catch (Failure e) {
                unreadable.put(commit, e);
                continue;
            }
            Map<String, JsonObject> now = new HashMap<>();
            List<NativeDocument> changed = new ArrayList<>();
            for (NativeDocument document : documents) {
                now.put(document.key(), document.document());
                if (!document.document().equals(before.get(document.key()))) {
                    changed.add(document);
                }
            }
            List<String> removed = before.keySet().stream()
                    .filter(key -> !now.containsKey(key))
                    .sorted()
                    .toList();
            if (!changed.isEmpty() || !removed.isEmpty()) {
                follower.step(new Step(commit, changed, removed));
            }
            before = now;
        }
        if (!found) {
            throw Failure.of(
                    Reason.UNKNOWN_PLATFORM,
                    name,
                    "no commit holds a repository that a known platform writes",
                    "Appsmith and ToolJet GitSync repositories are read");
        }
        return unreadable;
    }

    private NativeFiles files(ObjectName commit) {
        return new ForeignFiles(repository, commit, blobs);
    }

    @Override
    public void close() {
        repository.close();
    }
}
