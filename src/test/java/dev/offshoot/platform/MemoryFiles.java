package dev.offshoot.platform;

import dev.offshoot.model.Content;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A native repository that exists in memory only. */
record MemoryFiles(Map<NativePath, Content> files) implements NativeFiles {
    static MemoryFiles of(Map<String, String> texts) {
        Map<NativePath, Content> files = new TreeMap<>();
        texts.forEach((path, text) -> files.put(NativePath.of(path), Content.utf8(text)));
        return new MemoryFiles(files);
    }

    @Override
    public SortedSet<NativePath> paths() {
        return new TreeSet<>(files.keySet());
    }

    @Override
    public Content read(NativePath path) {
        return files.get(path);
    }
}
