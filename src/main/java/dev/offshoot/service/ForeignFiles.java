package dev.offshoot.service;

import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.platform.NativeFiles;
import dev.offshoot.platform.NativePath;
import dev.offshoot.store.ForeignRepository;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files of one commit of somebody else's repository. */
final class ForeignFiles implements NativeFiles {
    private final ForeignRepository repository;
    private final BoundedCache<ObjectName, Content> blobs;
    private final SortedMap<NativePath, ObjectName> names = new TreeMap<>();
    private final SortedSet<NativePath> paths;

    /** @param blobs what was read before, of this commit or of others */
    ForeignFiles(ForeignRepository repository, ObjectName commit, BoundedCache<ObjectName, Content> blobs) {
        this.repository = repository;
        this.blobs = blobs;
        repository.files(commit).forEach((path, blob) -> names.put(NativePath.of(path), blob));
        this.paths = Collections.unmodifiableSortedSet(new TreeSet<>(names.keySet())); // asked for again and again
    }

    @Override
    public SortedSet<NativePath> paths() {
        return paths;
    }

    @Override
    public Content read(NativePath path) {
        ObjectName blob = names.get(path);
        return blobs.find(blob).orElseGet(() -> {
            Content content = repository.read(blob);
            blobs.put(blob, content, content.size() + 64L);
            return content;
        });
    }
}
